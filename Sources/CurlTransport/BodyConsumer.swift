package import Foundation
import Synchronization

/// Takes an answer as it arrives.
///
/// Calls are serial, in order, on the delegate queue of the exchange, and over before
/// `exchange(_:into:)` returns or throws. A `throw` ends the exchange and is the error that its
/// caller sees.
package protocol BodyConsumer: Sendable {
  /// Called once, before any chunk.
  func begin(_ head: HTTPResponseHead) throws
  /// Called with at most 256 KB at a time. At most four chunks wait: the server is slowed down
  /// to the pace of this function.
  func consume(_ chunk: Data) throws
}

/// What an exchange cost.
package struct ExchangeMetrics: Hashable, Sendable {
  /// Bytes of the answer's head and body as they came, before unpacking.
  package var bytesReceived: Int64
  /// Bytes of the body as the consumer got them.
  package var bytesDelivered: Int64
  package var secondsToFirstByte: Double
  package var seconds: Double
  package var isReusedConnection: Bool
  /// In PEM; nil unless the request wanted it, and on a connection that was used before.
  package var serverCertificate: [UInt8]?

  package init(
    bytesReceived: Int64 = 0, bytesDelivered: Int64 = 0, secondsToFirstByte: Double = 0,
    seconds: Double = 0, isReusedConnection: Bool = false
  ) {
    self.bytesReceived = bytesReceived
    self.bytesDelivered = bytesDelivered
    self.secondsToFirstByte = secondsToFirstByte
    self.seconds = seconds
    self.isReusedConnection = isReusedConnection
  }
}

/// Keeps a small body whole.
final class BodyCollector: BodyConsumer {
  private let limit: Int
  private let bytes = Mutex<[UInt8]>([])

  init(limit: Int) {
    self.limit = limit
  }

  var body: [UInt8] { bytes.withLock { $0 } }

  func begin(_ head: HTTPResponseHead) throws {
    guard let length = head.headers["Content-Length"].flatMap(Int.init), length > limit
    else { return }
    throw TransportError.bodyTooLarge(limit: limit)
  }

  func consume(_ chunk: Data) throws {
    try bytes.withLock { bytes in
      guard chunk.count <= limit - bytes.count else {
        throw TransportError.bodyTooLarge(limit: limit)
      }
      bytes.append(contentsOf: chunk)
    }
  }
}
