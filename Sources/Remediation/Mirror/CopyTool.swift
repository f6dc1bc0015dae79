/// The programs that copy an image whole: all platforms, unchanged, without a container runtime.
package enum CopyTool: String, Hashable, Sendable, CaseIterable {
  case crane
  case skopeo
  case skopeoSync = "skopeo-sync"
  case regctl
  case oras

  /// How a script of POSIX sh asks for a digest and copies; each sets `digest` and `transfer`.
  ///
  /// `crane digest`, `crane copy`, `skopeo copy --all --preserve-digests`, `regctl image copy` and
  /// `oras cp -r`: go-containerregistry, containers/skopeo, regclient, oras.
  var functions: String {
    switch self {
    case .crane:
      """
      digest() { crane digest "$1"; }
      transfer() { crane copy "$1" "$2"; }
      """
    case .skopeo, .skopeoSync:
      """
      digest() {
        skopeo inspect --raw "docker://$1" >"$work/manifest" && skopeo manifest-digest "$work/manifest"
      }
      transfer() {
        skopeo copy --all --preserve-digests "docker://$1" "docker://$2"
      }
      """
    case .regctl:
      """
      digest() { regctl image digest "$1"; }
      transfer() { regctl image copy "$1" "$2"; }
      """
    case .oras:
      """
      digest() { oras resolve "$1"; }
      transfer() { oras cp -r "$1" "$2"; }
      """
    }
  }

  /// The program that has to be installed.
  var program: String {
    switch self {
    case .skopeoSync: "skopeo"
    default: rawValue
    }
  }

  /// What nobody has tried.
  var unverified: String? {
    switch self {
    case .regctl:
      "`regctl image digest` is used to ask for digests; this subcommand is recalled, not looked up."
    case .oras:
      "`oras resolve` is used to ask for digests; this subcommand is recalled, not looked up."
    default: nil
    }
  }
}
