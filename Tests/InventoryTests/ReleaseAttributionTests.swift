import ImageReferences
import Inventory
import Testing

/// Helm releases beside what lives in the cluster.
@Suite struct ReleaseAttributionTests {
  private func deployment(_ name: String, image: String, argo: Bool = false) -> WorkloadRecord {
    var record = WorkloadRecord(kind: .deployment)
    record.metadata.name = name
    record.metadata.namespace = "shop"
    record.metadata.uid = "uid-\(name)"
    record.desired = 1
    if argo { record.metadata.labels = ["argocd.argoproj.io/instance": "shop"] }
    var container = ContainerRecord()
    container.name = "app"
    container.image = image
    record.template.containers = [container]
    return record
  }

  private func object(
    _ name: String, image: String, container: String = "app", hook: [String]? = nil,
    kind: String = "Deployment", confidence: UseConfidence = .known, setBy: String? = nil
  ) -> ReleaseObject {
    var object = ReleaseObject(kind: kind, namespace: "shop", name: name)
    object.hookEvents = hook
    object.images = [
      .init(
        use: ExtractedImage(
          path: "spec.template.spec.containers[0].image", container: container, role: .container,
          image: image, confidence: confidence), setBy: setBy)
    ]
    return object
  }

  private func release(
    _ revision: Int, _ status: String, _ objects: [ReleaseObject], name: String = "web"
  ) -> ReleaseRecord {
    var record = ReleaseRecord(namespace: "shop", name: name, revision: revision)
    record.uid = "uid-\(name)-\(revision)"
    record.status = status
    record.chart = "\(name)-1.0.\(revision)"
    record.objects = objects
    return record
  }

  private func inventory(
    _ workloads: [WorkloadRecord], _ releases: [ReleaseRecord]
  ) -> ClusterInventory {
    var builder = InventoryBuilder()
    for workload in workloads { builder.add(workload) }
    for release in releases { builder.add(release) }
    return builder.finish()
  }

  /// `KIND/NAME activity image | notes` of every use.
  private func lines(_ inventory: ClusterInventory) -> [String] {
    inventory.uses.map {
      "\($0.workload.kind)/\($0.workload.name) \($0.activity.word) \($0.image.text)"
        + ($0.notes.isEmpty ? "" : " | \($0.notes.joined(separator: "; "))")
    }
  }

  @Test func aLiveUseStaysOneAndLearnsItsRelease() {
    let result = inventory(
      [deployment("web", image: "a:1"), deployment("other", image: "b:1")],
      [release(2, "deployed", [object("web", image: "a:1", setBy: "set by Helm value image")])])
    #expect(
      lines(result) == [
        "Deployment/other active b:1", "Deployment/web active a:1 | set by Helm value image",
      ])
    #expect(
      result.workloads.map(\.managedBy) == [nil, "Helm release \"shop/web\" chart web-1.0.2"])
  }

  @Test func theNearerMarkStaysAndGainsTheChart() {
    let result = inventory(
      [deployment("web", image: "a:1", argo: true)],
      [release(2, "deployed", [object("web", image: "a:1")])])
    #expect(result.workloads.map(\.managedBy) == ["Argo CD Application \"shop\" chart web-1.0.2"])
  }

  @Test func anObjectOfAnotherReleaseIsNotTakenOver() {
    var live = deployment("web", image: "a:1")
    live.metadata.annotations = [
      AnnotationKeys.helmReleaseName: "web", AnnotationKeys.helmReleaseNamespace: "shop",
    ]
    let claim = [object("web", image: "a:1", setBy: "set by Helm value x")]
    let thief = inventory([live], [release(1, "deployed", claim, name: "thief")])
    #expect(thief.workloads.first?.managedBy == "Helm release \"shop/web\"")
    #expect(lines(thief) == ["Deployment/web active a:1"])
    let owner = inventory([live], [release(1, "deployed", claim)])
    #expect(owner.workloads.first?.managedBy == "Helm release \"shop/web\" chart web-1.0.1")
    #expect(lines(owner) == ["Deployment/web active a:1 | set by Helm value x"])
  }

  @Test func whatTheClusterLacksSleepsInTheRelease() {
    let result = inventory(
      [deployment("web", image: "a:2")],
      [
        release(
          1, "deployed",
          [
            object("web", image: "a:1"), object("gone", image: "b:1"),
            object("job", image: "c:1", hook: ["pre-upgrade", "test"], kind: "Job"),
            object("job2", image: "d:1", hook: [], kind: "Job"),
          ])
      ])
    #expect(
      lines(result) == [
        "Deployment/web active a:2",
        "Release/web inert c:1 | a Helm hook: runs on pre-upgrade, test",
        "Release/web inert d:1 | a Helm hook",
        "Release/web inert b:1 | Deployment/gone is not in the cluster, or was not read",
        "Release/web inert a:1 | the live Deployment/web has another image",
      ])
    let paths = result.uses.filter { $0.workload.kind == "Release" }.map(\.path)
    #expect(paths.first == "hook: Job/job spec.template.spec.containers[0].image")
    #expect(paths.last == "manifest: Deployment/web spec.template.spec.containers[0].image")
    let own = result.workloads.last
    #expect(own?.identity.apiVersion == "helm.sh/v1" && own?.identity.kind == "Release")
    #expect(own?.activity == .inert)
    #expect(own?.managedBy == "Helm release \"shop/web\" chart web-1.0.1")
    #expect(result.namespaces == ["shop"])
  }

  @Test func olderRevisionsAreHistoryAndRepeatNothing() {
    let result = inventory(
      [deployment("web", image: "a:3")],
      [
        release(1, "superseded", [object("web", image: "a:1"), object("web", image: "a:3")]),
        release(3, "deployed", [object("web", image: "a:3"), object("x", image: "x:1")]),
        release(2, "superseded", [object("web", image: "a:1"), object("x", image: "x:1")]),
        release(4, "failed", [object("web", image: "a:4")]),
      ])
    #expect(
      lines(result) == [
        "Deployment/web active a:3",
        "Release/web history a:1 | in revision 2 (superseded)",
        "Release/web history a:4 | in revision 4 (failed)",
        "Release/web inert x:1 | Deployment/x is not in the cluster, or was not read",
      ])
  }

  @Test func aReleaseThatWasUninstalledIsHistory() {
    let result = inventory([], [release(4, "uninstalled", [object("web", image: "a:1")])])
    #expect(result.workloads.map(\.activity) == [.history])
    #expect(result.uses.map(\.activity) == [.history])
  }

  @Test func aHooksJobThatEndedRunsAgain() {
    var job = WorkloadRecord(kind: .job)
    job.metadata.name = "migrate"
    job.metadata.namespace = "shop"
    job.metadata.uid = "uid-job"
    job.isFinished = true
    job.template = deployment("x", image: "a:1").template
    let hook = object("migrate", image: "a:1", hook: ["pre-upgrade"], kind: "Job")
    #expect(
      lines(inventory([job], [release(1, "deployed", [hook])])) == [
        "Job/migrate completed a:1",
        "Release/web inert a:1 | a Helm hook: runs on pre-upgrade",
      ])
  }

  @Test func containersOfOtherNamesAreOtherUsesWhereTheKindIsKnown() {
    let live = deployment("web", image: "a:1")
    let known = object("web", image: "a:1", container: "side")
    let shape = object("web", image: "a:1", container: "side", confidence: .shape)
    #expect(lines(inventory([live], [release(1, "deployed", [known])])).count == 2)
    #expect(lines(inventory([live], [release(1, "deployed", [shape])])).count == 1)
  }

  @Test func theOrderOfArrivalNeverShows() {
    let live = deployment("web", image: "a:1")
    let releases = [
      release(1, "deployed", [object("web", image: "a:1")], name: "b"),
      release(1, "deployed", [object("web", image: "a:1"), object("y", image: "y:1")], name: "a"),
      release(2, "deployed", [object("web", image: "a:1")], name: "a"),
    ]
    let one = inventory([live], releases)
    let other = inventory([live], releases.reversed())
    #expect(one.workloads == other.workloads && one.uses == other.uses)
    #expect(
      one.workloads.first?.managedBy == "Helm release \"shop/a\" chart a-1.0.2")
  }

  @Test func anOldTemplateInAControllerRevisionIsHistoryOfItsOwner() {
    var set = deployment("db", image: "db:2")
    set.kind = .statefulSet
    func revision(_ name: String, image: String) -> ExtractedObject {
      var object = ExtractedObject(
        apiVersion: "apps/v1", kind: "ControllerRevision", activity: .history)
      object.metadata.name = name
      object.metadata.namespace = "shop"
      object.metadata.uid = "uid-\(name)"
      object.metadata.owner = OwnerReference(
        apiVersion: "apps/v1", kind: "StatefulSet", name: "db", uid: "uid-db")
      object.images = [
        ExtractedImage(
          path: "data.spec.template.spec.containers[0].image", container: "app", role: .container,
          image: image, confidence: .known)
      ]
      return object
    }
    var builder = InventoryBuilder()
    builder.add(set)
    builder.add(revision("db-1", image: "db:1"))
    builder.add(revision("db-2", image: "db:2"))
    builder.add(revision("db-0", image: "db:1"))
    let result = builder.finish()
    #expect(
      lines(result) == ["StatefulSet/db history db:1", "StatefulSet/db active db:2"])
    #expect(result.uses.map(\.origin) == [.dependent("ControllerRevision/db-0"), .template])
    #expect(result.workloads.map(\.activity) == [.active(desired: 1)])
  }
}
