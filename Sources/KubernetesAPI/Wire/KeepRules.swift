import Inventory

/// Which parts of a container are kept, stated once for both encodings (`ContainerRecord`).
enum KeepRules {
  private static let suffix = Array("_IMAGE".utf8)
  private static let prefix = Array("RELATED_IMAGE_".utf8)
  private static let lastApplied = Array(AnnotationKeys.copiedLastApplied.utf8)

  /// Whether the value of an environment variable of this name may be an image: `IMAGE`, `…_IMAGE`,
  /// `RELATED_IMAGE_…` (the convention of OLM operators).
  static func keepsEnvironment(name bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let count = range.count
    // "IMAGE" itself is the suffix without its underscore.
    if count == 5 { return bytes.matches(at: range.lowerBound, suffix.span, 1, count: 5) }
    if count >= 14, bytes[range.lowerBound] == 0x52,
      bytes.matches(at: range.lowerBound, prefix.span, 0, count: 14)
    {
      return true
    }
    return count >= 6 && bytes[range.upperBound - 1] == 0x45
      && bytes.matches(at: range.upperBound - 6, suffix.span, 0, count: 6)
  }

  /// Whether an entry of `command` or `args` may name an image: it holds a slash.
  static func keepsArgument(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] == 0x2F { return true }
    return false
  }

  /// Whether an annotation may be kept; what this refuses, `AnnotationKeys.isKept` refuses as well.
  static func mayKeepAnnotation(
    key bytes: Span<UInt8>, _ key: Range<Int>, valueLength: Int
  ) -> Bool {
    guard valueLength <= longestAnnotation else { return false }
    return key.count != lastApplied.count
      || !bytes.matches(at: key.lowerBound, lastApplied.span, 0, count: key.count)
  }

  /// The longest annotation value that `AnnotationKeys.isKept` can accept, in bytes of UTF-8.
  static let longestAnnotation = 1024
}

extension ContainerRole {
  /// The order in which the lists of a pod spec stand in a record, whatever the order on the wire.
  var listOrder: Int {
    switch self {
    case .container: 0
    case .initContainer, .sidecar: 1
    case .ephemeral: 2
    default: 3
    }
  }
}

extension PodSpecRecord {
  /// Puts containers first, then init containers (sidecars among them), ephemeral containers, volumes.
  mutating func orderContainers() {
    var last = 0
    for container in containers {
      let order = container.role.listOrder
      if order < last {
        // Stable: `sorted` keeps the order of equal elements (SE-0372).
        containers.sort { $0.role.listOrder < $1.role.listOrder }
        return
      }
      last = order
    }
  }
}

extension PodRecord {
  /// Puts `containerStatuses` first, then those of init and ephemeral containers.
  mutating func orderStatuses() {
    var last = 0
    for status in statuses {
      let order = status.role.listOrder
      if order < last {
        statuses.sort { $0.role.listOrder < $1.role.listOrder }
        return
      }
      last = order
    }
  }
}

/// Which labels and annotations of an object are kept.
enum MarkRule {
  case all
  /// Of a Pod: what a controller owns is selected through that. Annotations stay: they tell a
  /// mirror pod.
  case labelsUnlessControlled
  /// Of a workload: labels and annotations are asked of the object that a person edits, its owner.
  case unlessControlled
}
