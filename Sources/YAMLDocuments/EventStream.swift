internal import CYAML

/// One event of libyaml, copied into Swift. Positions count Unicode scalars from the beginning.
struct Event {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(YAMLScalar)
    case sequenceStart(tag: String?, isFlow: Bool)
    case mappingStart(tag: String?, isFlow: Bool)
    case sequenceEnd, mappingEnd
  }

  let kind: Kind
  let anchor: String?
  let start: Int
  let end: Int
}

/// Owns a libyaml parser and the bytes that it reads.
///
/// The only place with unsafe pointers: libyaml keeps the address of its parser and of its input,
/// so both are allocated here and freed with this object.
final class EventStream {
  enum Failure: Error {
    /// `scalar` is a position as libyaml counts, `byte` an offset into the bytes that it was given.
    case syntax(scalar: Int, problem: String)
    case reader(byte: Int, problem: String)
    case outOfMemory
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// `bytes` is UTF-8 without a byte order mark.
  init(_ bytes: ArraySlice<UInt8>) throws(Failure) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    input = .allocate(capacity: bytes.count)
    _ = input.initialize(from: bytes)
    guard yaml_parser_initialize(parser) == 1 else { throw .outOfMemory }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    // After a failed initialisation libyaml has zeroed the parser, which this accepts.
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let data = event.data
    let kind: Event.Kind
    var anchor: String?
    switch event.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias(Self.text(data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = data.scalar
      anchor = Self.text(scalar.anchor)
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(
        YAMLScalar(
          text: String(decoding: bytes, as: UTF8.self), style: Self.style(scalar.style),
          tag: Self.text(scalar.tag)))
    case YAML_SEQUENCE_START_EVENT:
      anchor = Self.text(data.sequence_start.anchor)
      kind = .sequenceStart(
        tag: Self.text(data.sequence_start.tag),
        isFlow: data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      anchor = Self.text(data.mapping_start.anchor)
      kind = .mappingStart(
        tag: Self.text(data.mapping_start.tag),
        isFlow: data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamEnd  // YAML_STREAM_END_EVENT, and YAML_NO_EVENT after it.
    }
    return Event(
      kind: kind, anchor: anchor, start: Int(event.start_mark.index),
      end: Int(event.end_mark.index))
  }

  private func failure() -> Failure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable"
    let context = parser.pointee.context.map { String(cString: $0) + ", " } ?? ""
    switch parser.pointee.error {
    case YAML_MEMORY_ERROR: return .outOfMemory
    case YAML_READER_ERROR:
      return .reader(byte: Int(parser.pointee.problem_offset), problem: problem)
    default:
      return .syntax(scalar: Int(parser.pointee.problem_mark.index), problem: context + problem)
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: return .literal
    case YAML_FOLDED_SCALAR_STYLE: return .folded
    default: return .plain
    }
  }
}
