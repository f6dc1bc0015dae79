package import ImageReferences
package import Inventory
package import RegistryCatalogue

/// What the registries answered about the images of one report, and what follows from it.
package struct RegistryAnswers: Sendable {
  /// By canonical reference.
  private let proofs: [String: RegistryProof]
  /// Of the cluster's nodes: `linux/amd64`; empty when they are not known.
  private let platforms: Set<String>
  /// Of the answers.
  private let day: CalendarDate

  package init(
    proofs: [String: RegistryProof], platforms: Set<String> = [], day: CalendarDate
  ) {
    self.proofs = proofs
    self.platforms = platforms
    self.day = day
  }

  /// Nil when nobody asked for it.
  package func proof(of reference: ImageReference) -> RegistryProof? {
    proofs[reference.canonical]
  }

  /// The judgement of this reference with what its registry answered.
  func applied(to judgement: Judgement, of reference: ImageReference) -> Judgement {
    guard let proof = proof(of: reference) else { return judgement }
    return judgement.proven(by: proof, of: reference, on: day)
  }

  /// Whether a machine may still write the replacement: not when its registry says that it is not
  /// there, or that it is another image.
  func confirms(_ replacement: Replacement, of reference: ImageReference) -> Bool {
    guard let proof = proof(of: replacement.reference) else { return true }
    return !proof.isGone && isSame(reference, replacement.reference) != false
  }

  /// One entry for each registry that was asked.
  package func coverage(of references: [ImageReference]) -> [CoverageEntry] {
    let asked = Dictionary(
      grouping: references.filter { proof(of: $0) != nil }, by: \.registry)
    return asked.map { registry, references in
      let unique = Dictionary(
        references.map { ($0.canonical, $0) }, uniquingKeysWith: { first, _ in first })
      let reasons = unique.sorted { $0.key < $1.key }.compactMap { _, reference -> String? in
        guard case .unknown(let why)? = proof(of: reference)?.verdict else { return nil }
        return why
      }
      guard let reason = reasons.first else {
        return CoverageEntry(
          resource: CoverageEntry.registryPrefix + registry, state: .read, holdsImages: false)
      }
      return CoverageEntry(
        resource: CoverageEntry.registryPrefix + registry,
        state: reasons.count == unique.count ? .failed : .partial,
        reason: "\(reasons.count) of \(CountWords.text(unique.count, "image")) not known:"
          + " \(reason)", holdsImages: false)
    }.sorted()
  }

  // MARK: Words

  /// What a reader should know besides the fate: platforms, and whether the replacement is there.
  func notes(on reference: ImageReference, replacement: Replacement?) -> [String] {
    var notes = platformNote(reference, "the image").map { [$0] } ?? []
    guard let replacement, let proof = proof(of: replacement.reference) else { return notes }
    let name = replacement.text
    switch proof.verdict {
    case .exists(let digest):
      switch isSame(reference, replacement.reference) {
      case true?: notes.append("\(name) is the same image, by its digest")
      case false? where replacement.isMechanical:
        notes.append(
          "\(name) is another image (\(RegistryProof.short(digest))): compare them before you"
            + " change the reference")
      default: notes.append("\(name) is there (\(RegistryProof.short(digest)))")
      }
      if let note = platformNote(replacement.reference, name) { notes.append(note) }
    case .gone(let code):
      notes.append("\(name) is not there: its registry answered 404 \(code) at \(proof.time)")
    case .refused(let answer):
      notes.append("\(name) is gone or private: its registry answered \(answer) at \(proof.time)")
    case .unknown(let why):
      notes.append("whether \(name) is there is not known: \(why)")
    }
    return notes
  }

  /// By digest; an index holds the same image when it lists it. Nil unless both are known.
  private func isSame(_ old: ImageReference, _ new: ImageReference) -> Bool? {
    guard let oldProof = proof(of: old), let newProof = proof(of: new),
      let oldDigest = oldProof.digest, let newDigest = newProof.digest
    else { return nil }
    return oldDigest == newDigest || newProof.children.contains(oldDigest)
  }

  private func platformNote(_ reference: ImageReference, _ name: String) -> String? {
    guard let offered = proof(of: reference)?.platforms, !platforms.isEmpty else { return nil }
    let missing = platforms.subtracting(offered).sorted()
    guard !missing.isEmpty else { return nil }
    return "\(name) is not for \(missing.joined(separator: ", ")), as nodes of the cluster are"
  }
}

extension CoverageEntry {
  /// Begins the resource of an entry about a registry that was asked: `registry gcr.io`.
  static let registryPrefix = "registry "

  var isOfRegistry: Bool { resource.hasPrefix(Self.registryPrefix) }
}
