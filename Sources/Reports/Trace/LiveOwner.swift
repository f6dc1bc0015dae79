/// What manages a workload, read back from the words of `ManagedBy`:
/// `Helm release "shop/web" chart web-1.2.0`.
struct LiveOwner: Hashable, Sendable {
  let what: String
  /// Empty where it is not known.
  let namespace: String
  let name: String
  /// With its version; nil where releases were not read.
  let chart: String?

  /// Nil for words that name nothing.
  init?(_ words: String?) {
    guard let words, let open = words.firstIndex(of: "\"") else { return nil }
    let rest = words[words.index(after: open)...]
    guard let close = rest.firstIndex(of: "\"") else { return nil }
    let path = rest[..<close].split(separator: "/", maxSplits: 1)
    guard let last = path.last else { return nil }
    what = words[..<open].split(separator: " ").joined(separator: " ")
    namespace = path.count == 2 ? String(path[0]) : ""
    name = String(last)
    let after = rest[rest.index(after: close)...]
    chart = after.hasPrefix(" chart ") ? String(after.dropFirst(" chart ".count)) : nil
  }

  /// `Helm release "web"`, for a sentence.
  var words: String { "\(what) \"\(name)\"" }

  /// Whether it renders charts.
  var rendersCharts: Bool {
    ["Helm release", "Flux HelmRelease", "Argo CD Application"].contains(what)
  }

  /// Whether an object of a file is the owner itself.
  func isObject(kind: String, namespace: String, name: String) -> Bool {
    what.hasSuffix(" \(kind)") && self.name == name
      && (namespace.isEmpty || self.namespace.isEmpty || self.namespace == namespace)
  }

  /// Whether a file's path names the release, or the chart: a chart's folder has its name
  /// (https://helm.sh/docs/topics/charts/, "The Chart File Structure").
  func isNamed(inPath path: String) -> Bool {
    var words = path.split(separator: "/").map(String.init)
    guard let file = words.popLast() else { return false }
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    for affix in ["values-", "values_"] where stem.hasPrefix(affix) {
      words.append(String(stem.dropFirst(affix.count)))
    }
    for affix in ["-values", "_values"] where stem.hasSuffix(affix) {
      words.append(String(stem.dropLast(affix.count)))
    }
    words.append(stem)
    return words.contains { $0 == name || isChart($0) }
  }

  /// `web` of `web-1.2.0`.
  private func isChart(_ word: String) -> Bool {
    guard let chart else { return false }
    guard chart != word else { return true }
    guard chart.hasPrefix(word + "-") else { return false }
    let version = chart.dropFirst(word.count + 1)
    return version.first.map { $0.isNumber || $0 == "v" } ?? false
  }
}
