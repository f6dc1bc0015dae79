import Foundation
import Kubeconfig

/// A file that holds a bearer token and may be replaced while a scan runs, as the kubelet replaces
/// that of a service account.
struct TokenFile: Sendable {
  /// The file is looked at again after this time (client-go: a minute).
  private static let period: TimeInterval = 10

  /// Names the file, and the token to use where it cannot be read.
  private let user: UserCredentials
  private var token: Secret<String>?
  private var readAt: Date?
  /// Grows with every different content.
  private(set) var generation = 0

  init(of user: UserCredentials) {
    self.user = user
  }

  /// The token, from the file when it is time to look again.
  ///
  /// - Throws: when the file has never given a token; later the last one stays in use.
  mutating func currentToken(
    now: Date, files: any KubeconfigFiles
  ) throws(KubeconfigError) -> String {
    if let token, let readAt, now >= readAt, now.timeIntervalSince(readAt) < Self.period {
      return token.revealed
    }
    return try readToken(now: now, files: files)
  }

  /// The token as the file has it now.
  mutating func readToken(
    now: Date, files: any KubeconfigFiles
  ) throws(KubeconfigError) -> String {
    do {
      let read = try user.bearerToken(files: files)
      if read != token {
        token = read
        generation += 1
      }
    } catch {
      guard token != nil else { throw error }
    }
    readAt = now
    return token?.revealed ?? ""
  }
}
