import Foundation
import FoundationNetworking
import Synchronization

/// Answers from the embedded sample cluster instead of the network.
final class SampleURLProtocol: URLProtocol {
  private static let cluster = Mutex<SampleCluster?>(nil)

  /// Sets what is served; the only state, since URLSession makes the instances.
  static func serve(_ sample: SampleCluster) {
    cluster.withLock { $0 = sample }
  }

  override static func canInit(with request: URLRequest) -> Bool { true }

  override static func canonicalRequest(for request: URLRequest) -> URLRequest { request }

  override func startLoading() {
    let body = request.httpBody.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let sample = Self.cluster.withLock { $0 }
    guard let url = request.url, let sample else {
      client?.urlProtocol(self, didFailWithError: URLError(.badURL))
      return
    }
    let answer = sample.answer(
      method: request.httpMethod ?? "GET", path: url.path, body: body)
    let response = HTTPURLResponse(
      url: url, statusCode: answer.status, httpVersion: "HTTP/1.1",
      headerFields: ["Content-Type": "application/json"])
    guard let response else {
      client?.urlProtocol(self, didFailWithError: URLError(.badServerResponse))
      return
    }
    client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
    client?.urlProtocol(self, didLoad: Data(answer.json.utf8))
    client?.urlProtocolDidFinishLoading(self)
  }

  override func stopLoading() {}
}
