/// The `metadata` of a list (`metav1.ListMeta`).
package struct ListHeader: Hashable, Sendable {
  package var resourceVersion = ""
  /// The token that asks for the next page; empty on the last page.
  package var continueToken = ""
  /// How many items follow this page; the server omits it when a selector is in use.
  package var remainingItemCount: Int64?

  package init() {}

  package init(resourceVersion: String, continueToken: String, remainingItemCount: Int64?) {
    self.resourceVersion = resourceVersion
    self.continueToken = continueToken
    self.remainingItemCount = remainingItemCount
  }
}
