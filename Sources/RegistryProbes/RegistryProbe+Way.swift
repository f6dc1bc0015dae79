import CurlTransport
package import ImageReferences

/// The way of a pull: its parts, and the hosts that each part leads over.
package struct PullWay: Hashable, Sendable {
  package enum Part: String, Hashable, Sendable, CaseIterable {
    case manifest
    /// Of one platform, where the manifest is an index.
    case image
    /// The image's configuration: the smallest of its blobs.
    case blob
  }

  package struct Step: Hashable, Sendable {
    package let part: Part
    package let hops: [Hop]
    /// Nil when the part arrived.
    package let obstacle: ProbeOutcome?
  }

  package let reference: ImageReference
  package let steps: [Step]

  package var isOpen: Bool {
    steps.last?.part == .blob && steps.allSatisfy { $0.obstacle == nil }
  }
}

extension RegistryProbe {
  /// Goes the way of a pull up to the first blob, and ends at the first obstacle.
  ///
  /// - Throws: `CancellationError` only.
  package func way(of reference: ImageReference) async throws -> PullWay {
    var steps: [PullWay.Step] = []
    var question = Question(
      reference, endpoint: RegistryEndpoint(reference, plainHTTP: client.options.plainHTTP))

    /// The manifest that this version names; nil at an obstacle.
    func step(_ part: PullWay.Part, _ version: String?) async throws -> Manifest? {
      let journal = HopJournal()
      question.journal = journal
      var manifest: Manifest?
      let outcome = try await Self.outcome {
        let asked = try await self.manifest("GET", question, version: version)
        guard asked.answer.head.statusCode == 200 else { return try await refusal(asked, question) }
        try checkType(asked.answer)
        if let digest = version ?? reference.digest,
          ContentDigest.matches(digest, asked.answer.body) == false
        {
          throw Doubt.digestMismatch
        }
        guard let read = Manifest(asked.answer.body) else { throw Doubt.malformed(.manifest) }
        manifest = read
        return .exists(FoundImage(digest: ContentDigest.of(asked.answer.body)))
      }
      steps.append(
        PullWay.Step(
          part: part, hops: journal.hops, obstacle: outcome.image == nil ? outcome : nil))
      return manifest
    }

    var manifest = try await step(.manifest, nil)
    if let child = manifest?.children.first { manifest = try await step(.image, child) }
    if let digest = manifest?.configurationDigest {
      steps.append(try await blob(digest, question))
    }
    return PullWay(reference: reference, steps: steps)
  }

  private func blob(_ digest: String, _ question: Question) async throws -> PullWay.Step {
    let journal = HopJournal()
    var question = question
    question.journal = journal
    let outcome = try await Self.outcome {
      let asked = try await request(
        "GET", "/v2/\(question.reference.repository)/blobs/\(digest)", question, headers: [:])
      let status = asked.answer.head.statusCode
      guard status == 200 else { throw Doubt.status(status) }
      guard ContentDigest.matches(digest, asked.answer.body) != false else {
        throw Doubt.digestMismatch
      }
      return .exists(FoundImage(digest: digest))
    }
    return PullWay.Step(
      part: .blob, hops: journal.hops, obstacle: outcome.image == nil ? outcome : nil)
  }

  /// Whether this host can be reached at all, and who signed its certificate.
  ///
  /// - Parameter host: with its port, unless that is 443.
  /// - Throws: `CancellationError` only.
  package func knock(_ host: String, path: String) async throws -> Hop {
    let endpoint = RegistryEndpoint(host: host, plainHTTP: client.options.plainHTTP)
    return try await client.knock(endpoint, path)
  }
}
