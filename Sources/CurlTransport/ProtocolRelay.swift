import Foundation
import FoundationNetworking
import Synchronization

/// The one way from a transfer to the URLSession that waits for it.
///
/// Foundation traps when a client is told anything after its task has ended. So all calls pass
/// here, one at a time; the call that ends the task drops the protocol, and whatever comes after
/// it is ignored. Dropping it also breaks the cycle protocol → thread → relay → protocol.
///
/// `@unchecked Sendable`: `urlProtocol` is read and written only while `lock` is held.
final class ProtocolRelay: @unchecked Sendable {
  private let lock = Mutex(())
  private var urlProtocol: URLProtocol?

  init(_ urlProtocol: URLProtocol) {
    self.urlProtocol = urlProtocol
  }

  func respond(_ response: URLResponse) {
    lock.withLock { _ in
      guard let urlProtocol else { return }
      urlProtocol.client?.urlProtocol(
        urlProtocol, didReceive: response, cacheStoragePolicy: .notAllowed)
    }
  }

  func load(_ chunk: Data) {
    lock.withLock { _ in
      guard let urlProtocol else { return }
      urlProtocol.client?.urlProtocol(urlProtocol, didLoad: chunk)
    }
  }

  func finish() {
    lock.withLock { _ in
      guard let urlProtocol else { return }
      self.urlProtocol = nil
      urlProtocol.client?.urlProtocolDidFinishLoading(urlProtocol)
    }
  }

  func fail(_ error: any Error) {
    lock.withLock { _ in
      guard let urlProtocol else { return }
      self.urlProtocol = nil
      urlProtocol.client?.urlProtocol(urlProtocol, didFailWithError: error)
    }
  }

  /// Ends the relay without a word.
  func end() {
    lock.withLock { _ in urlProtocol = nil }
  }
}
