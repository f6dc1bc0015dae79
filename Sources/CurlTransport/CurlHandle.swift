import CCurl

/// One libcurl handle with the one connection that it keeps.
///
/// A multi handle of its own carries the transfer, because that one can be woken from another
/// thread; its connection cache holds one connection.
///
/// `@unchecked Sendable`: the pool hands a handle to one transfer at a time, whose thread alone
/// uses it until it is given back or dropped. `wake()` may come from any thread: libcurl allows
/// it, and the exchange calls it only between `attach` and `detach`.
final class CurlHandle: @unchecked Sendable {
  let easy: UnsafeMutableRawPointer
  let multi: UnsafeMutableRawPointer
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private let latestSocket: UnsafeMutablePointer<Int32>
  /// Used by libcurl until the handle is gone.
  private let sessions: TLSSessions?
  /// Borrowed by libcurl until the next reset.
  var connectTo: UnsafeMutablePointer<curl_slist>?

  static let initialised = ccurl_global_init()

  /// Nil when libcurl cannot start or memory is out.
  ///
  /// - Parameter sessions: nil to begin every connection's session anew.
  init?(resumingFrom sessions: TLSSessions?) {
    guard Self.initialised == CURLE_OK, let easy = curl_easy_init() else { return nil }
    guard let multi = curl_multi_init() else {
      curl_easy_cleanup(easy)
      return nil
    }
    self.easy = easy
    self.multi = multi
    self.sessions = sessions
    errorBuffer = .allocate(capacity: ccurl_error_size)
    errorBuffer.initialize(repeating: 0, count: ccurl_error_size)
    latestSocket = .allocate(capacity: 1)
    latestSocket.initialize(to: -1)
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 1)
    if let sessions { resume(from: sessions) }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_multi_cleanup(multi)
    curl_slist_free_all(connectTo)
    errorBuffer.deallocate()
    latestSocket.deallocate()
  }

  func wake() {
    curl_multi_wakeup(multi)
  }

  /// Forgets the options of the last transfer; the connection and the TLS session stay.
  func reset() {
    curl_easy_reset(easy)
    curl_slist_free_all(connectTo)
    connectTo = nil
    errorBuffer.pointee = 0
    _ = ccurl_set_error_buffer(easy, errorBuffer)
    _ = ccurl_set_socket_note(easy, latestSocket)
  }

  /// libcurl's description of the last failure, its printable ASCII only.
  var errorText: String {
    String(
      decoding: String(cString: errorBuffer).utf8.filter { (32...126).contains($0) }, as: UTF8.self)
  }

  var peerHasFinished: Bool { ccurl_peer_finished(latestSocket.pointee) != 0 }

  func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
    try check(ccurl_set_long(easy, option, value))
  }

  /// libcurl copies the text.
  func set(_ option: CURLoption, _ value: String?) throws(TransportError) {
    try check(ccurl_set_string(easy, option, value))
  }

  /// libcurl copies the bytes.
  func set(_ option: CURLoption, _ bytes: [UInt8]) throws(TransportError) {
    try check(bytes.withUnsafeBytes { ccurl_set_blob(easy, option, $0.baseAddress, $0.count) })
  }

  func check(_ code: CURLcode) throws(TransportError) {
    guard code != CURLE_OK else { return }
    throw .other(code: Int(code.rawValue), text: String(cString: curl_easy_strerror(code)))
  }
}
