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
      let distance = distance(word, candidate)
      if distance <= allowed, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    if let best {
      return best.candidate
    }
    return word.count < 3 ? nil : candidates.first { $0.hasPrefix(word) }
  }

  /// Damerau-Levenshtein distance in its optimal-string-alignment form: insertions, deletions,
  /// substitutions and swaps of neighbours each count 1.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(previous[column + 1] + 1, current[column] + 1, substitution)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
