/// The tool whose source a change must go to: what `managedBy` of a finding says.
struct Manager: Hashable, Sendable {
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case fluxKustomization = "Flux Kustomization"
    case fluxHelmRelease = "Flux HelmRelease"
    case argoApplication = "Argo CD Application"
    case operatorLifecycleManager = "OLM ClusterServiceVersion"
    case helmRelease = "Helm release"
    case addonManager = "the addon manager"
    case kubelet = "the kubelet"
    /// A mark that this version does not know: whatever it is, it is named.
    case other = ""
  }

  let kind: Kind
  /// As the finding says it.
  let words: String
  /// Empty where the mark does not say it.
  let namespace: String
  let name: String
  /// Name and version, `ingress-nginx-4.12.1`; empty where it is not known.
  let chart: String

  init(_ words: String) {
    self.words = words
    kind = Kind.allCases.first { words.hasPrefix($0.rawValue) } ?? .other
    var chart = ""
    var quoted = ""
    // A hostile name may hold quotes: the last one ends it.
    if let open = words.firstIndex(of: "\""), let close = words.lastIndex(of: "\""), open < close {
      quoted = String(words[words.index(after: open)..<close])
      let rest = words[words.index(after: close)...]
      if rest.hasPrefix(" chart ") { chart = String(rest.dropFirst(" chart ".count)) }
    }
    let parts = quoted.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    namespace = parts.count == 2 ? String(parts[0]) : ""
    name = String(parts.last ?? "")
    self.chart = chart
  }

  /// Whether values of a chart decide what it installs.
  var hasValues: Bool {
    switch kind {
    case .helmRelease, .fluxHelmRelease: true
    default: !chart.isEmpty
    }
  }

  /// Whether a kustomization of a repository may be what it installs.
  var readsRepository: Bool {
    kind == .fluxKustomization || kind == .argoApplication
  }
}
