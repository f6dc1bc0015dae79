import Inventory

/// Whether a place in a file may have made one live use, how surely, and why.
struct TraceMatcher {
  struct Verdict: Hashable {
    let confidence: TraceConfidence
    /// Lower is closer, among equals of confidence.
    let distance: Int
    let why: String
  }

  let live: Finding
  private let owner: LiveOwner?

  init(_ live: Finding) {
    self.live = live
    owner = LiveOwner(live.workload.managedBy)
  }

  /// Nil where the images have nothing in common.
  func verdict(on source: TraceSource) -> Verdict? {
    guard let match = ImageMatch(live.use, source) else { return nil }
    let verdict = object(source) ?? manager(source) ?? kustomization(source, match)
    guard let verdict else {
      let distance =
        switch match {
        case .same, .partly: 9
        case .prefixAndTag: 8
        case .otherTag: 10
        }
      return Verdict(confidence: .possible, distance: distance, why: imageWords(match))
    }
    switch match {
    case .same: return verdict
    case .prefixAndTag, .partly:
      return Verdict(
        confidence: min(verdict.confidence, .likely),
        distance: verdict.distance + (match == .partly ? 1 : 0),
        why: "\(verdict.why); \(imageWords(match))")
    case .otherTag:
      return Verdict(
        confidence: .possible, distance: verdict.distance + 2,
        why: "\(verdict.why); \(imageWords(match))")
    }
  }

  private func imageWords(_ match: ImageMatch) -> String {
    switch match {
    case .same: "the same image"
    case .partly: "the rest of the image comes from elsewhere"
    case .prefixAndTag: "its registry and its tag; the name comes from elsewhere"
    case .otherTag(let tag): "the tag beside it is \(tag); its images have another one"
    }
  }

  // MARK: The same object

  private func object(_ source: TraceSource) -> Verdict? {
    let (here, there) = (live.use.workload, source.use.workload)
    guard source.isInObject, here.kind == there.kind,
      Self.group(here.apiVersion) == Self.group(there.apiVersion)
    else { return nil }
    return ObjectStand.all(of: source, for: here).compactMap { object(source, at: $0) }
      .max { left, right in
        (left.confidence, right.distance) < (right.confidence, left.distance)
      }
  }

  private func object(_ source: TraceSource, at there: ObjectStand) -> Verdict? {
    let here = live.use.workload
    let isSameNamespace = here.namespace == there.namespace
    let (isSameContainer, containers) = (self.isSameContainer(source), place)
    if here.name == there.name {
      if isSameNamespace {
        let namespace = there.namespaceFile.map { ", in the namespace that \($0) sets" } ?? ""
        guard isSameContainer else {
          return Verdict(
            confidence: .likely, distance: 1,
            why: "the same object, at another place\(namespace)")
        }
        let why = "the same object and \(containers)\(namespace)"
        if let note = live.use.origin.note {
          return Verdict(confidence: .likely, distance: 0, why: "\(why); \(note)")
        }
        if let file = there.renamingFile {
          return Verdict(
            confidence: .likely, distance: 2, why: "\(why); \(file) gives it another name")
        }
        return Verdict(confidence: .certain, distance: 0, why: why)
      }
      guard there.namespace.isEmpty else {
        let file = there.namespaceFile.map { ", which \($0) sets" } ?? ""
        return Verdict(
          confidence: .possible, distance: 1,
          why: "the same object, in the namespace \(there.namespace)\(file)")
      }
      return Verdict(
        confidence: .likely, distance: isSameContainer ? 1 : 3,
        why: isSameContainer
          ? "the same object and \(containers); the file names no namespace"
          : "the same object, at another place; the file names no namespace")
    }
    guard isSameContainer, isSameNamespace || there.namespace.isEmpty,
      Self.isAffixed(here.name, of: there.name)
    else { return nil }
    return Verdict(
      confidence: .likely, distance: 4,
      why: "the same kind and \(containers); its name in the file is \(source.use.workload.name)")
  }

  private var place: String { live.use.container.isEmpty ? "path" : "container" }

  /// Containers go by their name, wherever in the list they stand; the rest by its path.
  private func isSameContainer(_ source: TraceSource) -> Bool {
    let (here, there) = (live.use, source.use)
    guard !here.container.isEmpty, !there.container.isEmpty else {
      return here.container == there.container && here.path == there.path
    }
    return here.container == there.container && here.role == there.role
  }

  /// Kustomize's `namePrefix` and `nameSuffix`, Helm's `RELEASE-web`, a generated name: what the
  /// file says is the beginning or the end, and no word is cut in two.
  private static func isAffixed(_ name: String, of part: String) -> Bool {
    guard part.utf8.count > 2 else { return false }
    return name.hasPrefix(part.hasSuffix("-") ? part : part + "-") || name.hasSuffix("-" + part)
      || name.contains("-\(part)-")
  }

  /// Deployments and DaemonSets moved from `extensions` to `apps`, with the same names.
  private static func group(_ apiVersion: String) -> String {
    let parts = apiVersion.split(separator: "/")
    let group = parts.count == 2 ? String(parts[0]) : ""
    return group == "extensions" ? "apps" : group
  }

  // MARK: What makes the object

  private func manager(_ source: TraceSource) -> Verdict? {
    guard let owner else { return nil }
    let there = source.use.workload
    if source.isManifest,
      owner.isObject(kind: there.kind, namespace: there.namespace, name: there.name)
    {
      return Verdict(
        confidence: .likely, distance: 2, why: "\(owner.words) manages the workload")
    }
    guard source.isOfChart, !source.isManifest, owner.rendersCharts else { return nil }
    if setters.contains(source.use.path) {
      return Verdict(
        confidence: .likely, distance: 2,
        why: "\(owner.words) says that this value sets it")
    }
    guard owner.isNamed(inPath: source.use.place?.file ?? "") else {
      return Verdict(
        confidence: .possible, distance: 5,
        why: "values of a chart, as \(owner.words) has, which manages the workload")
    }
    let chart = owner.chart.map { " of chart \($0)" } ?? ""
    return Verdict(
      confidence: .likely, distance: 3,
      why: "the path names \(owner.words)\(chart), which manages the workload")
  }

  /// The keys of Helm values that the release itself names (`set by Helm values image.repository
  /// and image.tag`), with `--helm`.
  private var setters: Set<String> {
    let notes = live.use.notes.filter { UseNotes.helmStarts.contains(where: $0.hasPrefix) }
    return Set(notes.flatMap { $0.split(separator: " ").map(String.init) })
  }

  private func kustomization(_ source: TraceSource, _ match: ImageMatch) -> Verdict? {
    guard source.isKustomizationEntry, match == .same else { return nil }
    let namespaces = Set(source.builds.map { $0.namespace ?? "" })
    let own = live.use.workload.namespace
    let words = "an images entry of a kustomization"
    if own.isEmpty || namespaces.isEmpty || namespaces == [""] {
      return Verdict(confidence: .likely, distance: 6, why: words)
    }
    if namespaces.contains(own) {
      return Verdict(confidence: .likely, distance: 5, why: "\(words) for the namespace \(own)")
    }
    if namespaces.contains("") { return Verdict(confidence: .likely, distance: 6, why: words) }
    return Verdict(
      confidence: .possible, distance: 6,
      why: "\(words) for the namespace \(namespaces.sorted().joined(separator: " or "))")
  }
}
