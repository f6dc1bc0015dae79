package import Inventory

/// What a scan of one cluster reads, and how gently.
package struct ScanOptions: Hashable, Sendable {
  /// Empty: every namespace.
  package var namespaces: [String]
  /// Patterns of `-n`, which need the list of namespaces; what they match joins `namespaces`.
  package var namespacePatterns: [Glob] = []
  /// Left out wherever namespaces are asked one by one; a list of the whole cluster brings them
  /// all the same, and the report drops them.
  package var excludedNamespaces: [Glob] = []
  /// `-l`: which labels of Pods are kept and matched, for what owns them may not be read.
  package var selector: LabelSelector?
  /// Items a page; 0 asks for whole lists; nil leaves the choice to the server's version.
  package var chunkSize: Int?
  /// The most namespaces that are asked one by one where cluster-wide lists are forbidden.
  package var maximumNamespaces: Int
  package var kinds = KindFilter()
  package var readsCustomResources = true
  /// Where to keep what schemas say; nil keeps nothing.
  package var cacheDirectory: String?
  /// Lists every ConfigMap and searches its text, not only those that are known by name.
  package var configMaps = false
  /// Asks for events of Pods that wait; of no use when the report is as of another day.
  package var events = true
  /// Reads Helm's releases, which are Secrets: never without being asked for.
  package var helm = false
  /// Reads old revisions that are objects of their own: ControllerRevisions, and with `helm` the
  /// superseded releases.
  package var history = false

  package init(namespaces: [String] = [], chunkSize: Int? = nil, maximumNamespaces: Int = 500) {
    self.namespaces = namespaces
    self.chunkSize = chunkSize
    self.maximumNamespaces = maximumNamespaces
  }

  /// Whether `-n` names anything, even if it turns out that nothing has that name.
  var isLimitedToNamespaces: Bool { !namespaces.isEmpty || !namespacePatterns.isEmpty }

  package static let defaultChunkSize = 500
}
