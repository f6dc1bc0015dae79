/// What a scan of one cluster reads, and how gently.
package struct ScanOptions: Hashable, Sendable {
  /// Empty: every namespace.
  package var namespaces: [String]
  /// Items a page; 0 asks for whole lists; nil leaves the choice to the server's version.
  package var chunkSize: Int?
  /// The most namespaces that are asked one by one where cluster-wide lists are forbidden.
  package var maximumNamespaces: Int
  package var kinds = KindFilter()
  package var readsCustomResources = true
  /// Where to keep what schemas say; nil keeps nothing.
  package var cacheDirectory: String?

  package init(namespaces: [String] = [], chunkSize: Int? = nil, maximumNamespaces: Int = 500) {
    self.namespaces = namespaces
    self.chunkSize = chunkSize
    self.maximumNamespaces = maximumNamespaces
  }

  package static let defaultChunkSize = 500
}
