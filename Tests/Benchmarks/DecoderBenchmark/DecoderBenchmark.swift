import Foundation
import Inventory
import KubernetesAPI

/// `DecoderBenchmark [SECONDS]`: megabytes per second of each decoder alone, records built, on one core.
///
/// Must start in the package's folder. Build it with `-c release`; a debug build says nothing.
@main
enum DecoderBenchmark {
  static func main() throws {
    let seconds = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 1
    for encoding in [WireEncoding.protobuf, .json] {
      try measure("core-pods", .pods, encoding, seconds)
      try measure("apps-deployments", .workloads(.deployment), encoding, seconds)
      try measure("apps-replicasets", .workloads(.replicaSet), encoding, seconds)
      try measure("core-events", .events, encoding, seconds)
      try measure("core-pods", .metadataOnly, encoding, seconds)
    }
  }

  /// Feeds the recording in chunks of 256 KB, as the transport does, again and again; the best of the
  /// rounds counts, since other programs share the machine.
  private static func measure<Record: Sendable>(
    _ name: String, _ schema: WireSchema<Record>, _ encoding: WireEncoding, _ seconds: Double
  ) throws {
    let file = URL(filePath: "Tests/Fixtures/recordings/all-\(name)-\(encoding).body")
    let body = try Data(contentsOf: file)
    let chunks = stride(from: 0, to: body.count, by: 256 << 10).map {
      body.subdata(in: $0..<min($0 + 256 << 10, body.count))
    }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var best = Duration.seconds(3600)
    var items = 0
    repeat {
      items = 0
      let taken = try clock.measure {
        var decoder = ListDecoder(schema, encoding: encoding)
        for chunk in chunks { try decoder.feed(chunk) { _ in items += 1 } }
        try decoder.finish()
      }
      best = min(best, taken)
    } while clock.now < end
    let rate = Double(body.count) / (best / .seconds(1)) / 1e6
    let size = "\(items) items, \(body.count) bytes"
    let line = "\(Record.self) \(encoding) \(name): \(Int(rate)) MB/s, \(size)\n"
    FileHandle.standardOutput.write(Data(line.utf8))
  }
}
