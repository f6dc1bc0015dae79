import CCurl
import Foundation

extension CurlTransfer {
  /// Words a failed transfer in our own terms: from libcurl's codes, never from its messages.
  func failure(
    _ code: CURLcode, of handle: CurlHandle, at address: ServerAddress
  ) -> TransportError {
    if let refusal { return refusal }
    let proxy = exchange.identity.proxyAddress
    let connectStatus = ccurl_info_long(handle.easy, CURLINFO_HTTP_CONNECTCODE)
    let peer = proxy ?? address
    if connectStatus >= 300 {
      return .proxyRefused(host: peer.host, port: peer.port, status: connectStatus)
    }
    switch code {
    case CURLE_COULDNT_RESOLVE_PROXY: return .couldNotResolveProxy(host: peer.host)
    case CURLE_COULDNT_RESOLVE_HOST: return .couldNotResolve(host: address.host)
    case CURLE_COULDNT_CONNECT:
      let failure = couldNotConnect(handle, peer)
      return proxy == nil ? failure : .proxyNotReached(failure)
    // The other limits are ours: libcurl knows that of the connection only.
    case CURLE_OPERATION_TIMEDOUT:
      let failure = TransportError.connectTimedOut(host: peer.host, port: peer.port)
      return proxy == nil ? failure : .proxyNotReached(failure)
    case CURLE_PROXY:
      let reason = ccurl_info_long(handle.easy, CURLINFO_PROXY_ERROR)
      return .socksRefused(SocksFailure(CURLproxycode(UInt32(truncatingIfNeeded: reason))))
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR: return .connectionReset
    case CURLE_PARTIAL_FILE: return truncated(handle)
    // OpenSSL's end of file without a TLS close arrives as a receive error.
    case CURLE_RECV_ERROR:
      return hasHead && peerHasFinished ? truncated(handle) : .connectionReset
    // An answer of HTTP/0.9, which is none, counts as an unsupported protocol.
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
      CURLE_WRITE_ERROR:
      return .badServerAnswer
    case CURLE_SSL_CERTPROBLEM:
      return .clientCertificate(exchange.identity.clientCertificate?.problem ?? .keyMismatch)
    default:
      guard let failure = tlsFailure(code, handle, address) else {
        return .other(code: Int(code.rawValue), text: String(cString: curl_easy_strerror(code)))
      }
      // Before the proxy has answered CONNECT, TLS is spoken with the proxy.
      let isProxys = proxy?.scheme == "https" && connectStatus == 0
      return .tls(isProxys ? .proxy(failure) : failure)
    }
  }

  private func couldNotConnect(_ handle: CurlHandle, _ peer: ServerAddress) -> TransportError {
    switch Int32(truncatingIfNeeded: ccurl_info_long(handle.easy, CURLINFO_OS_ERRNO)) {
    case ENETUNREACH, EHOSTUNREACH: .unreachable(host: peer.host, port: peer.port)
    case ETIMEDOUT: .connectTimedOut(host: peer.host, port: peer.port)
    default: .connectionRefused(host: peer.host, port: peer.port)
    }
  }

  private func truncated(_ handle: CurlHandle) -> TransportError {
    let expected = ccurl_info_size(handle.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
    return .bodyTruncated(
      expected: expected < 0 ? nil : expected,
      received: max(0, ccurl_info_size(handle.easy, CURLINFO_SIZE_DOWNLOAD_T)))
  }

  private func tlsFailure(
    _ code: CURLcode, _ handle: CurlHandle, _ address: ServerAddress
  ) -> TLSFailure? {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION:
      let proxyResult = ccurl_info_long(handle.easy, CURLINFO_PROXY_SSL_VERIFYRESULT)
      let result = ccurl_info_long(handle.easy, CURLINFO_SSL_VERIFYRESULT)
      let failure = TLSFailure(
        verifyResult: result == 0 ? proxyResult : result,
        expectedName: exchange.identity.tlsServerName ?? address.host)
      let isSystem = failure == .unknownAuthority && exchange.identity.trust == .system
      return isSystem ? .unknownToSystem : failure
    case CURLE_SSL_CACERT_BADFILE: return .authorityFileInvalid
    case CURLE_SSL_CLIENTCERT: return .clientCertificateRequired
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_SHUTDOWN_FAILED:
      let text = handle.errorText
      return .handshake(text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
    default: return nil
    }
  }
}

extension TLSFailure {
  /// By OpenSSL's X509_V_ERR numbers (x509_vfy.h).
  init(verifyResult: Int, expectedName: String) {
    switch verifyResult {
    // The chain is good, or the error has no number of its own: it was the name.
    case 0, 1, 62, 64: self = .nameMismatch(expected: expectedName)
    case 9: self = .certificateNotYetValid
    case 10: self = .certificateExpired
    case 23: self = .certificateRevoked
    case 2, 18, 19, 20, 21, 24, 27: self = .unknownAuthority
    default: self = .certificateRejected(code: verifyResult)
    }
  }
}

extension SocksFailure {
  fileprivate init(_ code: CURLproxycode) {
    switch code {
    case CURLPX_NO_AUTH, CURLPX_USER_REJECTED: self = .authentication
    case CURLPX_REPLY_NOT_ALLOWED: self = .notAllowed
    case CURLPX_REPLY_NETWORK_UNREACHABLE: self = .networkUnreachable
    case CURLPX_REPLY_HOST_UNREACHABLE: self = .hostUnreachable
    case CURLPX_REPLY_CONNECTION_REFUSED: self = .connectionRefused
    case CURLPX_RESOLVE_HOST: self = .couldNotResolve
    default: self = .other(code: Int(code.rawValue))
    }
  }
}
