/// Why a scan has no report.
package enum ScanError: Error, Hashable, Sendable {
  /// The server serves none of the kinds that hold images.
  case noKindServed
  /// `--kinds` and `--exclude-kinds` leave nothing that holds images.
  case noKindLeft
  /// None of the namespaces that were asked for exists; patterns among them match none.
  case noSuchNamespace([String])
  /// `--kinds` names what the server does not have.
  case noSuchKind([String])
  /// `-n` has nothing but patterns, and which namespaces exist may not be known.
  case patternsNeedList([String])
  /// `--exclude-namespaces` leaves nothing of what `-n` names.
  case everyNamespaceExcluded([String])
  /// The reviews allow no list in the namespaces that were asked for.
  case nothingAllowed(server: String, namespaces: [String])
}
