import ImageReferences
import Inventory
package import Reports
import YAMLDocuments

/// One text of one object that becomes another: the same image at another place.
package struct ImageChange: Hashable, Sendable {
  package let finding: Finding
  let pointer: FieldPointer
  /// What the field holds now, and what it shall hold; of an argument the flag too.
  let old: String
  let new: String

  /// Nil where the path or the replacement cannot be told for sure.
  init?(_ finding: Finding) {
    guard let pointer = FieldPointer(path: finding.use.path),
      let (old, new) = Self.texts(finding)
    else { return nil }
    self.finding = finding
    self.pointer = pointer
    self.old = old
    self.new = new
  }

  /// Whether a machine may write the replacement: the catalogue says so, and the tag and the
  /// digest prove it.
  package static func isMechanical(_ finding: Finding) -> Bool {
    guard finding.isReplacementMechanical, let replacement = finding.replacement else {
      return false
    }
    guard let target = ImageText.parse(replacement).reference else { return false }
    // A prefix has neither tag nor digest, and nothing to compare.
    guard finding.use.representative == nil, !isPrefix(finding.use) else { return true }
    guard let own = finding.use.image.reference else { return false }
    return own.writtenTag == target.writtenTag && own.digest == target.digest
  }

  /// A repository under which a program looks for several images.
  static func isPrefix(_ use: ImageUse) -> Bool {
    use.notes.contains { $0.hasPrefix(UseNotes.repositoryPrefix) }
  }

  private static func texts(_ finding: Finding) -> (old: String, new: String)? {
    guard let replacement = finding.replacement else { return nil }
    let old = finding.use.image.text
    guard finding.use.role == .argument else { return (old, replacement) }
    let note = UseNotes.argument
    guard let named = finding.use.notes.first(where: { $0.hasPrefix(note) }) else {
      return (old, replacement)
    }
    let flag = named.dropFirst(note.count)
    return ("\(flag)=\(old)", "\(flag)=\(replacement)")
  }

  /// Whether `kubectl set image` reaches it: by the container's name, which must be one (`*` means
  /// all of them, and `=` ends it).
  var isContainerImage: Bool {
    switch finding.use.role {
    case .container, .initContainer, .sidecar:
      ObjectName.isLabel(finding.use.container) && pointer.steps.last == "image"
    default: false
    }
  }

  /// The operations of RFC 6902 that replace the text where it still is what the report saw.
  ///
  /// - Parameter checksName: whether the container's name is tested too: lists may have changed.
  func operations(isInverse: Bool = false, checksName: Bool) -> [PatchOperation] {
    let (from, to) = isInverse ? (new, old) : (old, new)
    var operations: [PatchOperation] = []
    if checksName, isContainerImage {
      operations.append(
        PatchOperation(name: "test", pointer: pointer.sibling("name"), value: finding.use.container)
      )
    }
    operations.append(PatchOperation(name: "test", pointer: pointer, value: from))
    operations.append(PatchOperation(name: "replace", pointer: pointer, value: to))
    return operations
  }
}

/// One operation of a JSON patch (RFC 6902), which may stand in YAML too.
struct PatchOperation: Hashable {
  let name: String
  let pointer: FieldPointer
  let value: String

  var json: JSONValue {
    .members(["op": .string(name), "path": .string(pointer.text), "value": .string(value)])
  }

  var yaml: YAMLTree {
    .fields(["op": .string(name), "path": .string(pointer.text), "value": .string(value)])
  }
}

/// Names as the API server accepts them (`k8s.io/apimachinery` `util/validation`).
enum ObjectName {
  /// RFC 1123 label: a container's or a namespace's name.
  static func isLabel(_ name: String) -> Bool {
    name.utf8.count <= 63 && !name.contains(".") && isSubdomain(name)
  }

  /// RFC 1123 subdomain: the name of an object that runs Pods.
  static func isSubdomain(_ name: String) -> Bool {
    guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 253 else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && name.utf8.allSatisfy { isAlphanumeric($0) || "-.".utf8.contains($0) }
  }

  /// `Prometheus`, `monitoring.coreos.com`, `v1`: parts of a resource's name in a command.
  static func isWord(_ name: String) -> Bool {
    isSubdomain(name.lowercased())
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
