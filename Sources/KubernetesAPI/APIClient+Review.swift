import Foundation

extension APIClient {
  /// Asks one of the two read-only reviews, and reads the `status` of its answer.
  func review<Spec: Encodable, Status: Decodable>(
    _ kind: ReviewKind, _ spec: Spec
  ) async throws -> Status {
    let body = Array(try JSONEncoder().encode(Review(kind: kind.rawValue, spec: spec)))
    let answer = try await retrying("POST \(kind.path)", path: kind.path) {
      try await self.collect(
        kind.path, accept: WireEncoding.acceptJSON, limit: Self.smallBodyLimit, body: body
      ).body
    }
    return try decode(ReviewAnswer<Status>.self, answer, path: kind.path).status
  }
}

private struct Review<Spec: Encodable>: Encodable {
  let apiVersion = ReviewKind.apiVersion
  let kind: String
  let spec: Spec
}

private struct ReviewAnswer<Status: Decodable>: Decodable {
  let status: Status
}
