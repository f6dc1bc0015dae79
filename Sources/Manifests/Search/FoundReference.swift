package import Inventory

/// An image reference in a text, with the bytes that hold it.
package struct FoundReference: Hashable, Sendable {
  /// Nil: the text is no object of Kubernetes.
  package var object: WorkloadIdentity?
  /// From the object's, or the document's, root; empty in plain text.
  package var path: String
  /// The container's name, or the name of what holds the reference.
  package var container: String
  package var role: ContainerRole
  /// The whole reference; put together where its parts stand apart.
  package var text: String
  package var confidence: SourceConfidence
  /// Of the field's meaning.
  package var certainty: UseConfidence
  package var pullPolicy = PullPolicy.unspecified
  package var activity = Activity.inert
  /// In the order of the reference; never empty.
  package var parts: [ReferencePart]
  package var notes: [String] = []
  /// Of a repository prefix: an image to be judged in its place.
  package var representative: String?
  /// Of a repository prefix: the tag that stands beside it, for the images that it begins.
  package var tagBeside: String?
  /// What follows it is filled in later: the text is not the whole reference.
  package var isOpen = false
  /// A value beside its parts may hold a part of its path, which must not change then.
  package var isDivided = false
  /// Of a kustomization's entry: the name by which it finds images in other files.
  package var matchedName: String?
  /// Why no machine may change these bytes, with what a person does instead.
  package var obstacle: String?

  package init(
    object: WorkloadIdentity? = nil, path: String = "", container: String = "",
    role: ContainerRole = .configuration, text: String, confidence: SourceConfidence,
    certainty: UseConfidence = .known, parts: [ReferencePart]
  ) {
    self.object = object
    self.path = path
    self.container = container
    self.role = role
    self.text = text
    self.confidence = confidence
    self.certainty = certainty
    self.parts = parts
  }

  static let openNote = "what follows it is filled in later"

  /// The part that names the repository: where a reader looks.
  package var mainPart: ReferencePart {
    parts.first { $0.kind == .whole || $0.kind == .repository } ?? parts[0]
  }
}

/// Bytes of a file that hold a reference, or a part of it.
package struct ReferencePart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case whole
    case registry
    /// With its registry, where no part of its own has that.
    case repository
    case tag
    case digest
    /// The name by which a kustomization finds an image; it may not change alone.
    case matcher
  }

  package let kind: Kind
  package let text: String
  /// In the file.
  package let range: Range<Int>
  /// Whether these bytes are the text, letter by letter.
  package let isExact: Bool

  package init(kind: Kind, text: String, range: Range<Int>, isExact: Bool = true) {
    self.kind = kind
    self.text = text
    self.range = range
    self.isExact = isExact
  }
}

/// What one text holds.
package struct SearchedText: Hashable, Sendable {
  package var references: [FoundReference] = []
  package var problems: [SourceProblem] = []
  /// References in comments, which nothing pulls.
  package var mentions = 0

  package init() {}
}

/// A part of a text that could not be read as what it seems to be; never quotes it.
package struct SourceProblem: Hashable, Sendable {
  /// 1-based; nil: no place is known.
  package let line: Int?
  package let why: String

  package init(line: Int?, why: String) {
    self.line = line
    self.why = why
  }
}
