/// Reads YAML (and JSON, which is YAML) into nodes.
package enum YAMLDocuments {
  /// The root nodes of all documents; nothing for empty text or comments alone.
  ///
  /// An explicit but empty document (`---` alone) is a null scalar. Anchors live as long as their
  /// document. libyaml implements YAML 1.1 (https://yaml.org/spec/1.1/) with some of 1.2.
  package static func load(
    _ bytes: [UInt8], limits: YAMLLimits = .default
  ) throws(YAMLError) -> [YAMLNode] {
    guard bytes.count <= limits.maximumBytes else {
      throw .tooLarge(bytes: bytes.count, limit: limits.maximumBytes)
    }
    let prefix = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // FE FF and FF FE begin UTF-16 and UTF-32 (YAML 1.2.2, section 5.2).
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
      || bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF])
    {
      throw .otherEncoding
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let before = SourcePositions(bytes: Array(bytes[..<offset]), prefix: prefix)
      let mark = before.mark(byte: offset)
      throw .invalidUTF8(line: mark.line, column: mark.column, byteOffset: offset)
    }
    let positions = SourcePositions(bytes: bytes, prefix: prefix)
    var builder = DocumentBuilder(positions: positions, limits: limits)
    do {
      let stream = try EventStream(bytes[prefix...])
      while true {
        let event = try stream.next()
        if case .streamEnd = event.kind { return builder.documents }
        try builder.take(event)
      }
    } catch let failure as EventStream.Failure {
      switch failure {
      case .outOfMemory: throw .outOfMemory
      case .syntax(let scalar, let problem):
        let mark = positions.mark(scalar: scalar)
        throw .syntax(line: mark.line, column: mark.column, problem: problem)
      case .reader(let byte, let problem):
        let mark = positions.mark(byte: min(byte + prefix, bytes.count))
        throw .syntax(line: mark.line, column: mark.column, problem: problem)
      }
    } catch let error as YAMLError {
      throw error
    } catch {
      throw .outOfMemory
    }
  }

  /// As ``load(_:limits:)-([UInt8],_)``, from text in memory.
  package static func load(
    _ text: String, limits: YAMLLimits = .default
  ) throws(YAMLError) -> [YAMLNode] {
    try load(Array(text.utf8), limits: limits)
  }
}
