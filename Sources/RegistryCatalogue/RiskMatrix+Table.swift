extension RiskMatrix {
  /// One row of the matrix, as a page shows it.
  package struct TableRow: Hashable, Sendable {
    /// `retiring in 30 days`
    package let fate: String
    /// For every exposure.
    package let risks: [Exposure: Risk]
  }

  /// The whole matrix, worst row first.
  package static var table: [TableRow] {
    Row.allCases.map { row in
      TableRow(
        fate: row.rawValue,
        risks: Dictionary(
          uniqueKeysWithValues: Exposure.allCases.map { ($0, level(row, $0)) }))
    }
  }
}
