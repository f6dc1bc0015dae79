/// A value as templates see it: what the user set lies over the chart's defaults.
///
/// Helm merges mappings key by key and replaces everything else whole; a null of the user removes
/// the default (helm.sh/helm `pkg/chartutil/coalesce.go`).
struct LayeredValue {
  private let user: HelmValue?
  private let chart: HelmValue?

  init(user: HelmValue?, chart: HelmValue?) {
    self.user = user
    switch (user, chart) {
    case (nil, _), (.mapping, .mapping): self.chart = chart
    default: self.chart = nil
    }
  }

  /// Values of a release: a release without any of the user's has null there.
  init(config: HelmValue, defaults: HelmValue) {
    self.init(user: config == .null ? nil : config, chart: defaults)
  }

  subscript(key: String) -> LayeredValue? {
    let member = LayeredValue(user: user?[key], chart: chart?[key])
    return member.user == nil && member.chart == nil ? nil : member
  }

  var keys: [String] {
    var keys: Set<String> = []
    for case .mapping(let members) in [user, chart] { keys.formUnion(members.keys) }
    return keys.sorted()
  }

  var items: [LayeredValue] {
    guard case .list(let items) = user ?? chart else { return [] }
    let isUsers = user != nil
    return items.map { LayeredValue(user: isUsers ? $0 : nil, chart: isUsers ? nil : $0) }
  }

  /// The text, unless it is empty.
  var text: String? { (user ?? chart)?.text }

  /// Whether the user has not set it.
  var isDefault: Bool { user == nil }
}
