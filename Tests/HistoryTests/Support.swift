import Foundation
import Glibc
import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import Testing

/// A folder that is there for one test.
struct Folder {
  let root: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "gcr-report-history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = url.path
  }

  static func use(_ body: (Folder) throws -> Void) throws {
    let folder = try Folder()
    defer { folder.remove() }
    try body(folder)
  }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  func mode(_ name: String) throws -> Int {
    var status = stat()
    try #require(stat(path(name), &status) == 0)
    return Int(status.st_mode & 0o777)
  }

  func remove() {
    do {
      try FileManager.default.removeItem(atPath: root)
    } catch {
      Issue.record(error)
    }
  }
}

extension Report {
  /// One workload for each risk, of team `web`, in one cluster.
  static func sample(
    risks: [Risk] = [.medium], at time: Int64 = 1_795_248_549, context: String = "prod-eu"
  ) -> Report {
    let findings = risks.enumerated().map { number, risk in
      let workload = WorkloadIdentity(
        apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web-\(number)")
      let activity = Activity.active(desired: 1)
      return Finding(
        kind: .registry,
        use: ImageUse(
          workload: workload, activity: activity,
          path: "spec.template.spec.containers[0].image", container: "app", role: .container,
          image: ImageText.parse("k8s.gcr.io/pause:3.1"), pullPolicy: .ifNotPresent),
        workload: Workload(identity: workload, uid: "", activity: activity, managedBy: nil),
        team: "web", rule: "k8s-gcr-io", fate: .frozen, certainty: .primary, exposure: .pulls,
        risk: risk)
    }
    let day = CalendarDate(secondsSince1970: time)
    return Report(
      toolVersion: "0.1.0", scannedAt: time, asOf: day,
      catalogue: CatalogueStamp(version: "1", date: day, sha256: "00"),
      clusters: [
        ClusterReport(
          contexts: [context], server: "https://10.0.0.1:6443", clusterUID: "uid-\(context)",
          findings: findings, workloadCount: findings.count, useCount: findings.count)
      ])
  }
}
