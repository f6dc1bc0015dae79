import Foundation
import Testing
import WireFuzzing

@testable import KubernetesAPI

/// Damaged answers: never a crash, never another error than `WireError`, and the same outcome however
/// the bytes are cut. `WireFuzz` runs the same for longer.
@Suite struct DamagedAnswerTests {
  @Test(arguments: 0..<4)
  func seededDamage(part: Int) throws {
    let targets = try FuzzCorpus.targets(recordings: Recording.folder)
    for number in 0..<5000 {
      let seed = UInt64(part * 5000 + number)
      var random = SplitMix64(seed: seed)
      let target = targets[random.below(targets.count)]
      let problem = target.check(&random)
      #expect(problem == nil, "seed \(seed)")
    }
  }

  @Test func undamagedBodiesOfTheCorpusDecode() throws {
    for target in try FuzzCorpus.targets(recordings: Recording.folder) {
      guard case .decoded(items: 2, digest: _) = target.decodeUndamaged() else {
        Issue.record("\(target.name): \(target.decodeUndamaged())")
        continue
      }
    }
  }
}
