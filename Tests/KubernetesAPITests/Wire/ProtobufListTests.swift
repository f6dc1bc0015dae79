import Foundation
import Inventory
import Testing
import Varint

@testable import KubernetesAPI

/// Lists that no server in order would send.
@Suite struct ProtobufListTests {
  private func failure(_ body: Data, size: Int = .max) -> WireError? {
    do {
      _ = try Decoded(.pods, .protobuf, body, size: size)
      return nil
    } catch {
      return error as? WireError
    }
  }

  private func envelope(_ list: [UInt8], kind: String = "PodList") -> Data {
    ProtobufBuilder.list(kind) { builder in builder.raw(list) }
  }

  /// Where `raw` begins in an `envelope` of a list shorter than 128 bytes.
  private let listStart = 4 + 2 + 4 + 9 + 2

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var list: [UInt8]
    var atListByte: Int
    var expected: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(
      name: "item longer than the list", list: [0x12, 0x05, 0x0A], atListByte: 2,
      expected: "a length within the list"),
    Case(
      name: "length of 2^63", list: [0x12] + Array(repeating: 0x80, count: 9) + [0x01],
      atListByte: 11, expected: "a length below 2^62"),
    Case(
      name: "varint of 70 bits", list: [0x12] + Array(repeating: 0xFF, count: 9) + [0x02],
      atListByte: 10, expected: "a varint of at most 64 bits"),
    Case(
      name: "varint of 11 bytes", list: [0x12] + Array(repeating: 0x80, count: 10) + [0x01],
      atListByte: 10, expected: "a varint of at most 64 bits"),
    Case(
      name: "start group", list: [0x13, 0x14], atListByte: 1, expected: "wire type 0, 1, 2 or 5"),
    Case(name: "end group", list: [0x14], atListByte: 1, expected: "wire type 0, 1, 2 or 5"),
    Case(name: "wire type 7", list: [0x17], atListByte: 1, expected: "wire type 0, 1, 2 or 5"),
    Case(name: "field 0", list: [0x02, 0x00], atListByte: 1, expected: "a field number"),
    Case(
      name: "tag above 32 bits", list: [0xFA, 0xFF, 0xFF, 0xFF, 0x7F, 0x00], atListByte: 5,
      expected: "a field number"),
    Case(
      name: "item with a length beyond itself", list: [0x12, 0x02, 0x0A, 0x09], atListByte: 2,
      expected: "a length within the message"),
    Case(
      name: "item cut inside a varint", list: [0x12, 0x02, 0x08, 0x80], atListByte: 2,
      expected: "a varint within the message"),
    Case(
      name: "item with a group", list: [0x12, 0x01, 0x0B], atListByte: 2,
      expected: "wire type 0, 1, 2 or 5"),
    Case(
      name: "metadata that is a number", list: [0x12, 0x02, 0x08, 0x01], atListByte: 2,
      expected: "a length-delimited field 1"),
    Case(
      name: "fixed64 cut short inside an item", list: [0x12, 0x03, 0x21, 0x00, 0x00],
      atListByte: 2, expected: "8 bytes within the message"),
    Case(
      name: "fixed32 beyond the list", list: [0x25, 0x00], atListByte: 5,
      expected: "a field within the list"),
  ])
  func malformed(example: Case) {
    let expected = WireError.malformed(
      atByte: listStart + example.atListByte, expected: example.expected)
    for size in [1, 3, Int.max] {
      #expect(failure(envelope(example.list), size: size) == expected, "chunks of \(size)")
    }
  }

  @Test func unknownFieldsOfEveryWireTypeAreSkipped() throws {
    let body = ProtobufBuilder.list("PodList") { list in
      list.integer(9, -1)
      list.text(10, "new")
      list.bytes(11, [])
      list.raw([0x65, 1, 2, 3, 4])
      list.raw([0x69, 1, 2, 3, 4, 5, 6, 7, 8])
      list.message(2) { item in
        item.integer(900, 5)
        item.raw([0x65, 1, 2, 3, 4])
        item.raw([0x69, 1, 2, 3, 4, 5, 6, 7, 8])
        item.message(1) { $0.text(1, "a") }
      }
    }
    for size in [1, 2, Int.max] {
      let decoded = try Decoded(.pods, .protobuf, body, size: size)
      #expect(decoded.records.map(\.metadata.name) == ["a"])
      #expect(decoded.header == ListHeader())
    }
  }

  @Test func emptyRawIsAnEmptyList() throws {
    let decoded = try Decoded(.pods, .protobuf, envelope([]))
    #expect(decoded.records.isEmpty)
    #expect(decoded.header == ListHeader())
  }

  @Test func emptyItemIsAnEmptyRecord() throws {
    #expect(try Decoded(.pods, .protobuf, envelope([0x12, 0x00])).records == [PodRecord()])
  }

  @Test func secondRawIsRefused() {
    var body = envelope([0x12, 0x00])
    body.append(contentsOf: [0x12, 0x00])
    #expect(failure(body) == .malformed(atByte: body.count, expected: "one list"))
  }

  @Test func jsonIsNoProtobuf() {
    #expect(
      failure(Data("{\"kind\":\"PodList\"}".utf8))
        == .malformed(atByte: 0, expected: "the four bytes \"k8s\\0\" of a protobuf answer"))
  }

  @Test func nothingIsIncomplete() {
    #expect(failure(Data()) == .incomplete(atByte: 0))
  }

  @Test func otherKindsAreNamed() throws {
    #expect(
      failure(envelope([0x12, 0x00], kind: "NodeList"))
        == .wrongKind(found: "v1 NodeList", expected: "v1 PodList"))
    #expect(
      failure(try Recording.body("error-403-protobuf"))
        == .wrongKind(found: "v1 Status", expected: "v1 PodList"))
    let old = ProtobufBuilder.list("PodList", apiVersion: "v2") { list in
      list.raw([0x12, 0x00])
    }
    #expect(failure(old) == .wrongKind(found: "v2 PodList", expected: "v1 PodList"))
  }

  /// A length is believed only as far as bytes arrive.
  @Test func giantItemIsRefusedBeforeItArrives() {
    var list = ProtobufBuilder()
    list.raw([0x12] + Varint.bytes(of: 1 << 40))
    var body = ProtobufBuilder()
    body.message(1) {
      $0.text(1, "v1")
      $0.text(2, "PodList")
    }
    body.raw([0x12] + Varint.bytes(of: 1 << 41) + list.bytes)
    #expect(
      failure(Data(Array("k8s\0".utf8) + body.bytes))
        == .itemTooLarge(atByte: 33, limit: 16 << 20))
  }
}
