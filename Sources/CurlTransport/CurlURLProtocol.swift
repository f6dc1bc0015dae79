import Foundation
package import FoundationNetworking

/// Gives URLSession the client certificates and the authorities that it lacks on Linux, by letting
/// the system's libcurl do the exchange.
///
/// It works only for the sessions that `HTTPTransport` makes: their delegate is the exchange, the
/// one thing of a session that a URLProtocol gets to see.
package final class CurlURLProtocol: URLProtocol {
  package override class func canInit(with request: URLRequest) -> Bool { true }

  package override class func canonicalRequest(for request: URLRequest) -> URLRequest { request }

  /// Runs on the serial queue that all sessions of the process share: it only starts a thread.
  package override func startLoading() {
    guard let exchange = task?.delegate as? Exchange else {
      client?.urlProtocol(self, didFailWithError: TransportError.invalidURL)
      return
    }
    exchange.start(ProtocolRelay(self))
  }

  /// Foundation's own cancellation: it tells the client itself after this.
  package override func stopLoading() {
    (task?.delegate as? Exchange)?.abandon()
  }
}
