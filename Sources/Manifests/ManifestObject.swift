package import Inventory

/// One object of a manifest, and the pod specs in it.
package struct ManifestObject: Hashable, Sendable {
  package let kind: String
  /// Nil when the manifest leaves it to whoever applies it.
  package let namespace: String?
  package let name: String
  package let podSpecs: [ManifestPodSpec]

  package init(
    kind: String, namespace: String?, name: String, podSpecs: [ManifestPodSpec]
  ) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
    self.podSpecs = podSpecs
  }
}

/// A pod spec and where it stands.
package struct ManifestPodSpec: Hashable, Sendable {
  /// From the object's root: `spec.template.spec`.
  package let path: String
  package let spec: PodSpecRecord
  /// `known` in built-in kinds, `shape` in others.
  package let confidence: UseConfidence

  package init(path: String, spec: PodSpecRecord, confidence: UseConfidence) {
    self.path = path
    self.spec = spec
    self.confidence = confidence
  }
}

/// A document that could not be read. It says where, never what stands there: a manifest may hold
/// Secrets.
package struct UnreadableDocument: Hashable, Sendable {
  /// Counts documents from 1.
  package let number: Int
  /// In the whole text, from 1; nil where the fault has no place.
  package let line: Int?

  package init(number: Int, line: Int?) {
    self.number = number
    self.line = line
  }
}
