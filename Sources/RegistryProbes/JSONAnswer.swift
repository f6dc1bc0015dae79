import Foundation

/// Small JSON documents of servers and programs.
enum JSONAnswer {
  /// Nil for what is not such a document: every caller has its own word for that.
  static func read<Value: Decodable>(_ bytes: [UInt8], as type: Value.Type) -> Value? {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      return nil
    }
  }
}
