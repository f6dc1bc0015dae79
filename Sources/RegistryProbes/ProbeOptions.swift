package import CurlTransport

/// How registries are asked.
package struct ProbeOptions: Sendable {
  package var userAgent: String
  /// Registries, as references name them, that are spoken to over plain http.
  package var plainHTTP: Set<String>
  /// For a whole exchange.
  package var timeout: Duration
  /// Exchanges with one host at once.
  package var lanesPerHost: Int
  /// How often a request is sent at most.
  package var attempts: Int
  /// The longest wait that a registry may ask for; a longer one ends the question.
  package var longestWait: Duration
  package var proxies: ProxyRules
  /// Whose certificates registries may show.
  package var trust: ConnectionIdentity.Trust
  /// Learns who signed each server's certificate.
  package var wantsIssuers = false
  package var sleep: @Sendable (Duration) async throws -> Void
  /// Seconds since 1970-01-01T00:00:00Z, against which the date of a `Retry-After` is held.
  package var now: @Sendable () -> Int64
  /// Told of each exchange: method, URL without its query, status or nil.
  package var trace: @Sendable (_ method: String, _ url: String, _ status: Int?) -> Void

  package init(
    userAgent: String, plainHTTP: Set<String> = [], timeout: Duration = .seconds(30),
    lanesPerHost: Int = 4, attempts: Int = 3, longestWait: Duration = .seconds(30),
    environment: [String: String] = [:], trust: ConnectionIdentity.Trust = .system,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    now: @escaping @Sendable () -> Int64,
    trace: @escaping @Sendable (String, String, Int?) -> Void = { _, _, _ in }
  ) {
    self.userAgent = userAgent
    self.plainHTTP = plainHTTP
    self.timeout = timeout
    self.lanesPerHost = lanesPerHost
    self.attempts = attempts
    self.longestWait = longestWait
    proxies = ProxyRules(environment: environment)
    self.trust = trust
    self.sleep = sleep
    self.now = now
    self.trace = trace
  }
}
