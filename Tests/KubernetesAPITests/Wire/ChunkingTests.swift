import Foundation
import Inventory
import Testing
import WireFuzzing

@testable import KubernetesAPI

/// Where a body is cut never changes what is decoded, and a body that ends early is never a success.
@Suite struct ChunkingTests {
  static let encodings = WireEncoding.allCases

  @Test(arguments: encodings)
  func smallListSplitAtEveryByte(encoding: WireEncoding) throws {
    let body = try Recording.list("core-podtemplates", encoding)
    let schema = WireSchema.workloads(.podTemplate)
    let whole = try Decoded(schema, encoding, body)
    for cut in 0...body.count {
      let split = try Decoded(schema, encoding, body, cuts: [cut])
      #expect(split.records == whole.records, "cut at \(cut)")
      #expect(split.header == whole.header, "cut at \(cut)")
    }
  }

  @Test(arguments: encodings, [1, 2, 3, 7, 64, 4096, 65_537])
  func podsInChunks(encoding: WireEncoding, size: Int) throws {
    // The first page of 50 for the smallest sizes: a debug build takes long over single bytes.
    let body = try Recording.body("pages-pods-limit50-\(encoding)-01")
    let whole = try Decoded(.pods, encoding, body)
    #expect(whole.records.count == 50)
    let pieces = try Decoded(.pods, encoding, body, size: size)
    #expect(pieces.records == whole.records)
    #expect(pieces.header == whole.header)
  }

  @Test(arguments: encodings, [4096, 262_144])
  func allPodsInChunks(encoding: WireEncoding, size: Int) throws {
    let body = try Recording.list("core-pods", encoding)
    let whole = try Decoded(.pods, encoding, body)
    let pieces = try Decoded(.pods, encoding, body, size: size)
    #expect(pieces.records == whole.records)
  }

  @Test(arguments: [
    "argoproj.io-rollouts", "tekton.dev-tasks", "serving.knative.dev-services",
    "ops.example.com-emptykinds",
  ])
  func customResourcesSplitAtEveryByte(name: String) throws {
    let body = try Recording.list(name, .json)
    let whole = try Decoded(.metadataOnly, .json, body)
    for cut in 0...body.count {
      let split = try Decoded(.metadataOnly, .json, body, cuts: [cut])
      #expect(split.records == whole.records, "cut at \(cut)")
      #expect(split.header == whole.header, "cut at \(cut)")
    }
  }

  /// The list is whole once its last item is: in JSON only the line feed may be missing, in protobuf
  /// only the empty fields that follow `raw`.
  @Test(arguments: encodings)
  func truncatedAtEveryByte(encoding: WireEncoding) throws {
    let target = try #require(
      FuzzCorpus.targets(recordings: Recording.folder).first { $0.name == "namespaces \(encoding)" }
    )
    let body = Data(target.body)
    let schema = WireSchema.namespaces
    let whole = try Decoded(schema, encoding, body)
    let complete = encoding == .json ? [body.count - 1] : [body.count - 4, body.count - 2]
    for length in 0..<body.count {
      let part = body.prefix(length)
      for size in [Int.max, 64, 1] {
        if complete.contains(length) {
          #expect(try Decoded(schema, encoding, part, size: size).records == whole.records)
          continue
        }
        #expect(throws: WireError.incomplete(atByte: length), "\(length) bytes") {
          _ = try Decoded(schema, encoding, part, size: size)
        }
      }
    }
  }

  /// As above in a list of pods, at fewer places.
  @Test(arguments: encodings)
  func truncatedPods(encoding: WireEncoding) throws {
    let target = try #require(
      FuzzCorpus.targets(recordings: Recording.folder).first { $0.name == "pods \(encoding)" })
    let body = Data(target.body)
    for length in stride(from: 0, to: body.count - 4, by: 11) {
      #expect(throws: WireError.incomplete(atByte: length), "\(length) bytes") {
        _ = try Decoded(.pods, encoding, body.prefix(length), size: 512)
      }
    }
  }

  @Test(arguments: encodings)
  func headerIsKnownBeforeTheItems(encoding: WireEncoding) throws {
    let body = try Recording.body("pages-pods-limit50-\(encoding)-01")
    var decoder = ListDecoder(.pods, encoding: encoding)
    #expect(decoder.header == nil)
    var items = 0
    try decoder.feed(body.prefix(1000)) { _ in items += 1 }
    #expect(items == 0)
    #expect(decoder.header?.continueToken.isEmpty == false)
    #expect(decoder.header?.remainingItemCount == 513)
    #expect(decoder.header?.resourceVersion.isEmpty == false)
  }

  @Test func headerOfCustomResourcesComesLast() throws {
    let body = try Recording.list("argoproj.io-rollouts", .json)
    var decoder = ListDecoder(.metadataOnly, encoding: .json)
    var items = 0
    try decoder.feed(body.prefix(body.count - 60)) { _ in items += 1 }
    #expect(items == 3)
    #expect(decoder.header == nil)
    try decoder.feed(body.suffix(60)) { _ in items += 1 }
    try decoder.finish()
    #expect(items == 3)
    #expect(decoder.header?.resourceVersion == "6874")
  }

  @Test(arguments: encodings)
  func emptyList(encoding: WireEncoding) throws {
    let body = try Recording.body("list-pods-empty-ns-\(encoding)")
    for size in [1, 5, Int.max] {
      let decoded = try Decoded(.pods, encoding, body, size: size)
      #expect(decoded.records.isEmpty)
      #expect(decoded.header?.resourceVersion.isEmpty == false)
    }
  }

  @Test(arguments: encodings)
  func errorsOfTheCallerPass(encoding: WireEncoding) throws {
    struct Stop: Error {}
    let body = try Recording.list("core-podtemplates", encoding)
    var decoder = ListDecoder(.workloads(.podTemplate), encoding: encoding)
    #expect(throws: Stop.self) { try decoder.feed(body) { _ in throw Stop() } }
  }

  @Test(arguments: encodings)
  func itemsAboveTheLimitAreRefused(encoding: WireEncoding) throws {
    let body = try Recording.body("pages-pods-limit50-\(encoding)-01")
    for size in [100, 5000, Int.max] {
      do {
        _ = try Decoded(.pods, encoding, body, size: size, limits: WireLimits(itemBytes: 1000))
        Issue.record("an item of more than 1000 bytes was decoded")
      } catch let error as WireError {
        guard case .itemTooLarge(_, limit: 1000) = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }
}
