import Foundation
import WireFuzzing

/// `WireFuzz [CASES] [SEED]`: cuts recorded answers off at every byte, then damages them from a seed,
/// and decodes what comes of it.
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
    var beginnings = 0
    for target in targets {
      let (count, problem) = target.checkBeginnings()
      if let problem { fail(problem) }
      beginnings += count
    }
    for number in 0..<cases {
      // Each case has a seed of its own: `WireFuzz 1 SEED` runs it alone.
      var random = SplitMix64(seed: seed &+ number)
      let target = targets[random.below(targets.count)]
      if let problem = target.check(&random) {
        fail("seed \(seed &+ number): \(problem)")
      }
      FuzzTarget.checkStatus(statuses[random.below(statuses.count)], &random)
    }
    let text = "\(beginnings) beginnings, \(cases) cases from seed \(seed): no problem\n"
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  private static func fail(_ problem: String) -> Never {
    FileHandle.standardError.write(Data("\(problem)\n".utf8))
    exit(1)
  }
}
