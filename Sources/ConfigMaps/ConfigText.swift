import YAMLDocuments

/// The text of a ConfigMap as YAML (JSON is YAML).
enum ConfigText {
  private static let limits = YAMLLimits(
    maximumBytes: ConfigMapReader.longestValue, maximumNodes: 100_000, duplicateKeys: .lastWins)

  /// Nothing for text that is no YAML: many values are not.
  static func documents(_ text: String) -> [YAMLNode] {
    do {
      return try YAMLDocuments.load(text, limits: limits)
    } catch {
      return []
    }
  }
}
