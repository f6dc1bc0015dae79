import Foundation
import FoundationNetworking
import Synchronization

/// One request and its answer: the delegate of the one session that carries it, and what the
/// URLProtocol of that session finds its orders in.
final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
  typealias Answer = (HTTPResponseHead, ExchangeMetrics)

  private struct State {
    var continuation: CheckedContinuation<Answer, any Error>?
    var relay: ProtocolRelay?
    /// The handle in use, to be woken when the exchange is stopped.
    var handle: CurlHandle?
    /// Set for a protocol class other than ours, which only Foundation can stop.
    var foreignTask: URLSessionTask?
    var head: HTTPResponseHead?
    var metrics: ExchangeMetrics?
    var bytesDelivered: Int64 = 0
    var secondsToFirstByte: Double = 0
    /// Why the exchange was stopped from our side; the first reason stands.
    var stopped: (any Error)?
  }

  let request: HTTPRequest
  /// The request's URL, taken apart.
  let address: ServerAddress
  let identity: ConnectionIdentity
  let systemTrust: SystemTrust
  let pool: LanePool
  let credits = Credits(4)
  private let consumer: any BodyConsumer
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  init(
    request: HTTPRequest, address: ServerAddress, identity: ConnectionIdentity,
    systemTrust: SystemTrust, pool: LanePool, consumer: any BodyConsumer
  ) {
    self.request = request
    self.address = address
    self.identity = identity
    self.systemTrust = systemTrust
    self.pool = pool
    self.consumer = consumer
  }

  /// Runs the exchange in a session of its own: two live tasks in one session crash Foundation.
  func run(_ template: SessionTemplate) async throws -> Answer {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let session = template.session(delegate: self)
        let task = session.dataTask(with: foundationRequest)
        let isStopped = state.withLock { state in
          state.continuation = continuation
          if !template.usesOurProtocol { state.foreignTask = task }
          return state.stopped != nil
        }
        task.resume()
        // Our own protocol looks for itself when it starts.
        if isStopped { state.withLock { $0.foreignTask }?.cancel() }
        session.finishTasksAndInvalidate()
      }
    } onCancel: {
      stop(CancellationError())
    }
  }

  /// Ends the exchange with this error, unless it has one already.
  ///
  /// The task is never cancelled through Foundation when the protocol is ours: the relay ends it
  /// in one step, and the thread follows when it notices.
  func stop(_ error: any Error) {
    let (relay, foreignTask) = state.withLock { state -> (ProtocolRelay?, URLSessionTask?) in
      guard state.stopped == nil else { return (nil, nil) }
      state.stopped = error
      state.handle?.wake()
      return (state.relay, state.foreignTask)
    }
    credits.giveBack()
    relay?.fail(error)
    foreignTask?.cancel()
  }

  var isStopped: Bool { state.withLock { $0.stopped != nil } }

  // MARK: - Called by the protocol and its thread

  /// Starts the transfer on a thread of its own.
  func start(_ relay: ProtocolRelay) {
    let stopped = state.withLock { state in
      state.relay = relay
      return state.stopped
    }
    if let stopped {
      relay.fail(stopped)
      return
    }
    TransferThreads.shared.run { CurlTransfer(exchange: self, relay: relay).run() }
  }

  /// Foundation has stopped the task: nothing more may be said to it.
  func abandon() {
    let relay = state.withLock { $0.relay }
    relay?.end()
    stop(CancellationError())
  }

  /// False when the exchange was stopped before the thread got here.
  func attach(_ handle: CurlHandle) -> Bool {
    state.withLock { state in
      guard state.stopped == nil else { return false }
      state.handle = handle
      return true
    }
  }

  /// After this the handle is no longer woken, and may be closed.
  func detach() {
    state.withLock { $0.handle = nil }
  }

  /// The head goes beside the HTTPURLResponse: its header dictionary keeps one value per name, and
  /// a `WWW-Authenticate: Basic` in it makes the session wait for ever.
  func keep(_ head: HTTPResponseHead) {
    state.withLock { $0.head = head }
  }

  func keep(_ metrics: ExchangeMetrics) {
    state.withLock { $0.metrics = metrics }
  }

  // MARK: - URLSessionDataDelegate

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    completionHandler(.allow)
    let head = state.withLock { state -> HTTPResponseHead? in
      guard state.stopped == nil else { return nil }
      state.secondsToFirstByte = (ContinuousClock.now - started) / .seconds(1)
      let head = state.head ?? Self.head(of: response)
      state.head = head
      return head
    }
    guard let head else { return }
    do {
      try consumer.begin(head)
    } catch {
      stop(error)
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    defer { credits.giveBack() }
    let goesOn = state.withLock { state in
      state.bytesDelivered += Int64(data.count)
      return state.stopped == nil
    }
    guard goesOn else { return }
    do {
      try consumer.consume(data)
    } catch {
      stop(error)
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let last = state.withLock { state -> State in
      let last = state
      state.continuation = nil
      state.relay = nil
      state.foreignTask = nil
      return last
    }
    last.continuation?.resume(with: outcome(of: last, error: error))
  }

  private func outcome(of state: State, error: (any Error)?) -> Result<Answer, any Error> {
    if let error = state.stopped ?? error { return .failure(error) }
    guard let head = state.head else { return .failure(TransportError.badServerAnswer) }
    var metrics = state.metrics ?? ExchangeMetrics(bytesReceived: state.bytesDelivered)
    metrics.bytesDelivered = state.bytesDelivered
    metrics.seconds = (ContinuousClock.now - started) / .seconds(1)
    if metrics.secondsToFirstByte == 0 { metrics.secondsToFirstByte = state.secondsToFirstByte }
    return .success((head, metrics))
  }

  // MARK: - What Foundation is given

  /// For protocols other than ours; ours reads the request itself, which keeps repeated headers.
  private var foundationRequest: URLRequest {
    var copy = URLRequest(url: request.url)
    copy.httpMethod = request.method
    copy.httpBody = request.body.map { Data($0) }
    for field in request.headers.fields {
      copy.addValue(field.value, forHTTPHeaderField: field.name)
    }
    return copy
  }

  private static func head(of response: URLResponse) -> HTTPResponseHead {
    guard let response = response as? HTTPURLResponse else {
      return HTTPResponseHead(statusCode: 0)
    }
    let fields = response.allHeaderFields.compactMap { name, value in
      (name as? String).flatMap { name in
        (value as? String).map { HTTPHeaders.Field(name: name, value: $0) }
      }
    }
    return HTTPResponseHead(
      statusCode: response.statusCode, headers: HTTPHeaders(fields.sorted { $0.name < $1.name }))
  }
}
