/// What a registry answered when it was asked for one reference: it alone proves that an image is
/// there, or that it is not.
package struct RegistryProof: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    case exists(digest: String)
    /// 404 with this error code.
    case gone(code: String)
    /// Gone or private, which the registry does not tell apart; its answer in words.
    case refused(String)
    /// No answer that says anything; why, in words.
    case unknown(String)
  }

  package let verdict: Verdict
  /// When it was asked: `2026-11-21T14:20:05Z`.
  package let time: String
  /// `linux/amd64`; nil when nobody asked for them or they could not be learnt.
  package let platforms: [String]?
  /// Of an index, the digests of its images.
  package let children: [String]

  package init(
    verdict: Verdict, time: String, platforms: [String]? = nil, children: [String] = []
  ) {
    self.verdict = verdict
    self.time = time
    self.platforms = platforms
    self.children = children
  }

  package var digest: String? {
    guard case .exists(let digest) = verdict else { return nil }
    return digest
  }

  package var isGone: Bool {
    guard case .gone = verdict else { return false }
    return true
  }

  /// A clause about "it", as reports word reasons.
  package var sentence: String {
    switch verdict {
    case .exists(let digest):
      "the registry answered at \(time) that it has it (\(Self.short(digest)))"
    case .gone(let code): "the registry answered 404 \(code) at \(time): it is not there"
    case .refused(let answer):
      "gone or private: the registry answered \(answer) at \(time)"
    case .unknown(let why): "whether it is there was asked at \(time) and is not known: \(why)"
    }
  }

  /// `sha256:f78411e19d84`: enough to tell two images apart by eye.
  package static func short(_ digest: String) -> String {
    let digits = digest.drop { $0 != ":" }
    return digits.count > 13 ? String(digest.prefix(digest.count - digits.count + 13)) : digest
  }
}
