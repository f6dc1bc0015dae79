package import CurlTransport
import Synchronization

/// One host on the way to an answer.
package struct Hop: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    /// The status of its answer.
    case answered(Int)
    case failed(TransportError)
  }

  /// With its port, unless that is https's own.
  package let host: String
  package let result: Result
  /// Who signed its certificate; nil when that was not learnt.
  package let issuer: String?

  package init(host: String, result: Result, issuer: String? = nil) {
    self.host = host
    self.result = result
    self.issuer = issuer
  }
}

/// The hosts that were asked, in their order.
final class HopJournal: Sendable {
  private let entries = Mutex<[Hop]>([])

  var hops: [Hop] { entries.withLock { $0 } }

  func note(_ hop: Hop) {
    entries.withLock { $0.append(hop) }
  }
}
