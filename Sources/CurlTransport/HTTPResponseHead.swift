package import Foundation

/// The status and the header fields of an answer, without its body.
package struct HTTPResponseHead: Hashable, Sendable {
  package let statusCode: Int
  package let headers: HTTPHeaders

  package init(statusCode: Int, headers: HTTPHeaders = [:]) {
    self.statusCode = statusCode
    self.headers = headers
  }

  /// Every challenge of a 401, one per field.
  package var wwwAuthenticate: [String] { headers.values("WWW-Authenticate") }

  /// Where a redirect points, resolved against the URL that was asked; nil when this is none.
  ///
  /// The transport never follows it: the caller decides what may be sent to another host.
  package func redirectLocation(from url: URL) -> URL? {
    guard [301, 302, 303, 307, 308].contains(statusCode), let location = headers["Location"]
    else { return nil }
    return URL(string: location, relativeTo: url)?.absoluteURL
  }
}
