internal import Archives
internal import Foundation
internal import KubernetesAPI

/// Decodes what Helm stores: base64 of gzip of JSON, or of JSON alone in old releases (helm.sh/helm
/// `pkg/storage/driver/util.go`).
enum HelmReleaseDecoder {
  /// Deeper than any chart; the reader of values recurses.
  private static let maximumDepth = 100
  private static let gzipMagic: [UInt8] = [0x1F, 0x8B, 0x08]

  static func decode(
    _ stored: [UInt8], limits: Gunzip.Limits = Gunzip.Limits()
  ) throws(HelmReleaseError) -> HelmRelease {
    guard !stored.isEmpty else { throw .noData }
    guard let plain = Data(base64Encoded: Data(stored)) else { throw .notBase64 }
    var bytes = Array(plain)
    if bytes.starts(with: gzipMagic) { bytes = try inflated(bytes, limits) }
    guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") else {
      throw .unknownFormat
    }
    do {
      return try release(bytes)
    } catch {
      switch error {
      case .incomplete(let offset), .malformed(let offset, _), .itemTooLarge(let offset, _),
        .tooDeep(let offset, _):
        throw .notRelease(atByte: offset)
      case .wrongKind: throw .notRelease(atByte: 0)
      }
    }
  }

  private static func inflated(
    _ bytes: [UInt8], _ limits: Gunzip.Limits
  ) throws(HelmReleaseError) -> [UInt8] {
    do throws(Gunzip.Fault) {
      return try Gunzip.inflate(bytes, limits: limits)
    } catch {
      switch error {
      case .truncated: throw .truncated
      case .damaged: throw .damaged
      case .tooLarge(let limit): throw .tooLarge(limit: limit)
      case .bomb(let ratio): throw .bomb(ratio: ratio)
      case .outOfMemory: throw .outOfMemory
      }
    }
  }

  private static func release(_ array: [UInt8]) throws(WireError) -> HelmRelease {
    let bytes = array.span
    var cursor = JSONCursor(0..<array.count, depthLimit: maximumDepth)
    var release = HelmRelease()
    guard try cursor.enterObject(bytes) else { return release }
    while let key = try cursor.nextKey(bytes) {
      switch word(key, bytes) {
      case "name": release.name = try text(bytes, &cursor)
      case "namespace": release.namespace = try text(bytes, &cursor)
      case "version": release.revision = Int(try cursor.readInteger(bytes) ?? 0)
      case "manifest": release.manifest = try raw(bytes, &cursor)
      case "config": release.config = try HelmValue.read(bytes, &cursor)
      case "info":
        guard try cursor.enterObject(bytes) else { continue }
        while let key = try cursor.nextKey(bytes) {
          guard word(key, bytes) == "status" else {
            try cursor.skipValue(bytes)
            continue
          }
          release.status = try text(bytes, &cursor)
        }
      case "chart": try chart(bytes, &cursor, into: &release)
      case "hooks": release.hooks = try hooks(bytes, &cursor)
      default: try cursor.skipValue(bytes)
      }
    }
    return release
  }

  private static func chart(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, into release: inout HelmRelease
  ) throws(WireError) {
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes) {
      switch word(key, bytes) {
      case "values": release.defaults = try HelmValue.read(bytes, &cursor)
      case "metadata":
        guard try cursor.enterObject(bytes) else { continue }
        while let key = try cursor.nextKey(bytes) {
          switch word(key, bytes) {
          case "name": release.chartName = try text(bytes, &cursor)
          case "version": release.chartVersion = try text(bytes, &cursor)
          default: try cursor.skipValue(bytes)
          }
        }
      default: try cursor.skipValue(bytes)
      }
    }
  }

  private static func hooks(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [HelmRelease.Hook] {
    var hooks: [HelmRelease.Hook] = []
    guard try cursor.enterArray(bytes) else { return hooks }
    while try cursor.nextElement(bytes) {
      var hook = HelmRelease.Hook()
      guard try cursor.enterObject(bytes) else { continue }
      while let key = try cursor.nextKey(bytes) {
        switch word(key, bytes) {
        case "manifest": hook.manifest = try raw(bytes, &cursor)
        case "events":
          hook.events = []
          guard try cursor.enterArray(bytes) else { continue }
          while try cursor.nextElement(bytes) { hook.events.append(try text(bytes, &cursor)) }
        default: try cursor.skipValue(bytes)
        }
      }
      hooks.append(hook)
    }
    return hooks
  }

  private static func word(_ key: JSONText, _ bytes: Span<UInt8>) -> String {
    String(decoding: key.unescaped(bytes), as: UTF8.self)
  }

  private static func raw(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [UInt8] {
    try cursor.readText(bytes)?.unescaped(bytes) ?? []
  }

  private static func text(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> String {
    String(decoding: try raw(bytes, &cursor), as: UTF8.self)
  }
}
