import Testing

@testable import Inventory

@Suite("Autoscalers") struct AutoscalerTests {
  private static func scaler(
    _ kind: String, _ name: String, of targetKind: String, _ targetName: String,
    namespace: String = "shop"
  ) -> AutoscalerRecord {
    var record = AutoscalerRecord()
    record.metadata = .make(name, namespace: namespace)
    (record.kind, record.targetKind, record.targetName) = (kind, targetKind, targetName)
    return record
  }

  private static let records = [
    scaler("HorizontalPodAutoscaler", "web", of: "Deployment", "web"),
    scaler("ScaledObject", "queue", of: "Deployment", "worker"),
    scaler("HorizontalPodAutoscaler", "keda-hpa-queue", of: "Deployment", "worker"),
    scaler("HorizontalPodAutoscaler", "roll", of: "Rollout", "roll"),
  ]

  @Test(
    "of a workload",
    arguments: [
      ("shop", "Deployment", "web", "HorizontalPodAutoscaler/web"),
      ("other", "Deployment", "web", nil),
      ("shop", "StatefulSet", "web", nil),
      ("shop", "Rollout", "roll", "HorizontalPodAutoscaler/roll"),
      // Of two the first by name, in whatever order they came.
      ("shop", "Deployment", "worker", "HorizontalPodAutoscaler/keda-hpa-queue"),
    ])
  func ofAWorkload(namespace: String, kind: String, name: String, expected: String?) {
    let identity = WorkloadIdentity(
      apiVersion: "apps/v1", kind: kind, namespace: namespace, name: name)
    #expect(AutoscalerIndex(Self.records).scaler(of: identity) == expected)
    #expect(AutoscalerIndex(Self.records.reversed()).scaler(of: identity) == expected)
    #expect(AutoscalerIndex().scaler(of: identity) == nil)
  }

  @Test func kueueIsToldByALabel() {
    let inventory = ClusterInventory.make([
      .make(.job, isSuspended: true, labels: ["kueue.x-k8s.io/queue-name": "batch"])
    ])
    #expect(inventory.workloads.map(\.kueueQueue) == ["batch"])
  }
}
