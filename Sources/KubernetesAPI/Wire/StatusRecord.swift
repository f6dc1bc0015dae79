package import Foundation

/// A `metav1.Status`: the API server's own words about a failed request.
package struct StatusRecord: Hashable, Sendable {
  /// `Success` or `Failure`.
  package var status = ""
  package var message = ""
  /// A word for programs, for example `Forbidden` or `Expired`.
  package var reason = ""
  /// The HTTP status; 0 when absent.
  package var code = 0
  /// `details.retryAfterSeconds`; 0 when absent.
  package var retryAfterSeconds = 0
  /// `metadata.continue`: with a 410, the token that goes on with an inconsistent list.
  package var continueToken = ""

  package init() {}

  /// Decodes an answer's body; nil when it is no `Status` (text, or an object of another kind).
  package static func decode(
    _ body: Data, contentType: String
  ) throws(WireError) -> StatusRecord? {
    guard let encoding = WireEncoding(contentType: contentType) else { return nil }
    switch encoding {
    case .protobuf: return try decodeProtobuf(body.span)
    case .json: return try decodeJSON(body.span)
    }
  }
}

// MARK: Protobuf

/// `meta/v1` `Status`, `StatusDetails`, `ListMeta`, generated.proto.
private enum StatusField {
  static let metadata = 1
  static let status = 2
  static let message = 3
  static let reason = 4
  static let details = 5
  static let code = 6
  static let detailsRetryAfterSeconds = 5
}

extension StatusRecord {
  private static func decodeProtobuf(_ bytes: Span<UInt8>) throws(WireError) -> StatusRecord? {
    let envelope = try ProtobufEnvelope(bytes)
    guard envelope.kind == "Status" else { return nil }
    return try StatusRecord(bytes, envelope.object)
  }

  private init(_ bytes: Span<UInt8>, _ message: ProtobufCursor) throws(WireError) {
    self.init()
    let strings = WireStrings()
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case StatusField.metadata:
        continueToken = try ListHeader(bytes, cursor.message()).continueToken
      case StatusField.status: status = strings.text(bytes, try cursor.payload())
      case StatusField.message: self.message = strings.text(bytes, try cursor.payload())
      case StatusField.reason: reason = strings.text(bytes, try cursor.payload())
      case StatusField.details:
        var details = try cursor.message()
        while try details.next(bytes) {
          guard details.number == StatusField.detailsRetryAfterSeconds else { continue }
          retryAfterSeconds = Int(try details.integer())
        }
      case StatusField.code: code = Int(try cursor.integer())
      default: break
      }
    }
  }
}

// MARK: JSON

private enum StatusKey: String, JSONKey {
  case kind, metadata, status, message, reason, details, code
  static let set = JSONKeySet<Self>()
}

private enum StatusDetailsKey: String, JSONKey {
  case retryAfterSeconds
  static let set = JSONKeySet<Self>()
}

extension StatusRecord {
  private static func decodeJSON(_ bytes: Span<UInt8>) throws(WireError) -> StatusRecord? {
    let decoder = JSONItemDecoder()
    var cursor = JSONCursor(0..<bytes.count)
    var record = StatusRecord()
    var kind = ""
    guard try cursor.enterObject(bytes) else { return nil }
    while let key = try cursor.nextKey(bytes, StatusKey.set) {
      switch key {
      case .kind:
        kind = try decoder.text(bytes, &cursor)
        guard kind == "Status" else { return nil }
      case .metadata: record.continueToken = try ListHeader(&cursor, bytes).continueToken
      case .status:
        // An object of another kind may have an object here.
        guard try cursor.peek(bytes) == .string else {
          try cursor.skipValue(bytes)
          continue
        }
        record.status = try decoder.text(bytes, &cursor)
      case .message: record.message = try decoder.text(bytes, &cursor)
      case .reason: record.reason = try decoder.text(bytes, &cursor)
      case .details:
        guard try cursor.enterObject(bytes) else { continue }
        while try cursor.nextKey(bytes, StatusDetailsKey.set) != nil {
          record.retryAfterSeconds = Int(try cursor.readInteger(bytes) ?? 0)
        }
      case .code: record.code = Int(try cursor.readInteger(bytes) ?? 0)
      }
    }
    return kind == "Status" ? record : nil
  }
}
