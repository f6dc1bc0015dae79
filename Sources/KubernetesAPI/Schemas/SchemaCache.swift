import Foundation
import Inventory

/// Keeps what schemas say about images on disk, by the hash that the server gives them.
///
/// Every server has a folder of its own, so that none can speak for another. Files hold places of
/// fields and nothing else, for their owner alone; what cannot be read or written is as if it were
/// not there, and neither is a folder believed that somebody else may write to: what it says could
/// hide an image.
package struct SchemaCache: Sendable {
  private let folder: URL
  /// Told of failures, for `-v`.
  private let note: @Sendable (String) -> Void

  /// - Parameters:
  ///   - directory: an absolute path; made, for its owner alone, when something is written.
  ///   - server: the API server's URL.
  package init(directory: String, server: String, note: @escaping @Sendable (String) -> Void) {
    // A file's name has 255 bytes at most.
    let name = PercentEncoding.encode(server).prefix(200)
    folder = URL(fileURLWithPath: directory).appendingPathComponent(String(name))
    self.note = note
  }

  /// Nil when nothing of this hash was kept.
  func schemas(of resource: APIResource, hash: String) -> KindSchemas? {
    let file = folder.appendingPathComponent(Self.name(of: resource, hash: hash))
    guard isPrivate(), let data = FileManager.default.contents(atPath: file.path) else {
      return nil
    }
    do {
      return try JSONDecoder().decode(CachedSchemas.self, from: data).schemas
    } catch {
      note("cache: \"\(file.path)\" cannot be read and is asked for again")
      return nil
    }
  }

  func keep(_ schemas: KindSchemas, of resource: APIResource, hash: String) {
    let name = Self.name(of: resource, hash: hash)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      guard isPrivate() else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let file = folder.appendingPathComponent(name)
      try encoder.encode(CachedSchemas(schemas)).write(to: file, options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      try forgetOthers(than: name, prefix: Self.prefix(of: resource))
    } catch {
      note("cache: \"\(folder.path)\" cannot be written: \(error.localizedDescription)")
    }
  }

  /// Whether nobody else can have put something there. A folder that is not there yet is private.
  private func isPrivate() -> Bool {
    var facts = stat()
    guard lstat(folder.path, &facts) == 0 else { return errno == ENOENT }
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    if isFolder, facts.st_uid == geteuid(), facts.st_mode & (S_IWGRP | S_IWOTH) == 0 {
      return true
    }
    note("cache: \"\(folder.path)\" is not used: others than its user may write to it")
    return false
  }

  /// One document for each group version is enough: an older hash never comes back.
  private func forgetOthers(than name: String, prefix: String) throws {
    for other in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where other.hasPrefix(prefix) && other != name && other.hasSuffix(".json") {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(other))
    }
  }

  private static func prefix(of resource: APIResource) -> String {
    let text = "\(resource.group)@\(resource.version)@"
    return text.replacingOccurrences(of: "/", with: "_")
  }

  private static func name(of resource: APIResource, hash: String) -> String {
    "\(prefix(of: resource))\(hash).\(CachedSchemas.format).json"
  }
}

/// The form on disk.
private struct CachedSchemas: Codable {
  /// Rises whenever the search in schemas changes: what an older program found is not enough.
  static let format = 3

  struct Field: Codable {
    /// `.key` for a key, `[]` and `{}` for all elements and values.
    let path: [String]
    let meaning: String
  }

  let kinds: [String: [Field]]

  init(_ schemas: KindSchemas) {
    kinds = schemas.fields.mapValues { fields in
      fields.map { field in
        Field(
          path: field.path.steps.map { step in
            switch step {
            case .key(let key): ".\(key)"
            case .elements: "[]"
            case .values: "{}"
            }
          }, meaning: field.meaning.rawValue)
      }
    }
  }

  var schemas: KindSchemas {
    get throws {
      KindSchemas(
        fields: try kinds.mapValues { fields in
          try fields.map { field in
            guard let meaning = FieldMeaning(rawValue: field.meaning) else {
              throw CocoaError(.coderReadCorrupt)
            }
            let steps: [FieldPath.Step] = field.path.map { text in
              switch text {
              case "[]": .elements
              case "{}": .values
              default: .key(String(text.dropFirst()))
              }
            }
            return ImageField(
              path: FieldPath(steps: steps), meaning: meaning,
              confidence: meaning == .freeForm ? .shape : .schema)
          }
        })
    }
  }
}

extension APIClient {
  /// The document of one group version, from the cache when it has this hash.
  package func schemas(
    of resource: APIResource, hash: String?, cache: SchemaCache?
  ) async throws -> KindSchemas {
    if let hash, let kept = cache?.schemas(of: resource, hash: hash) { return kept }
    let schemas = try await schemas(of: resource)
    if let hash { cache?.keep(schemas, of: resource, hash: hash) }
    return schemas
  }
}
