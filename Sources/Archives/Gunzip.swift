import CZlib

/// Undoes gzip (RFC 1952) within bounds.
package enum Gunzip {
  package struct Limits: Hashable, Sendable {
    package var maximumBytes: Int
    /// The most that the text may grow, once it is above `ratioFloor`.
    package var maximumRatio: Int
    package var ratioFloor: Int

    /// A Secret holds at most 1 MiB; real charts grow five- to fifteenfold.
    package init(
      maximumBytes: Int = 32 << 20, maximumRatio: Int = 100, ratioFloor: Int = 1 << 20
    ) {
      self.maximumBytes = maximumBytes
      self.maximumRatio = maximumRatio
      self.ratioFloor = ratioFloor
    }
  }

  /// Why the text does not come back, or not all of it.
  package enum Fault: Error, Hashable, Sendable {
    /// The compressed text ends too early.
    case truncated
    /// The compressed text contradicts itself.
    case damaged
    case tooLarge(limit: Int)
    /// It grows more than any chart does: made to exhaust whoever reads it.
    case bomb(ratio: Int)
    case outOfMemory
  }

  private static let chunkBytes = 64 << 10

  /// The text of the first member; what follows it is ignored.
  package static func inflate(
    _ input: [UInt8], limits: Limits = Limits()
  ) throws(Fault) -> [UInt8] {
    let (text, fault) = prefix(of: input, limits: limits)
    if let fault { throw fault }
    return text
  }

  /// The text as far as it can be had: never more than the limit.
  package static func prefix(
    of input: [UInt8], limits: Limits = Limits()
  ) -> (text: [UInt8], fault: Fault?) {
    var stream = z_stream()
    guard gcr_inflate_init_gzip(&stream) == Z_OK else { return ([], .outOfMemory) }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    var position = 0
    while true {
      let (status, consumed, produced) = step(&stream, input, position, &chunk)
      position += consumed
      output.append(contentsOf: chunk[..<produced])
      guard output.count <= limits.maximumBytes else {
        output.removeLast(output.count - limits.maximumBytes)
        return (output, .tooLarge(limit: limits.maximumBytes))
      }
      if output.count > limits.ratioFloor, output.count / max(position, 1) >= limits.maximumRatio {
        return (output, .bomb(ratio: limits.maximumRatio))
      }
      switch status {
      case Z_STREAM_END: return (output, nil)
      case Z_OK where consumed > 0 || produced > 0: continue
      // No progress is possible: the input has ended before the text.
      case Z_OK, Z_BUF_ERROR: return (output, .truncated)
      case Z_MEM_ERROR: return (output, .outOfMemory)
      default: return (output, .damaged)
      }
    }
  }

  /// One call of `inflate`. The pointers that zlib keeps in the stream are set anew each time, so
  /// that none outlives its buffer.
  private static func step(
    _ stream: inout z_stream, _ input: [UInt8], _ position: Int, _ chunk: inout [UInt8]
  ) -> (status: Int32, consumed: Int, produced: Int) {
    let capacity = chunk.count
    let available = min(input.count - position, Int(UInt32.max))
    return input.withUnsafeBufferPointer { source in
      chunk.withUnsafeMutableBufferPointer { target in
        // zlib declares `next_in` mutable where it is built without ZLIB_CONST, and never writes.
        stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
        stream.avail_in = UInt32(available)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(capacity)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        let consumed = available - Int(stream.avail_in)
        let produced = capacity - Int(stream.avail_out)
        stream.next_in = nil
        stream.next_out = nil
        return (status, consumed, produced)
      }
    }
  }
}
