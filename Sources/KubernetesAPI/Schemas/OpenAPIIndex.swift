import Foundation

/// `GET /openapi/v3`: one document for each group version, with the hash of its content.
package struct OpenAPIIndex: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// Nil when there is none that may serve as a file's name.
    package let hash: String?
  }

  static let path = "/openapi/v3"

  /// By `apis/GROUP/VERSION`.
  package let entries: [String: Entry]

  package init(_ body: [UInt8]) throws(WireError) {
    let bytes = body.span
    let decoder = JSONItemDecoder()
    var cursor = JSONCursor(0..<bytes.count)
    var entries: [String: Entry]?
    guard try cursor.enterObject(bytes) else { throw cursor.malformed("an object") }
    while try cursor.nextKey(bytes, IndexKey.set) != nil {
      guard try cursor.enterObject(bytes) else { continue }
      entries = [:]
      while let path = try cursor.nextKey(bytes) {
        var url: String?
        guard try cursor.enterObject(bytes) else { continue }
        while try cursor.nextKey(bytes, PathKey.set) != nil {
          url = try decoder.text(bytes, &cursor)
        }
        guard let url else { throw cursor.malformed("\"serverRelativeURL\" before this") }
        entries?[decoder.strings.text(bytes, path)] = Entry(hash: Self.hash(in: url))
      }
    }
    guard let entries else { throw cursor.malformed("\"paths\" before this") }
    self.entries = entries
  }

  package func entry(for resource: APIResource) -> Entry? {
    entries["apis/\(resource.groupVersion)"]
  }

  /// Of `/openapi/v3/apis/apps/v1?hash=…`.
  private static func hash(in url: String) -> String? {
    guard let mark = url.range(of: "?hash=") else { return nil }
    let hash = url[mark.upperBound...]
    let isPlain = hash.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    return isPlain && (8...128).contains(hash.utf8.count) ? String(hash) : nil
  }
}

extension APIClient {
  package func openAPIIndex() async throws -> OpenAPIIndex {
    let path = OpenAPIIndex.path
    let body = try await gate.run { try await get(path) }
    do {
      return try OpenAPIIndex(body)
    } catch {
      throw APIError.unreadableAnswer(path: path, problem: "expected an index of OpenAPI v3")
    }
  }

  /// The document of one group version, asked for by the path that every server knows: the URL in
  /// the index is the server's text, and its hash only tells caches to keep the answer.
  package func schemas(of resource: APIResource) async throws -> KindSchemas {
    let path =
      "/openapi/v3/apis/\(PercentEncoding.encode(resource.group))"
      + "/\(PercentEncoding.encode(resource.version))"
    let body = try await gate.run { try await get(path, limit: Self.schemaLimit) }
    do {
      return try KindSchemas(
        openAPI: body.span, group: resource.group, version: resource.version)
    } catch {
      throw APIError.malformed(path: path, error)
    }
  }

  /// The largest groups publish some ten megabytes.
  private static var schemaLimit: Int { 64 << 20 }
}

private enum IndexKey: String, JSONKey {
  case paths
  static let set = JSONKeySet<Self>()
}

private enum PathKey: String, JSONKey {
  case url = "serverRelativeURL"
  static let set = JSONKeySet<Self>()
}
