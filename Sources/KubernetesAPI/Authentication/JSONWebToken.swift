import Foundation

/// Reads the expiry of a JSON web token without verifying it: the server does that.
enum JSONWebToken {
  /// The `exp` claim (RFC 7519 4.1.4); nil when the text is no such token or has none.
  static func expiry(of token: String) -> Date? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = base64URLDecoded(parts[1]) else { return nil }
    do {
      let seconds = try JSONDecoder().decode(Claims.self, from: payload).exp
      // Beyond the year 9999 nothing can be printed, and nothing is meant.
      guard seconds.isFinite, abs(seconds) < 253_402_300_800 else { return nil }
      return Date(timeIntervalSince1970: seconds.rounded(.down))
    } catch {
      return nil
    }
  }

  /// RFC 4648 section 5, without padding.
  private static func base64URLDecoded(_ text: Substring) -> Data? {
    var base64 = String(text).replacing("-", with: "+").replacing("_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
    return Data(base64Encoded: base64)
  }

  private struct Claims: Decodable {
    var exp: Double
  }
}
