import Foundation
import WireFuzzing

/// `WireFuzz [CASES] [SEED]`: damages recorded answers and decodes them, from a seed.
///
/// Exits 1 with the case's seed when the decoders contradict themselves; a crash speaks for itself.
/// Run it under `timeout -s KILL` with `SWIFT_BACKTRACE=enable=no`. Must start in the package's folder.
@main
enum WireFuzz {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let cases = arguments.first ?? 1_000_000
    let seed = arguments.dropFirst().first ?? 1
    let recordings = URL(filePath: "Tests/Fixtures/recordings", directoryHint: .isDirectory)
    let targets = try FuzzCorpus.targets(recordings: recordings)
    let statuses = try ["error-410-expired-continue", "error-410-expired-continue-protobuf"].map {
      Array(try Data(contentsOf: recordings.appending(path: "\($0).body")))
    }
    for number in 0..<cases {
      // Each case has a seed of its own: `WireFuzz 1 SEED` runs it alone.
      var random = SplitMix64(seed: seed &+ number)
      let target = targets[random.below(targets.count)]
      if let problem = target.check(&random) {
        FileHandle.standardError.write(Data("seed \(seed &+ number): \(problem)\n".utf8))
        exit(1)
      }
      FuzzTarget.checkStatus(statuses[random.below(statuses.count)], &random)
    }
    FileHandle.standardOutput.write(Data("\(cases) cases from seed \(seed): no problem\n".utf8))
  }
}
