import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// Objects of custom kinds: the wanted fields and nothing else.
@Suite struct CustomObjectTests {
  private static func schema(
    _ group: String, _ kind: String, _ fields: [ImageField]? = nil
  ) -> CustomObjectSchema {
    let known = KnownKind.find(group: group, kind: kind)
    return CustomObjectSchema(
      apiVersion: "\(group)/v1", kind: kind, fields: fields ?? known?.fields ?? [],
      lifecycle: known?.lifecycle ?? .unknown, recognizesText: recognize)
  }

  private static let recognize: CataloguedTextRecognizer = { text in
    if ["gcr.io/istio-release", "k8s.gcr.io"].contains(text) {
      return .prefix(representative: "\(text)/pause")
    }
    return ["k8s.gcr.io/", "gcr.io/", "minio/"].contains { text.hasPrefix($0) } ? .image : nil
  }

  private static func object(
    _ schema: CustomObjectSchema, _ object: String
  ) throws -> ExtractedObject {
    let list = #"{"apiVersion":"x/v1","kind":"XList","items":[\#(object)]}"#
    return try #require(try Decoded(.customObjects(schema), json: list).records.first)
  }

  private static func lines(_ object: ExtractedObject) -> [String] {
    object.images.map { "\($0.path)=\($0.image)" }
  }

  private static let freeForm = [
    ImageField(path: FieldPath("spec"), meaning: .freeForm, confidence: .shape)
  ]

  /// A field whose name does not tell holds an image when the catalogue knows its registry.
  @Test func unsureFieldsAreJudgedByTheirText() throws {
    let fields = ["ref", "uri", "set{}", "proxy", "git"].map { name in
      ImageField(
        path: name.hasSuffix("{}")
          ? FieldPath(steps: [.key("spec"), .key("set"), .values]) : FieldPath("spec.\(name)"),
        meaning: .cataloguedImage, confidence: .schema)
    }
    let object = try Self.object(
      Self.schema("g.io", "K", fields),
      #"""
      {"spec":{"ref":"my-image","uri":"oci://k8s.gcr.io/a:1","set":{"b":"k8s.gcr.io/b:1",
      "policy":"Always","c":"quay.io/c:1"},"proxy":{"repository":"k8s.gcr.io/p","tag":"2"},
      "git":{"repository":"https://github.com/org/k8s.gcr.io","tag":"v1"}}}
      """#)
    #expect(
      Self.lines(object) == [
        "spec.proxy.repository=k8s.gcr.io/p:2", "spec.set.b=k8s.gcr.io/b:1",
        "spec.uri=k8s.gcr.io/a:1",
      ])
    #expect(object.images.allSatisfy { $0.confidence == .schema })
  }

  /// A field named `field` with the fields beside it: the image, `?` where its tag is not known.
  @Test(arguments: [
    ("imageRepository", #""imageTag":"1","version":"2""#, "k8s.gcr.io/a:1"),
    ("imageRepository", #""tag":"1""#, "k8s.gcr.io/a:1"),
    ("imageRepository", #""imageVersion":"v1","tag":"""#, "k8s.gcr.io/a:v1"),
    ("imageRepository", #""imageDigest":"\#(digest)""#, "k8s.gcr.io/a@\(digest)"),
    ("image", #""tag":"1","digest":"\#(digest)""#, "k8s.gcr.io/a:1@\(digest)"),
    ("image", #""image_tag":"1""#, "k8s.gcr.io/a:1"),
    ("initImageRepository", #""initImageTag":"1","tag":"2""#, "k8s.gcr.io/a:1"),
    ("sidecarImage", #""sidecarImageTag":"1""#, "k8s.gcr.io/a:1"),
    // The tag may be another image's, the version the application's, the text no tag at all.
    ("sidecarImage", #""tag":"2""#, "k8s.gcr.io/a ?"),
    ("initImageRepository", #""imageTag":"2""#, "k8s.gcr.io/a ?"),
    ("image", #""version":"2""#, "k8s.gcr.io/a ?"),
    ("imageRepository", #""version":"2""#, "k8s.gcr.io/a ?"),
    ("imageRepository", #""imageTag":"not a tag""#, "k8s.gcr.io/a ?"),
    // YAML's numbers, as the object has them; what is no tag says nothing.
    ("imageRepository", #""imageTag":7"#, "k8s.gcr.io/a:7"),
    ("image", #""tag":1.21"#, "k8s.gcr.io/a:1.21"),
    ("image", #""tag":20261121"#, "k8s.gcr.io/a:20261121"),
    ("image", #""tag":-1"#, "k8s.gcr.io/a ?"),
    ("image", #""tag":1e+21"#, "k8s.gcr.io/a ?"),
    ("image", #""version":3"#, "k8s.gcr.io/a ?"),
    ("image", #""tag":true"#, "k8s.gcr.io/a"),
    ("image", #""digest":7"#, "k8s.gcr.io/a"),
    ("imageRepository", #""other":{"imageTag":"1"}"#, "k8s.gcr.io/a ?"),
    // Without any field for a tag an image is `latest`, as everywhere.
    ("image", #""replicas":2"#, "k8s.gcr.io/a"),
    ("imageRef", #""name":"x""#, "k8s.gcr.io/a"),
  ])
  func theTagBesideIsJoined(field: String, siblings: String, expected: String) throws {
    let meaning = field.hasSuffix("mage") ? FieldMeaning.likelyImage : .cataloguedImage
    let fields = [
      ImageField(path: FieldPath("spec.\(field)"), meaning: meaning, confidence: .schema)
    ]
    for object in [
      #"{"spec":{"\#(field)":"k8s.gcr.io/a",\#(siblings)}}"#,
      #"{"spec":{\#(siblings),"\#(field)":"k8s.gcr.io/a"}}"#,
    ] {
      let found = try Self.object(Self.schema("g.io", "K", fields), object).images
      #expect(found.map(Self.told) == ["spec.\(field)=\(expected)"])
      #expect(
        found.map { $0.notes.contains(UseNotes.joined) }
          == [expected.contains(":") || expected.contains("@")])
    }
  }

  private static let digest = "sha256:" + String(repeating: "a", count: 64)

  private static func told(_ image: ExtractedImage) -> String {
    let isUnknown = image.representative == image.image && image.notes == [UseNotes.unknownTag]
    return "\(image.path)=\(image.image)" + (isUnknown ? " ?" : "")
  }

  /// A field that has its tag keeps it.
  @Test(arguments: ["k8s.gcr.io/a:9", "k8s.gcr.io/a:9@\(digest)", "k8s.gcr.io/a@\(digest)"])
  func aTagOfItsOwnCounts(image: String) throws {
    let fields = [
      ImageField(
        path: FieldPath("spec.imageRepository"), meaning: .cataloguedImage, confidence: .schema)
    ]
    let object = try Self.object(
      Self.schema("g.io", "K", fields),
      #"{"spec":{"imageRepository":"\#(image)","imageTag":"1"}}"#)
    #expect(object.images.map(Self.told) == ["spec.imageRepository=\(image)"])
  }

  /// Of an object named for an image the version is the image's; a repository alone has some tag.
  @Test(arguments: [
    (#""tag":"1","version":"2""#, "k8s.gcr.io/a:1"), (#""version":"2""#, "k8s.gcr.io/a:2"),
    (#""tag":"""#, "k8s.gcr.io/a ?"), (#""pullPolicy":"Always""#, "k8s.gcr.io/a ?"),
  ])
  func anImageObjectMayCallItsTagAVersion(siblings: String, expected: String) throws {
    let fields = [
      ImageField(path: FieldPath("spec.image"), meaning: .repository, confidence: .schema)
    ]
    let object = try Self.object(
      Self.schema("g.io", "K", fields),
      #"{"spec":{"image":{"repository":"k8s.gcr.io/a",\#(siblings)}}}"#)
    #expect(object.images.map(Self.told) == ["spec.image.repository=\(expected)"])
  }

  /// The table says what prometheus-operator makes of these fields.
  @Test(arguments: [
    (#""tag":"v2","version":"v3""#, "k8s.gcr.io/a:v2"), (#""version":"v3""#, "k8s.gcr.io/a:v3"),
    (
      #""sha":"\#(digest.dropFirst(7))","version":"v3""#, "k8s.gcr.io/a:v3@\(digest)"
    ),
    (#""replicas":1"#, "k8s.gcr.io/a ?"),
  ])
  func aBaseImageHasItsVersionBesideIt(siblings: String, expected: String) throws {
    let object = try Self.object(
      Self.schema("monitoring.coreos.com", "Prometheus"),
      #"{"spec":{"baseImage":"k8s.gcr.io/a",\#(siblings)}}"#)
    #expect(object.images.map(Self.told) == ["spec.baseImage=\(expected)"])
  }

  /// Of a subtree without a schema the same names say the same.
  @Test func theTagBesideIsJoinedWithoutASchema() throws {
    let object = try Self.object(
      Self.schema("g.io", "K", Self.freeForm),
      #"""
      {"spec":{"a":{"imageRepository":"k8s.gcr.io/a","imageTag":"1"},"b":{"image":"k8s.gcr.io/b",
      "version":"1"},"c":{"repository":"k8s.gcr.io/c"},"d":{"image":"k8s.gcr.io/d"},
      "e":{"repository":"k8s.gcr.io/e","tag":1.2}}}
      """#)
    #expect(
      object.images.map(Self.told) == [
        "spec.a.imageRepository=k8s.gcr.io/a:1", "spec.b.image=k8s.gcr.io/b ?",
        "spec.c.repository=k8s.gcr.io/c ?", "spec.d.image=k8s.gcr.io/d",
        "spec.e.repository=k8s.gcr.io/e:1.2",
      ])
  }

  /// A digest counts before a range, a range before a tag (Flux's `OCIRepositoryRef`).
  @Test(arguments: [
    (#"{"tag":"1.0"}"#, "ghcr.io/a/b:1.0", nil),
    (#"{"semver":">= 6.0.0"}"#, "ghcr.io/a/b", ">= 6.0.0"),
    (#"{"semver":"6.5.*","tag":"1.0"}"#, "ghcr.io/a/b", "6.5.*"),
    (#"{"semver":"6.5.*","digest":"\#(digest)"}"#, "ghcr.io/a/b@\(digest)", nil),
    (#"{"semver":"","tag":"1.0"}"#, "ghcr.io/a/b:1.0", nil),
    (#"{"semver":{}}"#, "ghcr.io/a/b", nil),
  ])
  func aRangeOfVersionsIsNoTag(ref: String, image: String, range: String?) throws {
    let source = #"{"url":"oci://ghcr.io/a/b","ref":\#(ref)}"#
    for (group, kind, object, path) in [
      ("source.toolkit.fluxcd.io", "OCIRepository", #"{"spec":\#(source)}"#, "spec.url"),
      (
        "helm.toolkit.fluxcd.io", "HelmRelease",
        #"{"spec":{"chart":{"kind":"OCIRepository","spec":\#(source)}}}"#, "spec.chart.spec.url"
      ),
    ] {
      let found = try Self.object(Self.schema(group, kind), object).images
      #expect(found.map { "\($0.path)=\($0.image)" } == ["\(path)=\(image)"])
      #expect(found.map(\.notes) == [range.map { [UseNotes.range($0)] } ?? []])
      #expect(found.map(\.representative) == [range == nil ? nil : image])
    }
  }

  /// Flux installs what a HelmRelease holds into `targetNamespace`.
  @Test(arguments: [
    (#""shop""#, ["it is installed into namespace \"shop\""]), (#""flux-system""#, []),
    (#""""#, []), ("7", []),
  ])
  func theTargetNamespaceIsNoted(target: String, notes: [String]) throws {
    let object = try Self.object(
      Self.schema("helm.toolkit.fluxcd.io", "HelmRelease"),
      #"""
      {"metadata":{"namespace":"flux-system"},"spec":{"targetNamespace":\#(target),
      "values":{"image":"k8s.gcr.io/a:1"}}}
      """#)
    #expect(object.images.map(\.notes) == [notes])
    #expect(object.identity.namespace == "flux-system")
  }

  /// Names of Docker Hub without a registry: where a field asks for an image, and nowhere else.
  @Test(arguments: [
    (#""image":"minio/minio:R""#, ["image=minio/minio:R"]),
    (#""image":"minio/minio""#, ["image=minio/minio"]),
    (#""sidecarImage":"minio/mc:R""#, ["sidecarImage=minio/mc:R"]),
    (#""initImageName":"minio/mc""#, ["initImageName=minio/mc"]),
    (#""imageRepository":"minio/mc","tag":"R""#, ["imageRepository=minio/mc:R"]),
    (#""image":{"repository":"minio/minio"}"#, ["image.repository=minio/minio"]),
    (#""a":{"repository":"minio/minio","tag":"R"}"#, ["a.repository=minio/minio:R"]),
    (#""images":["minio/mc","x/y"]"#, ["images[0]=minio/mc"]),
    (#""images":{"mc":"minio/mc","pullPolicy":"Always"}"#, ["images.mc=minio/mc"]),
    (#""a":{"repository":"minio","image":"mc","version":1.5}"#, ["a.repository=minio/mc:1.5"]),
    (#""images":{"imageRegistry":"k8s.gcr.io"}"#, ["images.imageRegistry=k8s.gcr.io"]),
    // A project of a forge, a folder, a file, other words.
    (#""a":{"repository":"minio/minio"}"#, []),
    (#""repository":"minio/minio","url":"https://github.com""#, []),
    (#""path":"minio/minio""#, []), (#""image":"minio/logo.png""#, []),
    (#""logoImage":"minio/logo""#, []), (#""image":"minio/a/b""#, []), (#""image":"minio""#, []),
    (#""image":"./minio/minio""#, []), (#""image":"https://minio/minio""#, []),
    (#""command":["minio/minio"]"#, []), (#""rbd":{"image":"minio/minio"}"#, []),
    // At another registry.
    (#""image":{"registry":"r.example","repository":"minio/minio","tag":"R"}"#, []),
    (#""hub":"r.example/x","image":"minio/minio:R""#, []),
    (#""image":{"repository":"minio/minio"},"global":{"imageRegistry":"r.example"}"#, []),
    (#""global":{"image":{"registry":"r.example"}},"image":{"repository":"minio/minio"}"#, []),
    (
      #""global":{"imageRegistry":""},"image":{"repository":"minio/mc"}"#,
      ["image.repository=minio/mc"]
    ),
  ])
  func namesOfDockerHubAreFoundWhereAnImageIsAskedFor(spec: String, images: [String]) throws {
    let object = try Self.object(Self.schema("g.io", "K", Self.freeForm), #"{"spec":{\#(spec)}}"#)
    let found = object.images.map { image in
      "\(image.path.dropFirst("spec.".count))=\(image.image)"
    }
    #expect(found == images)
  }

  @Test func fieldsNamedForImagesBySchemaMayHoldNamesOfDockerHub() throws {
    let fields = ["imageRef", "proxy", "git"].map {
      ImageField(path: FieldPath("spec.\($0)"), meaning: .cataloguedImage, confidence: .schema)
    }
    let object = try Self.object(
      Self.schema("g.io", "K", fields),
      #"""
      {"spec":{"imageRef":"minio/mc","proxy":{"repository":"minio/minio","tag":"R"},
      "git":{"repository":"minio/operator"}}}
      """#)
    #expect(
      Self.lines(object) == ["spec.imageRef=minio/mc", "spec.proxy.repository=minio/minio:R"])
  }

  @Test func anImageOfNameAndTagIsPutTogether() throws {
    let field = ImageField(
      path: FieldPath("spec.image"), meaning: .repository, confidence: .schema)
    let object = try Self.object(
      Self.schema("g.io", "K", [field]),
      #"{"spec":{"image":{"name":"quay.io/a/agent","tag":"1"}}}"#)
    #expect(Self.lines(object) == ["spec.image.name=quay.io/a/agent:1"])
  }

  @Test func recordedObjectsAreReadWhereverTheBytesAreCut() throws {
    let schema = Self.schema("argoproj.io", "CronWorkflow")
    let body = try Recording.list("argoproj.io-cronworkflows", .json)
    let whole = try Decoded(.customObjects(schema), .json, body).records
    #expect(whole.flatMap(\.images).count == 6)
    #expect(whole.allSatisfy { !$0.metadata.uid.isEmpty })
    for size in [1, 7, 64, 1021] {
      #expect(try Decoded(.customObjects(schema), .json, body, size: size).records == whole)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var group: String
    var kind: String
    var object: String
    var images: [String]
    var activity = Activity.active(desired: nil)

    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "a finished Workflow", group: "argoproj.io", kind: "Workflow",
      object: #"""
        {"spec":{"templates":[{"container":{"image":"a:1"}},{"script":{"image":"b:1"},
        "sidecars":[{"name":"s","image":"c:1"}]}]},
        "status":{"phase":"Failed","storedTemplates":{"x":{"container":{"image":"no:1"}}}}}
        """#,
      images: [
        "spec.templates[0].container.image=a:1", "spec.templates[1].script.image=b:1",
        "spec.templates[1].sidecars[0].image=c:1",
      ], activity: .completed),
    Case(
      name: "a suspended CronWorkflow", group: "argoproj.io", kind: "CronWorkflow",
      object: #"{"spec":{"suspend":true}}"#, images: [], activity: .suspended),
    Case(
      name: "a Rollout scaled to zero", group: "argoproj.io", kind: "Rollout",
      object:
        #"{"spec":{"replicas":0,"template":{"spec":{"containers":[{"name":"a","image":"b:1"}]}}}}"#,
      images: ["spec.template.spec.containers[0].image=b:1"], activity: .scaledToZero),
    Case(
      name: "a map of replicas", group: "kubeflow.org", kind: "PyTorchJob",
      object: #"""
        {"spec":{"pytorchReplicaSpecs":{"Worker":{"template":{"spec":{"containers":[
        {"name":"a","image":"b:1"}]}}},"odd.key":{"template":{"spec":{"containers":[
        {"image":"c:1"}]}}}}},"status":{"completionTime":"2026-01-01T00:00:00Z"}}
        """#,
      images: [
        "spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].image=b:1",
        "spec.pytorchReplicaSpecs[\"odd.key\"].template.spec.containers[0].image=c:1",
      ], activity: .completed),
    Case(
      name: "a run that a condition ends", group: "trainer.kubeflow.org", kind: "TrainJob",
      object: #"""
        {"spec":{"trainer":{"image":"a:1"}},"status":{"conditions":[7,{"type":"Suspended",
        "status":"False"},{"status":"True","type":"Complete","reason":"Done"}]}}
        """#, images: ["spec.trainer.image=a:1"], activity: .completed),
    Case(
      name: "a run that no condition ends yet", group: "trainer.kubeflow.org", kind: "TrainJob",
      object: #"""
        {"spec":{"trainer":{"image":"a:1"}},"status":{"conditions":[{"type":"Failed",
        "status":"False"},{"type":"Suspended","status":"True"}]}}
        """#, images: ["spec.trainer.image=a:1"]),
    Case(
      name: "a finished Job of Volcano", group: "batch.volcano.sh", kind: "Job",
      object: #"""
        {"spec":{"tasks":[{"template":{"spec":{"containers":[{"name":"a","image":"b:1"}]}}}]},
        "status":{"state":{"phase":"Completed"}}}
        """#, images: ["spec.tasks[0].template.spec.containers[0].image=b:1"],
      activity: .completed),
    Case(
      name: "a machine that is halted", group: "kubevirt.io", kind: "VirtualMachine",
      object: #"""
        {"spec":{"runStrategy":"Halted","template":{"spec":{"volumes":[{"containerDisk":{
        "image":"a:1"}}]}}}}
        """#, images: ["spec.template.spec.volumes[0].containerDisk.image=a:1"],
      activity: .scaledToZero),
    Case(
      name: "a machine that runs", group: "kubevirt.io", kind: "VirtualMachine",
      object: #"{"spec":{"runStrategy":"Always"}}"#, images: []),
    Case(
      name: "a suspended job of Flink", group: "flink.apache.org", kind: "FlinkDeployment",
      object: #"{"spec":{"image":"a:1","job":{"state":"suspended"}}}"#,
      images: ["spec.image=a:1"], activity: .suspended),
    Case(
      name: "a stopped Notebook", group: "kubeflow.org", kind: "Notebook",
      object: #"""
        {"metadata":{"annotations":{"kubeflow-resource-stopped":"2026-01-01T00:00:00Z"}},
        "spec":{"template":{"spec":{"containers":[{"name":"a","image":"b:1"}]}}}}
        """#, images: ["spec.template.spec.containers[0].image=b:1"], activity: .scaledToZero),
    Case(
      name: "OCI artifacts", group: "source.toolkit.fluxcd.io", kind: "OCIRepository",
      object: #"{"spec":{"url":"oci://ghcr.io/a/b","ref":{"tag":"1.0"}}}"#,
      images: ["spec.url=ghcr.io/a/b:1.0"]),
    Case(
      name: "a chart repository", group: "source.toolkit.fluxcd.io", kind: "HelmRepository",
      object: #"{"spec":{"url":"https://charts.example.org"}}"#, images: []),
    Case(
      name: "values of a chart", group: "helm.toolkit.fluxcd.io", kind: "HelmRelease",
      object: #"""
        {"spec":{"suspend":true,"values":{"image":{"repository":"k8s.gcr.io/a","tag":"1"},
        "web":{"image":{"registry":"k8s.gcr.io","repository":"b","tag":"2"}},
        "note":"see k8s.gcr.io/c"}}}
        """#,
      images: [
        "spec.values.image.repository=k8s.gcr.io/a:1",
        "spec.values.web.image.repository=k8s.gcr.io/b:2",
      ]),
    Case(
      name: "values of a chart as text", group: "argoproj.io", kind: "Application",
      object: #"""
        {"spec":{"source":{"helm":{"values":"image:\n  repository: k8s.gcr.io/a\n  tag: '1'\n",
        "parameters":[{"name":"x","value":"k8s.gcr.io/b:2"}]},"kustomize":{"images":
        ["n=k8s.gcr.io/c:3"]}},"sources":[{"helm":{"values":"{{ not yaml"}}]}}
        """#,
      images: [
        "spec.source.helm.parameters[0].value=k8s.gcr.io/b:2",
        "spec.source.helm.values.image.repository=k8s.gcr.io/a:1",
        "spec.source.kustomize.images[0]=k8s.gcr.io/c:3",
      ]),
    Case(
      name: "parameters of a chart", group: "argoproj.io", kind: "Application",
      object: #"""
        {"spec":{"source":{"helm":{"parameters":[7,{"name":"a.image.tag","value":"1"},
        {"name":"a.image.repository","value":"k8s.gcr.io/a"},{"name":"a.image.registry"},
        {"name":"b.registry","value":"k8s.gcr.io"},{"name":"b.repository","value":"b"},
        {"name":"global.imageRegistry","value":"k8s.gcr.io"},
        {"name":"hub","value":"gcr.io/istio-release"},{"name":"host","value":"k8s.gcr.io"}]}}}}
        """#,
      images: [
        "spec.source.helm.parameters[2].value=k8s.gcr.io/a:1",
        "spec.source.helm.parameters[5].value=k8s.gcr.io/b",
        "spec.source.helm.parameters[6].value=k8s.gcr.io",
        "spec.source.helm.parameters[7].value=gcr.io/istio-release",
      ]),
    Case(
      name: "a Workflow's templates in other templates", group: "argoproj.io", kind: "CronWorkflow",
      object: #"""
        {"spec":{"workflowSpec":{"podSpecPatch":"containers:\n- {name: main, image: 'a:1'}",
        "templates":[{"steps":[[{"inline":{"container":{"image":"b:1"}}}]]},
        {"dag":{"tasks":[{"inline":{"script":{"image":"c:1"}}}]}},
        {"resource":{"manifest":"spec: {containers: [{name: x, image: 'd:1'}]}"}}]}}}
        """#,
      images: [
        "spec.workflowSpec.podSpecPatch.containers[0].image=a:1",
        "spec.workflowSpec.templates[0].steps[0][0].inline.container.image=b:1",
        "spec.workflowSpec.templates[1].dag.tasks[0].inline.script.image=c:1",
        "spec.workflowSpec.templates[2].resource.manifest.spec.containers[0].image=d:1",
      ]),
    Case(
      name: "entries of kustomize", group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization",
      object: #"""
        {"spec":{"images":[{"name":"app","newName":"k8s.gcr.io/a","newTag":"1"},
        {"name":"k8s.gcr.io/old","newName":"registry.k8s.io/new"},{"name":"k8s.gcr.io/b",
        "newTag":"2"},{"name":"alias","newTag":"3"},{"name":"k8s.gcr.io/c"},7]}}
        """#,
      images: [
        "spec.images[0].newName=k8s.gcr.io/a:1", "spec.images[1].newName=registry.k8s.io/new",
        "spec.images[2].name=k8s.gcr.io/b:2",
      ]),
    Case(
      name: "files and arguments of a node", group: "bootstrap.cluster.x-k8s.io",
      kind: "KubeadmConfig",
      object: #"""
        {"spec":{"files":[{"content":"spec:\n  containers:\n  - name: vip\n    image: v/p:1\n"},
        {"content":"#!/bin/sh\ncrictl pull {{ x }}"}],"initConfiguration":{"nodeRegistration":{
        "kubeletExtraArgs":{"pod-infra-container-image":"k8s.gcr.io/pause:3","v":"2"}}},
        "joinConfiguration":{"nodeRegistration":{"kubeletExtraArgs":[{"name":"a",
        "value":"k8s.gcr.io/pause:4"}]}}}}
        """#,
      images: [
        "spec.files[0].content.spec.containers[0].image=v/p:1",
        "spec.initConfiguration.nodeRegistration.kubeletExtraArgs.pod-infra-container-image="
          + "k8s.gcr.io/pause:3",
        "spec.joinConfiguration.nodeRegistration.kubeletExtraArgs[0].value=k8s.gcr.io/pause:4",
      ]),
    Case(
      name: "a Wasm module in a registry", group: "extensions.istio.io", kind: "WasmPlugin",
      object: #"{"spec":{"url":"oci://gcr.io/a/b:1"}}"#, images: ["spec.url=gcr.io/a/b:1"]),
    Case(
      name: "a Wasm module elsewhere", group: "extensions.istio.io", kind: "WasmPlugin",
      object: #"{"spec":{"url":"https://gcr.io/a/b.wasm"}}"#, images: []),
    Case(
      name: "the template of Applications", group: "argoproj.io", kind: "ApplicationSet",
      object: #"""
        {"spec":{"template":{"spec":{"sources":[{"helm":{"values":"a: [k8s.gcr.io/a:1]"}}]}}}}
        """#, images: ["spec.template.spec.sources[0].helm.values.a[0]=k8s.gcr.io/a:1"]),
    Case(
      name: "bundles of Tekton", group: "tekton.dev", kind: "Pipeline",
      object: #"""
        {"spec":{"tasks":[{"taskRef":{"name":"a","bundle":"gcr.io/b/c:1"}},{"taskRef":{"params":[7,
        {"name":"kind","value":"task"},{"name":"bundle","value":"gcr.io/b/d:2"}],"resolver":
        "bundles"}},{"taskRef":{"resolver":"git","params":[{"name":"bundle","value":"no:1"}]}}],
        "finally":[{"taskRef":{"resolver":"bundles","params":[{"name":"bundle","value":
        "$(params.no)"}]}}]}}
        """#,
      images: [
        "spec.tasks[0].taskRef.bundle=gcr.io/b/c:1",
        "spec.tasks[1].taskRef.params[2].value=gcr.io/b/d:2",
      ], activity: .inert),
    Case(
      name: "a build's base image", group: "build.openshift.io", kind: "BuildConfig",
      object: #"""
        {"spec":{"strategy":{"dockerStrategy":{"from":{"kind":"DockerImage","name":"a/b:1"}}},
        "output":{"to":{"kind":"ImageStreamTag","name":"mine:latest"}}}}
        """#, images: ["spec.strategy.dockerStrategy.from.name=a/b:1"]),
    Case(
      name: "kubeadm's repositories", group: "controlplane.cluster.x-k8s.io",
      kind: "KubeadmControlPlane",
      object: #"""
        {"spec":{"replicas":3,"kubeadmConfigSpec":{"clusterConfiguration":{"imageRepository":
        "k8s.gcr.io","dns":{"imageRepository":"registry.k8s.io","imageTag":"v1"}}}}}
        """#,
      images: [
        "spec.kubeadmConfigSpec.clusterConfiguration.dns.imageRepository=registry.k8s.io/coredns/coredns:v1",
        "spec.kubeadmConfigSpec.clusterConfiguration.imageRepository=k8s.gcr.io/kube-apiserver",
      ], activity: .active(desired: 3)),
    Case(
      name: "related images of an operator", group: "operators.coreos.com",
      kind: "ClusterServiceVersion",
      object: #"""
        {"spec":{"relatedImages":[{"name":"r","image":"q/r:1"}],"install":{"spec":{"deployments":[
        {"spec":{"template":{"spec":{"containers":[{"name":"m","image":"q/m:1","env":[
        {"name":"RELATED_IMAGE_X","value":"q/x:1"},{"name":"OTHER","value":"q/y:1"}]}]}}}}]}}}}
        """#,
      images: [
        "spec.install.spec.deployments[0].spec.template.spec.containers[0].env[0].value=q/x:1",
        "spec.install.spec.deployments[0].spec.template.spec.containers[0].image=q/m:1",
        "spec.relatedImages[0].image=q/r:1",
      ]),
    Case(
      name: "hostile types", group: "argoproj.io", kind: "Rollout",
      object: #"""
        {"spec":{"replicas":1.5,"suspend":"yes","template":{"spec":{"containers":[7,null,
        {"name":{},"image":"a:1"},{"name":"b","image":["x"]}],"initContainers":{},
        "nodeSelector":[]}}},"status":[]}
        """#, images: ["spec.template.spec.containers[2].image=a:1"]),
    Case(
      name: "null everywhere", group: "argoproj.io", kind: "Rollout",
      object: #"{"metadata":null,"spec":null,"status":null}"#, images: []),
  ]

  @Test(arguments: cases)
  func imagesAreRead(of example: Case) throws {
    let object = try Self.object(Self.schema(example.group, example.kind), example.object)
    #expect(Self.lines(object) == example.images)
    #expect(object.activity == example.activity)
  }

  /// What begins images is judged by one of them, whatever tag stands beside it.
  @Test func prefixesOfImagesAreNoImages() throws {
    let object = try Self.object(
      Self.schema("g.io", "K", Self.freeForm),
      #"""
      {"spec":{"global":{"hub":"gcr.io/istio-release","tag":"1.29","imageRegistry":"k8s.gcr.io"},
      "a":{"repository":"gcr.io/istio-release","tag":"1"},"b":{"registry":"k8s.gcr.io"},
      "host":"k8s.gcr.io","c":{"hub":"gcr.io/other"}}}
      """#)
    #expect(
      object.images.map { "\($0.path)=\($0.image) \($0.representative ?? "-") \($0.notes)" } == [
        "spec.a.repository=gcr.io/istio-release gcr.io/istio-release/pause \(Self.prefixNotes)",
        "spec.b.registry=k8s.gcr.io k8s.gcr.io/pause \(Self.prefixNotes)",
        "spec.c.hub=gcr.io/other - []",
        "spec.global.hub=gcr.io/istio-release gcr.io/istio-release/pause \(Self.prefixNotes)",
        "spec.global.imageRegistry=k8s.gcr.io k8s.gcr.io/pause \(Self.prefixNotes)",
      ])
  }

  private static let prefixNotes = [UseNotes.prefixOfAll]

  /// A chart writes a number out as it stands.
  @Test func tagsWithoutQuotesAreTags() throws {
    let object = try Self.object(
      Self.schema("g.io", "K", Self.freeForm),
      #"""
      {"spec":{"a":{"repository":"k8s.gcr.io/a","tag":3.9},"b":{"repository":"k8s.gcr.io/b",
      "tag":7},"c":{"repository":"k8s.gcr.io/c","tag":null}}}
      """#)
    #expect(
      object.images.map(Self.told) == [
        "spec.a.repository=k8s.gcr.io/a:3.9", "spec.b.repository=k8s.gcr.io/b:7",
        "spec.c.repository=k8s.gcr.io/c ?",
      ])
  }

  /// gpu-operator: the image's name stands apart from the repository above it.
  @Test(arguments: [
    (#""version":"v1""#, "q.io/n/driver:v1"),
    (#""version":"\#(digest)""#, "q.io/n/driver@\(digest)"),
  ])
  func anImageInThreePartsIsPutTogether(version: String, expected: String) throws {
    let field = ImageField(path: FieldPath("spec.d"), meaning: .repository, confidence: .schema)
    let object = try Self.object(
      Self.schema("g.io", "K", [field]),
      #"{"spec":{"d":{"repository":"q.io/n","image":"driver",\#(version)}}}"#)
    #expect(object.images.map(Self.told) == ["spec.d.repository=\(expected)"])
  }

  @Test func freeFormPartsAreSearchedByShape() throws {
    let object = try Self.object(
      Self.schema("g.io", "K", Self.freeForm),
      #"""
      {"metadata":{"name":"n","annotations":{"kubectl.kubernetes.io/last-applied-configuration":
      "k8s.gcr.io/no:1"},"managedFields":[{"k":"k8s.gcr.io/no:2"}]},
      "spec":{"deep":[{"containers":[{"name":"a","image":"b:1"}],"volumes":[{"rbd":{"image":
      "k8s.gcr.io/no:3"}}]}],"containers":["k8s.gcr.io/yes:1"],"text":"k8s.gcr.io/yes:2",
      "prose":"was k8s.gcr.io/no:4","url":"https://k8s.gcr.io/no","word":"nginx","rbd":{"image":
      "k8s.gcr.io/no:5"},"gitRepo":{"repository":"k8s.gcr.io/no"},"quobyte":{"registry":
      "k8s.gcr.io:7861"},"status":{"image":"k8s.gcr.io/no:6"},"oci":"oci://k8s.gcr.io/yes:3",
      "rules":{"containers":[{"name":"*","image":"!*:latest"}]}},
      "status":{"image":"k8s.gcr.io/no:7"}}
      """#)
    #expect(
      Self.lines(object) == [
        "spec.containers[0]=k8s.gcr.io/yes:1", "spec.deep[0].containers[0].image=b:1",
        "spec.oci=k8s.gcr.io/yes:3", "spec.text=k8s.gcr.io/yes:2",
      ])
    #expect(object.images.allSatisfy { $0.confidence == .shape })
  }

  @Test func deepObjectsEndTheSearchAndNothingElse() throws {
    let depth = 500
    let deep =
      String(repeating: #"{"a":"#, count: depth) + #""k8s.gcr.io/no:1""#
      + String(repeating: "}", count: depth)
    let object = try Self.object(
      Self.schema("g.io", "K", Self.freeForm), #"{"spec":{"d":\#(deep),"e":"k8s.gcr.io/a:1"}}"#)
    #expect(Self.lines(object) == ["spec.e=k8s.gcr.io/a:1"])
  }

  @Test(arguments: ["ubuntu-22.04", "ami-0abcdef", "projects/p/global/images/x", "https://x/y"])
  func fieldsOfMachineImagesAreLeftOut(text: String) throws {
    let field = ImageField(
      path: FieldPath("spec.image"), meaning: .likelyImage, confidence: .schema)
    let object = try Self.object(
      Self.schema("g.io", "K", [field]), #"{"spec":{"image":"\#(text)"}}"#)
    #expect(object.images.isEmpty)
  }
}
