import Glibc
import ImageReferences
import Inventory
import Manifests

/// Sends changes to kustomizations instead of the files that they list.
struct KustomizeRoute {
  /// What a kustomization is to rename, and for the sake of which references.
  typealias Order = (rename: Kustomization.Rename, rewrite: RewritePlan.Rewrite)

  /// Changed where they stand: what a kustomization itself names.
  private(set) var inPlace: [RewritePlan.Wish] = []
  /// By the kustomization's path.
  private(set) var orders: [String: [Order]] = [:]
  private(set) var refusals: [RewritePlan.Refusal] = []

  private let read: (String) -> [UInt8]?
  private var known: [String: (path: String, listed: Set<String>)?] = [:]

  /// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
  static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  static func isKustomization(_ path: String) -> Bool {
    names.contains(String(path.split(separator: "/").last ?? ""))
  }

  init(_ wishes: [RewritePlan.Wish], read: @escaping (String) -> [UInt8]?) {
    self.read = read
    let matchers = Self.matchers(wishes)
    for wish in wishes { route(wish, matchers) }
  }

  /// The files that find an image by its name.
  private static func matchers(_ wishes: [RewritePlan.Wish]) -> [String: Set<String>] {
    var matchers: [String: Set<String>] = [:]
    for wish in wishes {
      guard let name = wish.located.reference.matchedName else { continue }
      matchers[name, default: []].insert(wish.located.use.place?.file ?? "")
    }
    return matchers
  }

  private mutating func route(_ wish: RewritePlan.Wish, _ matchers: [String: Set<String>]) {
    let reference = wish.located.reference
    guard wish.obstacle == nil, let replacement = wish.replacement else {
      inPlace.append(wish)
      return
    }
    let file = wish.located.use.place?.file ?? ""
    if let name = reference.matchedName {
      guard reference.parts.contains(where: { $0.kind == .matcher }) else {
        inPlace.append(wish)
        return
      }
      order(wish, replacement, name: name, in: file)
      return
    }
    guard Self.isSetByKustomize(wish.located) else {
      refuse(wish, "kustomize sets the images of containers alone: change it without --via")
      return
    }
    guard let path = kustomization(listing: file) else {
      refuse(
        wish,
        "no kustomization in its folder or above lists the file: change it without --via")
      return
    }
    let name = FoundReference.name(of: reference.text)
    let others = (matchers[name] ?? []).subtracting([path]).sorted()
    if let other = others.first(where: { builds($0, upon: path) }) {
      refuse(
        wish, "\(other) finds it by this name, and would no longer: set newName there alone")
      return
    }
    order(wish, replacement, name: name, in: path)
  }

  private mutating func order(
    _ wish: RewritePlan.Wish, _ replacement: String, name: String, in path: String
  ) {
    guard let old = ImageText.parse(wish.located.reference.text).reference,
      let new = ImageText.parse(replacement).reference, old.writtenTag == new.writtenTag,
      old.digest == new.digest
    else {
      refuse(wish, "its tag or digest changes too: choose \(replacement) by hand")
      return
    }
    let rename = Kustomization.Rename(
      name: name, newName: FoundReference.name(of: replacement))
    orders[path, default: []].append(
      (rename, RewritePlan.Rewrite(located: wish.located, replacement: replacement)))
  }

  private mutating func refuse(_ wish: RewritePlan.Wish, _ why: String) {
    refusals.append(RewritePlan.Refusal(use: wish.located.use, why: why))
  }

  /// `containers` and `initContainers` of objects, whatever their kind.
  private static func isSetByKustomize(_ located: FilesScan.Located) -> Bool {
    let reference = located.reference
    guard reference.confidence == .parsed, let object = reference.object,
      !["ConfigMap", "Secret", "CustomResourceDefinition"].contains(object.kind),
      reference.path.hasSuffix("].image")
    else { return false }
    let list = reference.path.split(separator: ".").dropLast().last ?? ""
    return list.hasPrefix("containers[") || list.hasPrefix("initContainers[")
  }

  // MARK: The nearest kustomization

  /// In the file's folder or one above it, up to the repository's top or the folder that the path
  /// begins in.
  private mutating func kustomization(listing file: String) -> String? {
    var segments = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    segments.removeLast()
    while true {
      let folder = segments.joined(separator: "/")
      if let found = kustomization(in: folder, isRoot: segments == [""]),
        found.listed.contains(FilePath.normal(file))
      {
        return found.path
      }
      guard let last = segments.last, last != "..", last != ".",
        access(FileWalk.joined(folder.isEmpty ? "." : folder, ".git"), F_OK) != 0
      else { return nil }
      segments.removeLast()
    }
  }

  /// Whether one kustomization takes in the folder of another, directly or through others.
  private mutating func builds(_ upper: String, upon lower: String) -> Bool {
    let goal = FilePath.folder(of: lower)
    var open = [FilePath.folder(of: upper)]
    var seen: Set<String> = []
    while let folder = open.popLast() {
      guard seen.insert(folder).inserted,
        let found = kustomization(in: folder, isRoot: folder == "/")
      else { continue }
      if found.listed.contains(goal) { return true }
      open += found.listed
    }
    return false
  }

  private mutating func kustomization(
    in folder: String, isRoot: Bool
  ) -> (path: String, listed: Set<String>)? {
    let prefix = isRoot ? "/" : folder
    if let answer = known[prefix] { return answer }
    var answer: (path: String, listed: Set<String>)?
    for name in Self.names {
      let path = FileWalk.joined(prefix, name)
      guard let bytes = read(path) else { continue }
      let listed = Kustomization(bytes)?.listed ?? []
      answer = (path, Set(listed.map { FilePath.normal(FileWalk.joined(prefix, $0)) }))
      break
    }
    known[prefix] = .some(answer)
    return answer
  }
}
