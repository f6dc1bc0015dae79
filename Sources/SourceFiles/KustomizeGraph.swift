package import Manifests

/// Which kustomizations build a file, one upon another, and what they make of its objects'
/// namespaces and names.
package struct KustomizeGraph: Sendable {
  /// What one way up to a kustomization that no other takes in does to an object.
  package struct Build: Hashable, Sendable {
    /// The outermost one counts; nil where none says any.
    package fileprivate(set) var namespace: String?
    package fileprivate(set) var namePrefix = ""
    package fileprivate(set) var nameSuffix = ""
    /// The file that says the namespace; the outermost one where none does.
    package fileprivate(set) var file = ""
  }

  private struct Step {
    let path: String
    let folder: String
    let namespace: String?
    let namePrefix: String
    let nameSuffix: String
    let components: [String]
  }

  private var steps: [Step] = []
  /// The kustomizations that list a file, by its path.
  private var listing: [String: [Int]] = [:]
  /// Those that take in a folder as a resource, or as a component, by the folder's path.
  private var building: [String: [Int]] = [:]
  private var including: [String: [Int]] = [:]
  /// By folder.
  private var places: [String: Int] = [:]

  /// Kustomizations nested deeper than this, and more steps than this, are not followed.
  private static let deepest = 32
  private static let mostSteps = 1000

  /// - Parameter kustomizations: with their paths as files are named elsewhere.
  package init(_ kustomizations: [(path: String, content: Kustomization)]) {
    for (path, content) in kustomizations where content.isOfKustomize {
      let folder = FilePath.folder(of: path)
      let number = steps.count
      let inFolder = { (name: String) in FilePath.normal(FileWalk.joined(folder, name)) }
      steps.append(
        Step(
          path: path, folder: folder, namespace: content.namespace,
          namePrefix: content.namePrefix, nameSuffix: content.nameSuffix,
          components: content.components.map(inFolder)))
      places[folder] = number
      for name in Set((content.resources + content.patches).map(inFolder)).sorted() {
        listing[name, default: []].append(number)
      }
      for name in Set(content.resources.map(inFolder)).sorted() {
        building[name, default: []].append(number)
      }
      for name in Set(content.components.map(inFolder)).sorted() {
        including[name, default: []].append(number)
      }
      // What it patches inline, and its own entries.
      listing[FilePath.normal(path), default: []].append(number)
    }
  }

  /// What comes of an object of this file; empty where no kustomization lists it.
  package func builds(of file: String) -> [Build] {
    var climb = Climb()
    for number in listing[FilePath.normal(file)] ?? [] {
      let build = applied(steps[number], to: Build(), after: nil)
      self.climb(from: number, build, above: [number], &climb)
    }
    return climb.builds.sorted {
      ($0.file, $0.namespace ?? "", $0.namePrefix, $0.nameSuffix)
        < ($1.file, $1.namespace ?? "", $1.namePrefix, $1.nameSuffix)
    }
  }

  private struct Climb {
    struct Visit: Hashable {
      let number: Int
      let build: Build
    }

    var builds: Set<Build> = []
    /// Many ways lead to one kustomization: each is climbed once with the same load.
    var visits: Set<Visit> = []
  }

  private func climb(from number: Int, _ build: Build, above way: [Int], _ climb: inout Climb) {
    guard climb.visits.count < Self.mostSteps,
      climb.visits.insert(Climb.Visit(number: number, build: build)).inserted
    else { return }
    let folder = steps[number].folder
    let upper =
      (building[folder] ?? []).map { ($0, nil) }
      + (including[folder] ?? []).map { ($0, Optional(folder)) }
    // A circle is no way up.
    let next = upper.filter { !way.contains($0.0) }
    guard !next.isEmpty, way.count < Self.deepest else {
      climb.builds.insert(build)
      return
    }
    for (parent, component) in next {
      self.climb(
        from: parent, applied(steps[parent], to: build, after: component), above: way + [parent],
        &climb)
    }
  }

  /// A kustomization applies its components in their order, then its own fields; of a component's
  /// own resources those that follow it.
  private func applied(_ step: Step, to build: Build, after component: String?) -> Build {
    var build = build
    var rest = step.components[...]
    if let component, let place = rest.firstIndex(of: component) { rest = rest[(place + 1)...] }
    for folder in rest {
      if let number = places[folder] { Self.transform(&build, steps[number]) }
    }
    Self.transform(&build, step)
    return build
  }

  private static func transform(_ build: inout Build, _ step: Step) {
    if let namespace = step.namespace {
      (build.namespace, build.file) = (namespace, step.path)
    } else if build.namespace == nil {
      build.file = step.path
    }
    build.namePrefix = step.namePrefix + build.namePrefix
    build.nameSuffix += step.nameSuffix
  }
}
