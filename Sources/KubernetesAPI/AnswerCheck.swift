import CurlTransport
import Foundation

/// Tells an API server's refusals apart from each other and from answers of something else.
struct AnswerCheck {
  let server: String
  /// The kubeconfig's name of the user, for the words of a refusal.
  let user: String?
  let path: String
  /// The proxy that passes requests on, and may answer them in the server's place.
  var forwarder: (host: String, port: Int)?
  /// Seconds since 1970-01-01T00:00:00Z, against which the date of a `Retry-After` is held.
  let now: Int64

  /// Throws unless the answer is a success with a body of the API's own types.
  ///
  /// - Parameter refusal: looked at for a 401 alone.
  func check(_ answer: APIClient.Answer, refusal: @autoclosure () -> CredentialRefusal) throws {
    let head = answer.head
    let code = head.statusCode
    let contentType = head.headers["Content-Type"] ?? ""
    if (200..<300).contains(code) {
      // kube-apiserver serves the index of OpenAPI v3 as if it were text.
      let isIndex = path == OpenAPIIndex.path && contentType.hasPrefix("text/plain")
      guard WireEncoding(contentType: contentType) != nil || isIndex else {
        throw foreign(answer, contentType)
      }
      return
    }
    if code == 401 {
      throw APIError.unauthorized(server: server, user: user, detail: refusal())
    }
    if (300..<400).contains(code) {
      throw APIError.redirected(server: server, location: head.headers["Location"] ?? "")
    }
    // RFC 9110, section 15.5.8: only a proxy answers so.
    if code == 407, let error = refused(by: forwarder, code) { throw error }
    guard let status = status(answer, contentType) else {
      // An API server would have said why in a Status.
      if code == 403, let error = refused(by: forwarder, code) { throw error }
      throw withoutStatus(answer, contentType)
    }
    switch code {
    case 403:
      throw APIError.forbidden(
        server: server, message: status.message,
        isAnonymous: status.message.contains("\"system:anonymous\""))
    case 404: throw APIError.notFound(path: path)
    case 410: throw APIError.expired(continueToken: status.continueToken)
    default:
      throw APIError.status(
        code: code, reason: status.reason, message: status.message,
        retryAfter: retryAfter(answer)
          ?? (status.retryAfterSeconds > 0 ? status.retryAfterSeconds : nil))
    }
  }

  private func refused(by proxy: (host: String, port: Int)?, _ code: Int) -> APIError? {
    proxy.map {
      .transport(server: server, .proxyRefused(host: $0.host, port: $0.port, status: code))
    }
  }

  /// Nil for a body that is no Status, a broken one included.
  private func status(_ answer: APIClient.Answer, _ contentType: String) -> StatusRecord? {
    do {
      return try StatusRecord.decode(Data(answer.body), contentType: contentType)
    } catch {
      return nil
    }
  }

  /// A path that the server does not know, and aggregated APIs that are down, answer text/plain.
  private func withoutStatus(_ answer: APIClient.Answer, _ contentType: String) -> APIError {
    let code = answer.head.statusCode
    if code == 404 && contentType.hasPrefix("text/plain") { return .notFound(path: path) }
    let isPlain = contentType.isEmpty || contentType.hasPrefix("text/plain")
    // A proxy that guards the server may refuse in words of its own.
    if code == 403 && isPlain {
      return .forbidden(server: server, message: beginning(answer), isAnonymous: false)
    }
    guard isPlain || code == 429 || code >= 500 else { return foreign(answer, contentType) }
    return .status(
      code: code, reason: "", message: isPlain ? beginning(answer) : "",
      retryAfter: retryAfter(answer))
  }

  private func foreign(_ answer: APIClient.Answer, _ contentType: String) -> APIError {
    .notKubernetes(
      server: server, code: answer.head.statusCode, contentType: contentType,
      beginning: beginning(answer))
  }

  /// Empty for a body that is no text.
  private func beginning(_ answer: APIClient.Answer) -> String {
    let bytes = answer.body.prefix(200)
    let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    guard isText else { return "" }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func retryAfter(_ answer: APIClient.Answer) -> Int? {
    RetryAfter.seconds(in: answer.head.headers, now: now)
  }
}
