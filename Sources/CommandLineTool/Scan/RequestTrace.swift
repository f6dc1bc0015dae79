import KubernetesAPI

/// Words what happens to requests for the log that `-v` asks for.
///
/// Level 1: a line for each request and each retry. Level 6, as in kubectl: the headers too.
struct RequestTrace {
  static let headerLevel = 6

  private let diagnostics: Diagnostics

  init(_ diagnostics: Diagnostics) {
    self.diagnostics = diagnostics
  }

  func note(_ event: RequestEvent) {
    switch event {
    case .sending(let request, let headers):
      diagnostics.trace(level: Self.headerLevel, "[\(request.number)] > \(line(request))")
      for field in headers {
        diagnostics.trace(
          level: Self.headerLevel, "[\(request.number)] > \(field.name): \(field.value)")
      }
    case .answered(let request, let answer):
      for field in answer.headers {
        diagnostics.trace(
          level: Self.headerLevel, "[\(request.number)] < \(field.name): \(field.value)")
      }
      diagnostics.trace(
        level: 1,
        "\(line(request)) \(answer.status) in \(answer.milliseconds) ms, \(answer.bytes) bytes")
    case .failed(let request, let error, let milliseconds):
      diagnostics.trace(
        level: 1, "\(line(request)) failed after \(milliseconds) ms: \(words(for: error))")
    case .retrying(let what, let error, let attempt, let wait):
      diagnostics.trace(
        level: 1,
        "retry: \(what), attempt \(attempt) failed (\(describe(error))); next in \(Self.text(wait))"
      )
    case .listExpired(let resource, isContinued: true):
      diagnostics.trace(
        level: 1, "retry: the list of \(resource) expired; continued from a later snapshot")
    case .listExpired(let resource, isContinued: false):
      diagnostics.trace(level: 1, "retry: the list of \(resource) expired; read anew")
    }
  }

  private func line(_ request: RequestEvent.Request) -> String {
    "\(request.method) \(request.target)"
  }

  private func words(for error: any Error) -> String {
    error is CancellationError ? "given up" : describe(error)
  }

  /// `2s`, `512ms`
  private static func text(_ wait: Duration) -> String {
    let milliseconds = Int((wait / .milliseconds(1)).rounded())
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }
}
