import Foundation
import Inventory
import KubernetesAPI

/// `DecoderBenchmark [SECONDS] [WORD]`: megabytes per second of each decoder alone, records built, on
/// one core; WORD chooses those whose line has it.
///
/// Must start in the package's folder. Build it with `-c release`; a debug build says nothing.
@main
enum DecoderBenchmark {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let benchmark = Benchmark(
      seconds: arguments.first.flatMap { Double($0) } ?? 1, word: arguments.dropFirst().first)
    for encoding in [WireEncoding.protobuf, .json] {
      try benchmark.measure("core-pods", .pods, encoding)
      try benchmark.measure("apps-deployments", .workloads(.deployment), encoding)
      try benchmark.measure("apps-replicasets", .workloads(.replicaSet), encoding)
      try benchmark.measure("apps-statefulsets", .workloads(.statefulSet), encoding)
      try benchmark.measure("apps-daemonsets", .workloads(.daemonSet), encoding)
      try benchmark.measure("batch-jobs", .workloads(.job), encoding)
      try benchmark.measure("batch-cronjobs", .workloads(.cronJob), encoding)
      try benchmark.measure("core-events", .events, encoding)
      try benchmark.measure("core-pods", .metadataOnly, encoding)
    }
  }
}

private struct Benchmark {
  let seconds: Double
  let word: String?

  /// Feeds the recording in chunks of 256 KB, as the transport does, again and again; the best of the
  /// rounds counts, since other programs share the machine.
  func measure<Record: Sendable>(
    _ name: String, _ schema: WireSchema<Record>, _ encoding: WireEncoding
  ) throws {
    let title = "\(Record.self) \(encoding) \(name)"
    if let word, !title.contains(word) { return }
    let file = URL(filePath: "Tests/Fixtures/recordings/all-\(name)-\(encoding).body")
    let recorded = Array(try Data(contentsOf: file))
    let body = Data(
      encoding == .json ? LongList.json(recorded) : LongList.protobuf(recorded))
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
    let line = "\(title): \(Int(rate)) MB/s, \(size)\n"
    FileHandle.standardOutput.write(Data(line.utf8))
  }
}
