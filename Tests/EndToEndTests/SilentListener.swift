import Foundation

/// A port of this machine where a server seems to be and says nothing.
final class SilentListener: Sendable {
  enum Manner: CaseIterable, Sendable {
    /// The connection comes about, and that is all.
    case acceptsAndIsSilent
    /// Not even that: the queue of connections is full, as at a host that drops packets.
    case leavesConnectionsWaiting
  }

  struct Failure: Error {
    var call: String
    var code: Int32
  }

  let port: Int
  private let descriptors: [Int32]

  init(_ manner: Manner) throws {
    let listener = try Self.check("socket", socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    try Self.check("bind", Self.with(&address) { bind(listener, $0, $1) })
    try Self.check("listen", listen(listener, manner == .acceptsAndIsSilent ? 16 : 0))
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try Self.check(
      "getsockname",
      Self.with(&address) { name, _ in
        getsockname(listener, name, &length)
      })
    port = Int(UInt16(bigEndian: address.sin_port))
    var descriptors = [listener]
    if manner == .leavesConnectionsWaiting {
      // A queue of length 0 holds one connection; the rest wait for it to be accepted.
      for _ in 0..<3 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let client = try Self.check("socket", socket(AF_INET, type, 0))
        _ = Self.with(&address) { connect(client, $0, $1) }
        descriptors.append(client)
      }
    }
    self.descriptors = descriptors
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }

  private static func with(
    _ address: inout sockaddr_in,
    _ call: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  @discardableResult
  private static func check(_ call: String, _ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw Failure(call: call, code: errno) }
    return result
  }
}
