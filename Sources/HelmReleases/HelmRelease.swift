/// One revision of a release, decoded.
struct HelmRelease: Hashable, Sendable {
  struct Hook: Hashable, Sendable {
    /// `pre-install`, `post-upgrade` …
    var events: [String] = []
    var manifest: [UInt8] = []
  }

  var name = ""
  /// Where objects go whose manifest names no namespace.
  var namespace = ""
  var revision = 0
  /// `deployed`, `superseded`, `failed` …
  var status = ""
  var chartName = ""
  var chartVersion = ""
  var manifest: [UInt8] = []
  var hooks: [Hook] = []
  /// What the user set.
  var config = HelmValue.null
  /// The chart's defaults.
  var defaults = HelmValue.null

  var chart: String {
    [chartName, chartVersion].filter { !$0.isEmpty }.joined(separator: "-")
  }
}
