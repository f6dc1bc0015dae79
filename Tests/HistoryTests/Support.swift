import Glibc
import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import TemporaryFolder
import Testing

extension TemporaryFolder {
  /// A folder that is there until `body` ends.
  static func use(_ body: (TemporaryFolder) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try body(folder)
  }

  func mode(_ name: String) throws -> Int {
    var status = stat()
    try #require(stat(path(name), &status) == 0)
    return Int(status.st_mode & 0o777)
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
