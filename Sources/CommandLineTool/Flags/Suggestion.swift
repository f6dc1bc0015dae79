import Kubeconfig

/// "Did you mean …" for commands and flags.
enum Suggestion {
  /// The candidate nearest to a typo, or nil when none is near; the first of equals.
  ///
  /// Near is one slip for each three letters, or a beginning of at least three letters.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let word = word.lowercased()
    let allowed = max(1, word.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = EditDistance.between(word, candidate)
      if distance <= allowed, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    if let best {
      return best.candidate
    }
    return word.count < 3 ? nil : candidates.first { $0.hasPrefix(word) }
  }
}
