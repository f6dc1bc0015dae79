import Foundation
package import KubernetesAPI

/// One decoder with an answer that it decodes, to be damaged.
package struct FuzzTarget: Sendable {
  package let name: String
  package let body: [UInt8]
  private let run: @Sendable (Data, [Int]) -> Outcome

  /// What a decoder made of a body; records are compared by their hash.
  package enum Outcome: Hashable, Sendable {
    case decoded(items: Int, digest: Int)
    case refused
    /// Something else than a `WireError` was thrown: never expected.
    case escaped(String)
  }

  package init<Record: Hashable & Sendable>(
    _ name: String, _ schema: WireSchema<Record>, _ encoding: WireEncoding, body: [UInt8]
  ) {
    self.name = name
    self.body = body
    run = { data, cuts in
      var decoder = ListDecoder(schema, encoding: encoding, limits: WireLimits(itemBytes: 1 << 20))
      var records: [Record] = []
      do {
        var start = 0
        for cut in cuts + [data.count] {
          try decoder.feed(data.subdata(in: start..<cut)) { record in records.append(record) }
          start = cut
        }
        try decoder.finish()
        return .decoded(items: records.count, digest: records.hashValue)
      } catch is WireError {
        return .refused
      } catch {
        return .escaped("\(error)")
      }
    }
  }

  package func decodeUndamaged() -> Outcome { run(Data(body), []) }

  /// Decodes every beginning of the body: none may crash, or decode more than the whole has.
  ///
  /// - Returns: how many there are, and what went wrong; nil when nothing did.
  package func checkBeginnings() -> (count: Int, problem: String?) {
    let whole = decodeUndamaged()
    let data = Data(body)
    for length in 0..<body.count {
      let outcome = run(data.prefix(length), [])
      // Past the last item only bytes without a meaning may be missing.
      guard outcome == .refused || outcome == whole else {
        return (length, "\(name): the first \(length) bytes are \(outcome)")
      }
    }
    return (body.count, nil)
  }

  /// Damages the body, and decodes it whole and in pieces: both must come to the same.
  ///
  /// - Returns: what went wrong; nil when nothing did.
  package func check(_ random: inout SplitMix64) -> String? {
    let damaged = Data(Mutation.apply(to: body, &random))
    var cuts: [Int] = []
    for _ in 0..<random.below(6) { cuts.append(random.below(damaged.count + 1)) }
    cuts.sort()
    let whole = run(damaged, [])
    let pieces = run(damaged, cuts)
    if case .escaped(let what) = whole { return "\(name): \(what)" }
    guard whole == pieces else {
      return "\(name): whole \(whole), cut at \(cuts) \(pieces), bytes \(Array(damaged))"
    }
    return nil
  }

  /// Status decoding has no pieces; any outcome but a crash is fine.
  package static func checkStatus(_ body: [UInt8], _ random: inout SplitMix64) {
    let damaged = Data(Mutation.apply(to: body, &random))
    for contentType in ["application/json", "application/vnd.kubernetes.protobuf"] {
      do {
        _ = try StatusRecord.decode(damaged, contentType: contentType)
      } catch {
        continue
      }
    }
  }
}
