/// How near one word is to another, for typing errors.
package enum EditDistance {
  /// The fewest insertions, deletions, substitutions and swaps of neighbours that make one of the
  /// other (Damerau-Levenshtein in its form of optimal string alignment).
  package static func between(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var before: [Int] = []
    var above = Array(0...second.count)
    var last: Character?
    for (row, letter) in first.enumerated() {
      var current = [row + 1]
      for (column, other) in second.enumerated() {
        var best = min(
          above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == second[column - 1], last == other {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, above) = (above, current)
      last = letter
    }
    return above[second.count]
  }
}
