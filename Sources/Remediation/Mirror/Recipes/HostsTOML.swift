/// `hosts.toml` of one registry, below containerd's `config_path`.
///
/// https://github.com/containerd/containerd/blob/main/docs/hosts.md
struct HostsTOML: Hashable, Sendable {
  static let folder = "/etc/containerd/certs.d"

  /// Its folder's name below `config_path`.
  let folder: String
  let content: String

  /// Nil where the registry as a whole has no other place, or its name makes no folder.
  init?(_ route: HostRoute, header: String) {
    guard !route.locations.isEmpty, !route.host.hasPrefix("[") else { return nil }
    folder = Self.folderName(of: route.host)
    var text = "# \(header)\n"
    // Without `server` the registry itself is asked last.
    let replacesServer = route.whole?.path.isEmpty == true
    if let whole = route.whole, replacesServer {
      text += "server = \(TOMLText.quoted(whole.server))\n"
    }
    for location in [route.own, replacesServer ? nil : route.whole].compactMap({ $0 }) {
      text += "\n[host.\(TOMLText.quoted(location.endpoint))]\n"
      // A tag needs both; nothing is ever pushed through a node.
      text += "  capabilities = [\"pull\", \"resolve\"]\n"
      if !location.path.isEmpty { text += "  override_path = true\n" }
    }
    content = text
  }

  /// containerd looks for `host_port_` first.
  private static func folderName(of host: String) -> String {
    guard host.contains(":") else { return host }
    return host.split(separator: ":").joined(separator: "_") + "_"
  }

  var path: String { "\(Self.folder)/\(folder)/hosts.toml" }

  static func all(_ input: RecipeInput) -> [HostsTOML] {
    input.routes.compactMap { HostsTOML($0, header: input.header) }
  }
}
