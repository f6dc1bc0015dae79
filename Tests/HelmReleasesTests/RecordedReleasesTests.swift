import Foundation
import HelmReleases
import Inventory
import KubernetesAPI
import Testing

/// The releases of a recorded cluster, against what was written there.
@Suite struct RecordedReleasesTests {
  private struct Expected: Decodable {
    struct Other: Decodable {
      var kind: String
      var namespace: String
      var name: String
      var `where`: String
      var image: String
      var chart: String?
      var revision: Int?
      var status: String?
    }
    var other: [Other]
  }

  private static let recordings = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/recordings")

  private func list(
    _ name: String, _ driver: HelmDriver, _ encoding: WireEncoding
  ) throws -> [DataEntryRecord] {
    let body = try Data(
      contentsOf: Self.recordings.appendingPathComponent("all-core-\(name)-\(encoding).body"))
    var found: [DataEntryRecord] = []
    var decoder = ListDecoder(driver.schema, encoding: encoding)
    try decoder.feed(body) { stored in
      // What the selectors do on a server.
      if stored.metadata.labels["owner"] == "helm" { found.append(stored) }
    }
    try decoder.finish()
    return found
  }

  @Test(arguments: WireEncoding.allCases)
  func everyImageOfEveryRevisionIsFound(encoding: WireEncoding) throws {
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: Self.recordings.appendingPathComponent("expected-images.json")))
    let written = expected.other.filter { $0.kind == "HelmRelease" }.map {
      "\($0.namespace)/\($0.name) v\($0.revision ?? 0) \($0.status ?? "") \($0.chart ?? "")"
        + " \($0.where) \($0.image)"
    }
    #expect(written.count == 18)
    var found: [String] = []
    var broken: [String: HelmReleaseError] = [:]
    for stored in try list("secrets", .secret, encoding) {
      do throws(HelmReleaseError) {
        let (record, problem) = try HelmReleaseReader.read(stored)
        #expect(problem == nil)
        for object in record.objects {
          for image in object.images {
            let place = object.hookEvents == nil ? "manifest" : "hook"
            found.append(
              "\(record.namespace)/\(record.name) v\(record.revision) \(record.status)"
                + " \(record.chart) \(place) \(object.kind) \(image.use.container)"
                + " \(image.use.image)")
          }
        }
      } catch {
        broken["\(stored.metadata.namespace)/\(stored.metadata.name)"] = error
      }
    }
    #expect(found.sorted() == written.sorted())
    #expect(
      broken == [
        "sandbox-alice/sh.helm.release.v1.broken.v1": .unknownFormat,
        "sandbox-bob/sh.helm.release.v1.empty.v1": .noData,
      ])
    #expect(try list("configmaps", .configMap, encoding).isEmpty)
  }
}
