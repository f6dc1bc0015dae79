package import RegistryCatalogue

/// What a renderer may know of the place its bytes go to.
package struct RenderOptions: Hashable, Sendable {
  /// Columns of the terminal; nothing is cut or wrapped unless `isTerminal`.
  package var width: Int
  /// Whether risk words are coloured (table and wide).
  package var color: Bool
  /// Leave out the column headings (table, wide and csv).
  package var noHeaders: Bool
  package var isTerminal: Bool
  /// The columns of csv, in this order; nil: all of `CSVColumns`.
  package var columns: [String]?
  /// Findings at or above it fail their test case in junit.
  package var failureLevel: Risk
  /// What formats that group do it by; nil: wide not at all, the others by namespaces.
  package var dimension: GroupDimension?

  package init(
    width: Int = 80, color: Bool = false, noHeaders: Bool = false, isTerminal: Bool = false,
    columns: [String]? = nil, failureLevel: Risk = .low,
    dimension: GroupDimension? = nil
  ) {
    self.width = width
    self.color = color
    self.noHeaders = noHeaders
    self.isTerminal = isTerminal
    self.columns = columns
    self.failureLevel = failureLevel
    self.dimension = dimension
  }

  /// The width that lines must keep to; nil in a pipe. Narrower than 20 is treated as 20.
  package var lineWidth: Int? {
    isTerminal ? max(20, width) : nil
  }
}
