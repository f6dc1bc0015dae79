import Testing

@testable import Inventory

struct ActivityCase: Sendable, CustomTestStringConvertible {
  let name: String
  let record: WorkloadRecord
  let expected: Activity

  init(_ name: String, _ record: WorkloadRecord, _ expected: Activity) {
    self.name = name
    self.record = record
    self.expected = expected
  }

  var testDescription: String { name }
}

@Suite("Activity") struct ActivityTests {
  static let replicated: [WorkloadKind] = [
    .deployment, .replicaSet, .statefulSet, .replicationController,
  ]

  static let cases: [ActivityCase] =
    replicated.flatMap { kind in
      [
        ActivityCase("\(kind): absent replicas are 1", .make(kind), .active(desired: 1)),
        ActivityCase("\(kind): three", .make(kind, desired: 3), .active(desired: 3)),
        ActivityCase("\(kind): zero", .make(kind, desired: 0), .scaledToZero),
        ActivityCase("\(kind): below zero", .make(kind, desired: -1), .scaledToZero),
        ActivityCase(
          "\(kind): zero, and Pods still run", .make(kind, desired: 0, observed: 2),
          .active(desired: 0)),
      ]
    } + [
      ActivityCase(
        "a DaemonSet with no matching node", .make(.daemonSet, desired: 0), .active(desired: 0)),
      ActivityCase("a DaemonSet without status", .make(.daemonSet), .active(desired: 0)),
      ActivityCase("a DaemonSet", .make(.daemonSet, desired: 9), .active(desired: 9)),
      ActivityCase("a Job", .make(.job), .active(desired: 1)),
      ActivityCase("a finished Job", .make(.job, isFinished: true), .completed),
      ActivityCase(
        "a finished Job that is suspended", .make(.job, isSuspended: true, isFinished: true),
        .completed),
      ActivityCase("a suspended Job", .make(.job, isSuspended: true), .suspended),
      ActivityCase(
        "a suspended Job whose Pods still run", .make(.job, observed: 1, isSuspended: true),
        .active(desired: 1)),
      ActivityCase("a Job with parallelism 0", .make(.job, desired: 0), .scaledToZero),
      ActivityCase("a CronJob", .make(.cronJob), .active(desired: nil)),
      ActivityCase("a suspended CronJob", .make(.cronJob, isSuspended: true), .suspended),
      ActivityCase(
        "a suspended CronJob with an active Job",
        .make(.cronJob, observed: 1, isSuspended: true), .active(desired: nil)),
      // A CronJob never completes, whatever its record says.
      ActivityCase(
        "no CronJob completes", .make(.cronJob, isFinished: true), .active(desired: nil)),
      ActivityCase("a PodTemplate", .make(.podTemplate), .inert),
    ]

  @Test("of each kind", arguments: cases)
  func ofEachKind(_ example: ActivityCase) {
    #expect(example.record.activity == example.expected)
    #expect(ClusterInventory.make([example.record]).uses.map(\.activity) == [example.expected])
  }

  @Test(
    "ended Pods",
    arguments: [
      ("Succeeded", ""), ("Failed", "Evicted"), ("Failed", ""),
    ])
  func endedPods(phase: String, reason: String) {
    let inventory = ClusterInventory.make(
      pods: [.make("p", phase: phase, reason: reason, statuses: [.waiting("ErrImagePull")])])
    #expect(inventory.uses.map(\.activity) == [.completed])
    #expect(inventory.uses.map(\.podCount) == [0])
    #expect(inventory.uses.map(\.failures) == [[]])
    #expect(inventory.workloads.map(\.activity) == [.completed])
  }

  @Test("Pods that have not ended", arguments: ["Pending", "Running", "Unknown", "", "Odd"])
  func livePods(phase: String) {
    #expect(
      ClusterInventory.make(pods: [.make(phase: phase)]).summary.first?.hasSuffix("x1") == true)
  }

  @Test func paths() {
    let paths = WorkloadKind.allCases.flatMap {
      ClusterInventory.make([.make($0)]).uses.map(\.path)
    }
    #expect(
      paths == [
        "spec.template.spec.containers[0].image", "spec.template.spec.containers[0].image",
        "spec.template.spec.containers[0].image", "spec.template.spec.containers[0].image",
        "spec.template.spec.containers[0].image",
        "spec.jobTemplate.spec.template.spec.containers[0].image",
        "spec.template.spec.containers[0].image", "template.spec.containers[0].image",
      ])
  }
}
