import Inventory
import Testing

@testable import CommandLineTool

@Suite struct ExplainTests {
  private static let web = WorkloadIdentity(
    apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web")

  @Test(arguments: [
    ("shop/deploy/web", true), ("Deployment/web", true), ("shop/deployments.apps/web", true),
    ("store/deploy/web", false), ("shop/sts/web", false), ("shop/deploy/Web", false),
  ])
  func matches(text: String, isMatch: Bool) throws {
    #expect(try WorkloadQuery(text).matches(Self.web) == isMatch)
  }

  @Test(arguments: ["web", "", "/", "a/b/c/d", "shop//web", "shop/deploy/", "/deploy/web"])
  func malformed(text: String) {
    #expect(throws: ExplainError.malformed(text)) { try WorkloadQuery(text) }
    #expect(facts(of: ExplainError.malformed(text)).hasUsageError)
  }

  struct Place: Sendable {
    let text: String
    var flag: [String] = []
    var isEverywhere = false
    let namespaces: [String]
  }

  @Test(arguments: [
    Place(text: "a/deploy/x", namespaces: ["a"]),
    Place(text: "a/deploy/x", flag: ["a"], namespaces: ["a"]),
    Place(text: "a/deploy/x", flag: ["b"], isEverywhere: true, namespaces: ["a"]),
    Place(text: "deploy/x", namespaces: ["home"]),
    Place(text: "deploy/x", flag: ["a", "b"], namespaces: ["a", "b"]),
    Place(text: "deploy/x", flag: ["a"], isEverywhere: true, namespaces: []),
    // It may be cluster-scoped.
    Place(text: "tektonconfig/x", namespaces: []),
  ])
  func looksWhereItIsTold(_ place: Place) throws {
    #expect(
      try WorkloadQuery(place.text).namespaces(
        flag: place.flag, isEverywhere: place.isEverywhere, context: "home") == place.namespaces)
  }

  @Test func twoNamespacesContradict() throws {
    let query = try WorkloadQuery("a/deploy/x")
    #expect(throws: ExplainError.twoNamespaces("a", "b")) {
      try query.namespaces(flag: ["b"], isEverywhere: false, context: "home")
    }
  }

  @Test func nearNamesComeNearestFirst() throws {
    func workload(_ kind: String, _ name: String) -> WorkloadIdentity {
      WorkloadIdentity(apiVersion: "apps/v1", kind: kind, namespace: "shop", name: name)
    }
    let all = [
      workload("Deployment", "frontend"), workload("StatefulSet", "web"),
      workload("Deployment", "wed"), workload("Deployment", "web-api"),
      workload("Deployment", "unlike"),
    ]
    #expect(
      NearWorkloads.names(try WorkloadQuery("shop/deploy/web"), among: all)
        == ["shop/StatefulSet/web", "shop/Deployment/web-api", "shop/Deployment/wed"])
    // A Pod's name begins with its owner's.
    #expect(
      NearWorkloads.names(try WorkloadQuery("shop/po/frontend-6d4f-x2x"), among: all)
        == ["shop/Deployment/frontend"])
  }

  private func words(
    _ text: String, _ coverage: [CoverageEntry]?, near: [String] = []
  ) throws -> String {
    describe(
      ExplainError.notFound(
        .init(
          query: try WorkloadQuery(text), namespaces: ["shop"], near: near, coverage: coverage))
        as any Error)
  }

  @Test func tellsWhyNothingWasFound() throws {
    #expect(
      try words(
        "shop/deploy/wbe", [.init(resource: "deployments.apps", namespace: "shop", state: .read)],
        near: ["shop/Deployment/web"])
        == "there is no \"deploy/wbe\" in namespace \"shop\" that names an image; the kind was read;"
        + " near it: shop/Deployment/web")
    #expect(
      try words("shop/cj/x", [.init(resource: "cronjobs.batch", state: .forbidden)])
        == "\"cj/x\" was not found in namespace \"shop\", where cronjobs.batch could not be read"
        + " (forbidden): it may be there")
    #expect(
      try words("shop/cj/x", [.init(resource: "cronjobs.batch", state: .notServed)])
        == "there is no \"cj/x\" in namespace \"shop\"; the server does not have the kind")
    #expect(
      try words("deploy/x", [.init(resource: "deployments.apps", namespace: "shop", state: .read)])
        == "there is no \"deploy/x\" in namespace \"shop\" that names an image; the kind was read;"
        + " -A looks in every namespace")
    #expect(
      try words("shop/thing/x", nil)
        == "there is no \"thing/x\" in namespace \"shop\"; \"thing\" is none of the kinds that were"
        + " read for images, such as Pod, Deployment, ReplicaSet, StatefulSet, DaemonSet, Job,"
        + " CronJob, ReplicationController or PodTemplate")
  }
}
