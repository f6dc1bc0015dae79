import CurlTransport
import Foundation
import FoundationNetworking
import Testing

/// Answers in this process, as the demo's protocol does.
private final class Answering: URLProtocol {
  override class func canInit(with request: URLRequest) -> Bool { true }
  override class func canonicalRequest(for request: URLRequest) -> URLRequest { request }

  override func startLoading() {
    guard let url = request.url, url.path != "/never",
      let response = HTTPURLResponse(
        url: url, statusCode: 200, httpVersion: "HTTP/1.1",
        headerFields: ["Content-Type": "text/plain"])
    else { return }
    client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
    let accept = request.value(forHTTPHeaderField: "Accept") ?? "none"
    client?.urlProtocol(self, didLoad: Data("\(request.httpMethod ?? "") \(accept) ".utf8))
    client?.urlProtocol(self, didLoad: Data(url.path.utf8))
    client?.urlProtocolDidFinishLoading(self)
  }

  override func stopLoading() {}
}

extension LocalServerTests {
  @Suite struct InProcess {
    private let transport = HTTPTransport(
      identity: ConnectionIdentity(), lanes: 2, protocolClass: Answering.self)

    private func request(_ path: String) throws -> HTTPRequest {
      HTTPRequest(
        url: try #require(URL(string: "https://demo.test\(path)")), headers: ["Accept": "a/b"])
    }

    @Test func answersWithoutAServer() async throws {
      let (head, body, metrics) = try await transport.collect(request("/x"), limit: 100)
      #expect(head.statusCode == 200)
      #expect(head.headers["content-type"] == "text/plain")
      #expect(String(decoding: body, as: UTF8.self) == "GET a/b /x")
      #expect(metrics.bytesDelivered == 10)
    }

    @Test func isCancelledAllTheSame() async throws {
      let request = try request("/never")
      let task = Task { try await transport.collect(request, limit: 100) }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
