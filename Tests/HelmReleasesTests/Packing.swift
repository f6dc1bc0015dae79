import CZlib
import Foundation
import HelmReleases
import Inventory

/// What Helm would store, made here byte by byte.
enum Packing {
  /// gzip (RFC 1952) around a real deflate stream.
  static func gzip(_ text: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(text.count))
    var zlib = [UInt8](repeating: 0, count: Int(length))
    let status = compress2(&zlib, &length, text, UInt(text.count), 9)
    precondition(status == Z_OK)
    // Between zlib's header of 2 bytes and its checksum of 4 stands the bare deflate stream.
    let deflated = zlib[2..<Int(length) - 4]
    let check = UInt32(truncatingIfNeeded: crc32(0, text, UInt32(text.count)))
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + deflated + bytes(check)
      + bytes(UInt32(text.count))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// The object that stores `inner`, which is what Helm encoded itself.
  static func stored(
    _ inner: [UInt8], driver: HelmDriver = .secret, labels: [String: String] = [:]
  ) -> StoredRelease {
    var stored = StoredRelease(driver: driver)
    stored.metadata.name = "sh.helm.release.v1.web.v1"
    stored.metadata.namespace = "shop"
    stored.metadata.labels = labels
    stored.release = driver == .secret ? base64(inner) : inner
    return stored
  }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    Array(Data(bytes).base64EncodedData())
  }

  static func stored(json: String, driver: HelmDriver = .secret) -> StoredRelease {
    stored(base64(gzip(Array(json.utf8))), driver: driver)
  }

  /// JSON of a release with one Deployment of this image.
  static func json(image: String, values: String = "{}", config: String = "{}") -> String {
    let manifest =
      "apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: web}\\nspec: {template: {spec:"
      + " {containers: [{name: app, image: '\(image)'}]}}}\\n"
    return """
      {"name":"web","version":3,"info":{"status":"deployed","notes":"hunter2"},"namespace":"elsewhere",
       "chart":{"metadata":{"name":"web","version":"1.2.3"},"values":\(values),"files":[]},
       "config":\(config),"manifest":"\(manifest)","hooks":null}
      """
  }
}
