import CEmbedded
import Foundation
import RegistryCatalogue

/// The style and the script of `-o html`, as their files were when the binary was built.
struct HTMLAssets: Sendable {
  let text: String
  /// The source expression that allows this text and no other (CSP Level 3, section 2.3.1).
  let policySource: String

  static let style = HTMLAssets(gcr_embedded_report_style)
  static let trendStyle = HTMLAssets(gcr_embedded_trend_style)
  static let script = HTMLAssets(gcr_embedded_report_script)

  private init(_ accessor: (UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>?) {
    var length = 0
    let start = accessor(&length)
    // A C array of static storage: valid for `length` bytes and never written.
    let bytes = start.map { Array(UnsafeBufferPointer(start: $0, count: length)) } ?? []
    text = String(decoding: bytes, as: UTF8.self)
    policySource = "'sha256-\(Data(SHA256.bytes(bytes)).base64EncodedString())'"
  }
}
