import Inventory
import Manifests
import Testing
import YAMLDocuments

@Suite struct ManifestReaderTests {
  private func read(_ text: String) -> (objects: [ManifestObject], unreadable: [UnreadableDocument])
  {
    ManifestReader.read(Array(text.utf8))
  }

  /// `KIND/NAME path container image` of everything found.
  private func places(_ text: String) -> [String] {
    read(text).objects.flatMap { object in
      object.podSpecs.flatMap { found in
        found.spec.containers.map {
          "\(object.kind)/\(object.name) \(found.path).\($0.pathInPodSpec) \($0.role.rawValue)"
            + " \($0.name) \($0.image)"
        }
      }
    }
  }

  @Test(arguments: [
    ("v1", "Pod", "spec"), ("v1", "PodTemplate", "template.spec"),
    ("apps/v1", "Deployment", "spec.template.spec"),
    ("extensions/v1beta1", "DaemonSet", "spec.template.spec"),
    ("batch/v1beta1", "CronJob", "spec.jobTemplate.spec.template.spec"),
  ])
  func aBuiltInKindHasOnePlace(apiVersion: String, kind: String, path: String) {
    var body = "containers: [{name: a, image: k8s.gcr.io/a:1}]"
    for step in path.split(separator: ".").reversed() { body = "\(step): {\(body)}" }
    let text = "{apiVersion: \(apiVersion), kind: \(kind), metadata: {name: x}, \(body)}"
    #expect(places(text) == ["\(kind)/x \(path).containers[0].image container a k8s.gcr.io/a:1"])
    #expect(read(text).objects.first?.podSpecs.first?.confidence == .known)
  }

  @Test func everyListOfAPodSpecIsRead() {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: n}
      spec:
        nodeSelector: {disk: ssd}
        tolerations: [{key: k, operator: Exists, effect: NoSchedule}]
        affinity:
          nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}
        containers:
        - name: app
          image: a:1
          imagePullPolicy: Always
          env: [{name: SIDE_IMAGE, value: e:1}, {name: PLAIN, value: "no"}]
          args: [--verbose, --image=r/f:1]
        initContainers:
        - {name: once, image: i:1}
        - {name: side, image: s:1, restartPolicy: Always}
        ephemeralContainers: [{name: dbg, image: d:1}]
        volumes:
        - {name: data, rbd: {image: not-an-image}}
        - {name: model, image: {reference: "v:1", pullPolicy: Never}}
      """
    #expect(
      places(text) == [
        "Pod/p spec.containers[0].image container app a:1",
        "Pod/p spec.initContainers[0].image init once i:1",
        "Pod/p spec.initContainers[1].image sidecar side s:1",
        "Pod/p spec.ephemeralContainers[0].image ephemeral dbg d:1",
        "Pod/p spec.volumes[1].image.reference image-volume model v:1",
      ])
    let object = read(text).objects.first
    #expect(object?.namespace == "n")
    let spec = object?.podSpecs.first?.spec
    #expect(spec?.nodeSelector == ["disk": "ssd"])
    #expect(spec?.tolerations.map(\.key) == ["k"])
    #expect(spec?.hasRequiredNodeAffinity == true)
    let app = spec?.containers.first
    #expect(app?.pullPolicy == .always)
    #expect(app?.environment == [EnvironmentRecord(index: 0, name: "SIDE_IMAGE", value: "e:1")])
    #expect(
      app?.arguments == [ArgumentRecord(list: .args, index: 1, value: "--image=r/f:1")])
    #expect(spec?.containers.last?.pullPolicy == .never)
  }

  @Test func otherKindsAreSearchedByShape() {
    let text = """
      {apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: w},
       status: {containers: [{name: s, image: never:1}]},
       spec: {steps: [{pod: {containers: [{name: a, image: "a:1"}, {name: b}]}},
                      {containers: [text]}, {containers: [{name: c}]},
                      {containers: [{image: nameless:1}]}]}}
      """
    #expect(
      places(text) == [
        "Workflow/w spec.steps[0].pod.containers[0].image container a a:1",
        "Workflow/w spec.steps[0].pod.containers[1].image container b ",
      ])
    #expect(read(text).objects.first?.podSpecs.first?.confidence == .shape)
    // Another group's StatefulSet is another kind.
    let kruise =
      "{apiVersion: apps.kruise.io/v1beta1, kind: StatefulSet, metadata: {name: k},"
      + " spec: {template: {spec: {containers: [{name: a, image: 'a:1'}]}}}}"
    #expect(read(kruise).objects.first?.podSpecs.first?.confidence == .shape)
  }

  @Test(arguments: ["ConfigMap", "Secret", "CustomResourceDefinition"])
  func kindsWithoutContainersAreNotSearched(kind: String) {
    #expect(
      places("{kind: \(kind), metadata: {name: x}, spec: {containers: [{name: a, image: b}]}}")
        .isEmpty)
  }

  @Test func listsAreOpened() {
    let pod =
      "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a, image: b}]}}"
    #expect(
      places("{apiVersion: v1, kind: List, items: [\(pod), null, text, {items: [\(pod)]}]}")
        == ["Pod/p spec.containers[0].image container a b"])
  }

  @Test func oneBrokenDocumentLeavesTheOthers() {
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n"
    let (objects, unreadable) = read(
      "# a comment alone\n---\n\(pod)---\nbroken: [\n--- # third\n- a list\n---\n...\n---\n\(pod)")
    #expect(objects.map(\.name) == ["p", "p"])
    #expect(
      unreadable == [
        UnreadableDocument(number: 3, line: 9), UnreadableDocument(number: 4, line: 10),
      ])
  }

  @Test(arguments: [
    ("", 0), ("a: 1", 1), ("---\na: 1\n---\nb: 2\n", 2), ("a: |\n  ---\n  x\n", 1),
    ("a: 1\r\n---\r\nb: 2", 2), ("---", 1), ("a: ---x\n---x: 1", 1), ("---\n---\n---", 3),
    ("%YAML 1.1\n---\na: 1\n", 1), ("# x\n\n%TAG ! !a\r\n---\n- a\n---\n- b", 2),
    ("a: 1\n...\n# x\n%YAML 1.2\n---\nb: 2\n", 2), ("a: 1\n...\n---\nb: 2\n", 2),
    ("a: 1\n%YAML 1.2\n---\nb: 2\n", 2), ("...", 1), ("%YAML 1.1\n...\n", 1),
  ])
  func markersSplit(text: String, count: Int) {
    let documents = ManifestSplitter.documents(of: Array(text.utf8))
    #expect(documents.count == count)
    #expect(documents.flatMap(\.bytes) == Array(text.utf8))
  }

  @Test func hostileTextsEnd() {
    let bomb = (0..<30).map { "a\($0): &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1), *a\($0 - 1)")]" }
    #expect(read(bomb.joined(separator: "\n")).unreadable.count == 1)
    #expect(read(String(repeating: "[", count: 5000)).unreadable.count == 1)
    #expect(ManifestReader.read([0x61, 0x3A, 0x20, 0xFF]).unreadable.count == 1)
    let wrong = "{apiVersion: v1, kind: Pod, metadata: [], spec: {containers: {a: b}, volumes: 3}}"
    #expect(read(wrong).objects.map(\.name) == [""])
    #expect(places(wrong).isEmpty)
  }
}
