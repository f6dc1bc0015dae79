import CCurl
import Foundation
import FoundationNetworking

/// The work of one exchange's thread: drives libcurl, gathers chunks, watches the clock.
final class CurlTransfer {
  /// Small pieces cost the session more than their bytes do: they are gathered to this size.
  static let chunkSize = 256 * 1024
  /// How long gathered bytes wait for more before they go on as they are.
  private static let patience = Duration.milliseconds(50)
  /// kube-apiserver's own limit for request headers is 1 MB; answers are far smaller.
  private static let headLimit = 256 * 1024

  let exchange: Exchange
  let relay: ProtocolRelay
  let clock = ContinuousClock()
  let started: ContinuousClock.Instant
  private var lastActivity: ContinuousClock.Instant
  private var isConnected = false
  private var chunk = Data()
  private var chunkStarted: ContinuousClock.Instant
  private var headParser = HeadParser()
  private(set) var hasHead = false
  /// What a callback refused to go on for.
  private(set) var refusal: TransportError?
  /// Whether the server's FIN was seen before its answer was whole.
  private(set) var peerHasFinished = false

  init(exchange: Exchange, relay: ProtocolRelay) {
    self.exchange = exchange
    self.relay = relay
    started = clock.now
    lastActivity = started
    chunkStarted = started
  }

  func run() {
    Self.blockBrokenPipeSignal()
    guard let handle = exchange.pool.takeHandle() else {
      let code = CURLE_FAILED_INIT
      relay.fail(
        TransportError.other(
          code: Int(code.rawValue), text: String(cString: curl_easy_strerror(code))))
      return
    }
    guard exchange.attach(handle) else {
      exchange.pool.give(handle)
      return
    }
    do throws(TransportError) {
      let metrics = try perform(handle)
      exchange.detach()
      exchange.keep(metrics)
      exchange.pool.give(handle)
      relay.finish()
    } catch {
      // A handle whose transfer broke off is not used again.
      exchange.detach()
      relay.fail(error)
    }
  }

  private func perform(_ handle: CurlHandle) throws(TransportError) -> ExchangeMetrics {
    let (request, address) = (exchange.request, exchange.address)
    handle.reset()
    let headers = CurlHandle.headerList(request, to: address)
    defer {
      // The handle must not outlive what it borrows.
      handle.reset()
      curl_slist_free_all(headers)
    }
    try handle.configure(
      request, to: address, as: exchange.identity, systemTrust: exchange.systemTrust)
    try handle.check(ccurl_set_list(handle.easy, CURLOPT_HTTPHEADER, headers))
    try setCallbacks(handle)
    guard curl_multi_add_handle(handle.multi, handle.easy) == CURLM_OK else {
      throw .other(code: Int(CURLE_FAILED_INIT.rawValue), text: "curl_multi_add_handle")
    }
    defer { curl_multi_remove_handle(handle.multi, handle.easy) }
    let code = try drive(handle)
    guard code == CURLE_OK else { throw failure(code, of: handle, at: address) }
    guard hasHead else { throw .badServerAnswer }
    guard flush() else { throw refusal ?? .cancelled }
    var metrics = ExchangeMetrics(
      bytesReceived: max(0, ccurl_info_size(handle.easy, CURLINFO_SIZE_DOWNLOAD_T))
        + Int64(ccurl_info_long(handle.easy, CURLINFO_HEADER_SIZE)),
      secondsToFirstByte: Double(
        max(0, ccurl_info_size(handle.easy, CURLINFO_STARTTRANSFER_TIME_T))) / 1e6,
      isReusedConnection: ccurl_info_long(handle.easy, CURLINFO_NUM_CONNECTS) == 0)
    if request.wantsCertificate, let pem = ccurl_server_certificate(handle.easy) {
      metrics.serverCertificate = Array(String(cString: pem).utf8)
    }
    return metrics
  }

  /// Until libcurl is done, the exchange is stopped or a time limit is over.
  private func drive(_ handle: CurlHandle) throws(TransportError) -> CURLcode {
    while true {
      guard !exchange.isStopped else { throw .cancelled }
      var running: Int32 = 0
      let status = curl_multi_perform(handle.multi, &running)
      guard status == CURLM_OK else {
        throw .other(code: Int(status.rawValue), text: String(cString: curl_multi_strerror(status)))
      }
      var left: Int32 = 0
      while let message = curl_multi_info_read(handle.multi, &left) {
        if message.pointee.msg == CURLMSG_DONE { return message.pointee.data.result }
      }
      let wait = try timeLeft(handle)
      let poll = curl_multi_poll(handle.multi, nil, 0, wait, nil)
      guard poll == CURLM_OK else {
        throw .other(code: Int(poll.rawValue), text: String(cString: curl_multi_strerror(poll)))
      }
      if hasHead { peerHasFinished = handle.peerHasFinished }
    }
  }

  /// Milliseconds until the next limit, at most a second; throws when one is over.
  private func timeLeft(_ handle: CurlHandle) throws(TransportError) -> Int32 {
    let timeouts = exchange.request.timeouts
    if !isConnected, ccurl_info_size(handle.easy, CURLINFO_PRETRANSFER_TIME_T) > 0 {
      isConnected = true
      lastActivity = clock.now
    }
    if !chunk.isEmpty, clock.now - chunkStarted >= Self.patience, !flush() {
      throw refusal ?? .cancelled
    }
    let now = clock.now
    var left = Duration.seconds(1)
    if let total = timeouts.total {
      guard now - started < total else { throw .timedOut(seconds: total / .seconds(1)) }
      left = min(left, total - (now - started))
    }
    if isConnected {
      guard now - lastActivity < timeouts.idle else {
        throw .idleTimedOut(seconds: timeouts.idle / .seconds(1))
      }
      left = min(left, timeouts.idle - (now - lastActivity))
    }
    if !chunk.isEmpty { left = min(left, Self.patience - (now - chunkStarted)) }
    return Int32(max(0, left / .milliseconds(1)).rounded(.up))
  }

  // MARK: - What libcurl calls

  private func setCallbacks(_ handle: CurlHandle) throws(TransportError) {
    // The transfer outlives its `perform`, in which alone libcurl calls these.
    let context = Unmanaged.passUnretained(self).toOpaque()
    try handle.check(
      ccurl_set_header(
        handle.easy,
        { bytes, size, count, context in
          guard let bytes, let context else { return 0 }
          let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
          let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
          return transfer.receivedHeader(line) ? line.count : 0
        }, context))
    try handle.check(
      ccurl_set_write(
        handle.easy,
        { bytes, size, count, context in
          guard let bytes, let context else { return 0 }
          let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
          let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
          return transfer.receivedBody(body) ? body.count : 0
        }, context))
  }

  private func receivedHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    lastActivity = clock.now
    guard !exchange.isStopped else { return false }
    // Trailers come after the body; nothing in them concerns us.
    guard !hasHead else { return true }
    do throws(TransportError) {
      guard let head = try headParser.take(line, limit: Self.headLimit) else { return true }
      guard
        let response = HTTPURLResponse(
          url: exchange.request.url, statusCode: head.statusCode, httpVersion: "HTTP/1.1",
          headerFields: nil)
      else { throw .badServerAnswer }
      hasHead = true
      exchange.keep(head)
      relay.respond(response)
      return true
    } catch {
      refusal = error
      return false
    }
  }

  private func receivedBody(_ body: UnsafeRawBufferPointer) -> Bool {
    lastActivity = clock.now
    guard !exchange.isStopped else { return false }
    var rest = body[...]
    while !rest.isEmpty {
      if chunk.isEmpty {
        chunk = Data(capacity: Self.chunkSize)
        chunkStarted = clock.now
      }
      let piece = rest.prefix(Self.chunkSize - chunk.count)
      chunk.append(UnsafeRawBufferPointer(rebasing: piece).assumingMemoryBound(to: UInt8.self))
      rest = rest.dropFirst(piece.count)
      if chunk.count == Self.chunkSize, !flush() { return false }
    }
    return true
  }

  /// Hands the gathered bytes on when there is a credit; false when the exchange is over instead.
  private func flush() -> Bool {
    guard !chunk.isEmpty else { return true }
    let total = exchange.request.timeouts.total
    guard exchange.credits.take(within: total.map { $0 - (clock.now - started) }) else {
      refusal = .timedOut(seconds: (total ?? .zero) / .seconds(1))
      return false
    }
    guard !exchange.isStopped else { return false }
    relay.load(chunk)
    chunk = Data()
    // The time that the consumer took is not the server's.
    lastActivity = clock.now
    return true
  }

  /// A library below may write to a socket that the server has closed.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
