/// How a list is asked for.
package struct ListOptions: Hashable, Sendable {
  /// Items a page; 0 asks for the whole list, as in kubectl.
  package var chunkSize: Int
  package var labelSelector: String?
  package var fieldSelector: String?
  /// Asks for the whole list from the watch cache (`resourceVersion=0`): continued pages read etcd
  /// and cost a server that streams its lists far more.
  package var fromCache: Bool
  /// Asks for JSON alone: for custom resources, which servers send as nothing else.
  package var asJSON: Bool
  /// Stops after the last page that fits into this many items; nil reads all.
  package var maximumItems: Int?

  package init(
    chunkSize: Int = 500, labelSelector: String? = nil, fieldSelector: String? = nil,
    fromCache: Bool = false, asJSON: Bool = false, maximumItems: Int? = nil
  ) {
    self.chunkSize = chunkSize
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.fromCache = fromCache
    self.asJSON = asJSON
    self.maximumItems = maximumItems
  }

  var accept: String { asJSON ? WireEncoding.acceptJSON : WireEncoding.acceptAny }

  /// The query of one page (Kubernetes API concepts, "Retrieving large results sets in chunks").
  func query(continueToken: String?) -> [(name: String, value: String)] {
    var query: [(name: String, value: String)] = []
    if let labelSelector { query.append(("labelSelector", labelSelector)) }
    if let fieldSelector { query.append(("fieldSelector", fieldSelector)) }
    if let continueToken {
      query.append(("continue", continueToken))
      query.append(("limit", String(chunkSize)))
    } else if fromCache {
      // `limit` is ignored with resourceVersion=0, so it is not sent.
      query.append(("resourceVersion", "0"))
    } else if chunkSize > 0 {
      query.append(("limit", String(chunkSize)))
    }
    return query
  }
}

/// What came of a list besides its items.
package struct ListOutcome: Hashable, Sendable {
  package var pages = 0
  package var items = 0
  /// The list was continued with a later snapshot after its continue token had expired.
  package var isOneSnapshot = true
  /// There were more items than `ListOptions.maximumItems`.
  package var isCut = false
  /// The server named a page as the next one that it had named before; the list was left there.
  package var repeatsItself = false
}
