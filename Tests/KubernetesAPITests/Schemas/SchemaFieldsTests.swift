import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// Where schemas say that images stand.
@Suite struct SchemaFieldsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The schema of `spec`.
    var spec: String
    var fields: [String]

    var testDescription: String { name }
  }

  static let string = #"{"type":"string"}"#
  static let cases = [
    Case(
      name: "a pod spec, and no volume of it",
      spec: #"""
        {"type":"object","properties":{"pod":{"type":"object","properties":{"spec":{"properties":{
        "containers":{"type":"array","items":{"properties":{"name":\#(string),"image":\#(string)}}},
        "volumes":{"type":"array","items":{"properties":{"rbd":{"properties":{"image":\#(string)}}}}}
        }}}}}}
        """#, fields: ["spec.pod.spec podSpec"]),
    Case(
      name: "fields named for images",
      spec: #"""
        {"properties":{"image":\#(string),"sidecarImage":\#(string),"imageName":\#(string),
        "osImage":\#(string),"repository":\#(string),"imagePullPolicy2":\#(string)}}
        """#,
      fields: [
        "spec.image likelyImage", "spec.imageName likelyImage", "spec.sidecarImage likelyImage",
      ]),
    Case(
      name: "an image beside a container's fields",
      spec:
        #"{"properties":{"agent":{"properties":{"image":\#(string),"args":{"type":"array"}}}}}"#,
      fields: ["spec.agent.image likelyContainerImage"]),
    Case(
      name: "repository and tag",
      spec: #"{"properties":{"image":{"properties":{"repository":\#(string),"tag":\#(string)}}}}"#,
      fields: ["spec.image repository"]),
    Case(
      name: "lists and maps",
      spec: #"""
        {"properties":{"nodes":{"type":"array","items":{"properties":{"image":\#(string)}}},
        "pools":{"additionalProperties":{"properties":{"image":\#(string)}}},
        "images":{"type":"array","items":\#(string)}}}
        """#,
      fields: [
        "spec.images[] likelyImage", "spec.nodes[].image likelyImage",
        "spec.pools{}.image likelyImage",
      ]),
    Case(
      name: "volumes outside a pod spec",
      spec: #"""
        {"properties":{"volumes":{"items":{"properties":{"rbd":{"properties":{"image":\#(string)}},
        "image":{"properties":{"reference":\#(string),"pullPolicy":\#(string)}}}}}}}
        """#, fields: ["spec.volumes[].image.reference imageVolume"]),
    Case(
      name: "images by other names",
      spec: #"""
        {"properties":{"imageRef":\#(string),"runnerimage":\#(string),"image_uri":\#(string),
        "initImageRepository":\#(string),"imagePullSecret":\#(string),"imageTag":\#(string),
        "imageID":\#(string),"agent":{"properties":{"image":{"properties":{
        "name":\#(string),"tag":\#(string)}}}}}}
        """#,
      fields: [
        "spec.agent.image repository", "spec.imageRef cataloguedImage",
        "spec.image_uri cataloguedImage", "spec.initImageRepository cataloguedImage",
        "spec.runnerimage cataloguedImage",
      ]),
    Case(
      name: "images by name",
      spec: #"""
        {"properties":{"images":{"properties":{"pullPolicy":\#(string),"server":\#(string)}},
        "sidecarImages":{"additionalProperties":\#(string)}}}
        """#,
      fields: [
        "spec.images.pullPolicy cataloguedImage", "spec.images.server cataloguedImage",
        "spec.sidecarImages{} likelyImage",
      ]),
    Case(
      name: "a repository and a tag that may be git's",
      spec: #"{"properties":{"proxy":{"properties":{"repository":\#(string),"tag":\#(string)}}}}"#,
      fields: ["spec.proxy cataloguedImage"]),
    Case(
      name: "an image in three parts",
      spec: #"""
        {"properties":{"driver":{"properties":{"repository":\#(string),"image":\#(string),
        "version":\#(string),"args":{"type":"array"}}}}}
        """#, fields: ["spec.driver repository"]),
    Case(
      name: "images by the kind's own names",
      spec: #"""
        {"properties":{"image":{"properties":{"application":\#(string),"init":\#(string),
        "pullPolicy":\#(string)}},"source":{"properties":{"image":{"properties":{
        "ref":\#(string),"poll":\#(string)}}}},"bootstrapperImageSpec":{"properties":{
        "repository":\#(string),"versionTag":\#(string)}},"machine":{"properties":{"image":{
        "properties":{"id":\#(string),"name":\#(string)}}}}}}
        """#,
      fields: [
        "spec.bootstrapperImageSpec.repository cataloguedImage",
        "spec.image.application cataloguedImage", "spec.image.init cataloguedImage",
        "spec.image.pullPolicy cataloguedImage", "spec.source.image.ref cataloguedImage",
      ]),
    Case(
      name: "a free-form part",
      spec: #"{"properties":{"values":{"x-kubernetes-preserve-unknown-fields":true}}}"#,
      fields: ["spec.values freeForm"]),
    Case(name: "no image", spec: #"{"properties":{"size":{"type":"integer"}}}"#, fields: []),
    Case(
      name: "hostile types",
      spec: #"{"properties":{"a":[],"b":{"items":[1],"properties":3,"type":{}},"c":null}}"#,
      fields: []),
  ]

  @Test(arguments: cases)
  func fieldsAreFound(of example: Case) throws {
    let document = #"""
      {"info":{},"components":{"schemas":{"x":{"properties":{"apiVersion":{"type":"string"},
      "metadata":{"x-kubernetes-preserve-unknown-fields":true},"spec":\#(example.spec),
      "status":{"properties":{"image":{"type":"string"}}}},
      "x-kubernetes-group-version-kind":[{"group":"g.io","kind":"K","version":"v1"}]},
      "y":{"properties":{"image":{"type":"string"}},
      "x-kubernetes-group-version-kind":[{"group":"g.io","kind":"Other","version":"v2"}]}}}}
      """#
    let bytes = Array(document.utf8)
    let schemas = try KindSchemas(openAPI: bytes.span, group: "g.io", version: "v1")
    #expect(Array(schemas.fields.keys) == ["K"])
    let found = schemas.fields["K", default: []].map { "\($0.path) \($0.meaning)" }.sorted()
    #expect(found == example.fields)
  }

  @Test func theRecordedDocumentsAreFreeForm() throws {
    let cases = [
      ("ops.example.com", "v1", ["EmptyKind", "NodeJob"]),
      ("argoproj.io", "v1alpha1", ["CronWorkflow", "Rollout", "WorkflowTemplate"]),
      ("tekton.dev", "v1", ["Task"]),
    ]
    for (group, version, kinds) in cases {
      let body = try Array(Recording.body("openapi-v3-\(group)"))
      let schemas = try KindSchemas(openAPI: body.span, group: group, version: version)
      for kind in kinds {
        let found = schemas.fields[kind, default: []].map { "\($0.path) \($0.meaning)" }
        #expect(found == ["spec freeForm"], "\(kind)")
      }
    }
  }

  @Test(arguments: WireEncoding.allCases)
  func definitionsSayTheSame(encoding: WireEncoding) throws {
    let body = try Recording.list("apiextensions.k8s.io-customresourcedefinitions", encoding)
    let records = try Decoded(.customResourceDefinitions, encoding, body).records
    #expect(records.count == 12)
    for record in records {
      for (version, fields) in record.fields {
        #expect(fields.map { "\($0.path)" } == ["spec"], "\(record.kind) \(version)")
      }
    }
  }

  /// One schema for all versions, and a version that `versions` does not repeat.
  @Test func definitionsOfOldServers() throws {
    let json = try Decoded(
      .customResourceDefinitions,
      json: #"""
        {"kind":"CustomResourceDefinitionList","apiVersion":"apiextensions.k8s.io/v1beta1",
        "items":[{"spec":{"group":"g","version":"v1","names":{"kind":"K"},
        "preserveUnknownFields":false,"versions":[{"name":"v1"},{"name":"v2"}],
        "validation":{"openAPIV3Schema":{"properties":{"spec":{"properties":{
        "image":{"type":"string"},"free":{"x-kubernetes-preserve-unknown-fields":true},
        "images":{"type":"array","items":{"type":"string"}},
        "pools":{"additionalProperties":{"properties":{"image":{"type":"string"}}}},
        "open":{"additionalProperties":true}}}}}}}}]}
        """#
    ).records
    #expect(
      json.first?.fields["v2"]?.map { "\($0.path)" }.sorted()
        == ["spec.free", "spec.image", "spec.images[]", "spec.pools{}.image"])
    #expect(json.first?.fields["v1"] == json.first?.fields["v2"])
    let body = ProtobufBuilder.listOfOne(
      "CustomResourceDefinitionList", apiVersion: "apiextensions.k8s.io/v1beta1"
    ) { item in
      item.message(2) { spec in
        spec.text(1, "g")
        spec.text(2, "v1")
        spec.message(3) { $0.text(4, "K") }
        spec.message(5) { validation in
          validation.message(1) { Self.property("spec", of: &$0, Self.oldSpec) }
        }
        spec.message(7) { $0.text(1, "v1") }
        spec.message(7) { $0.text(1, "v2") }
        spec.integer(10, 0)
      }
    }
    #expect(try Decoded(.customResourceDefinitions, .protobuf, body).records == json)
  }

  private static func oldSpec(_ spec: inout ProtobufBuilder) {
    property("image", of: &spec) { $0.text(5, "string") }
    property("free", of: &spec) { $0.integer(38, 1) }
    property("images", of: &spec) { list in
      list.text(5, "array")
      list.message(24) { items in items.message(1) { $0.text(5, "string") } }
    }
    property("pools", of: &spec) { pools in
      pools.message(30) { values in
        values.integer(1, 1)
        values.message(2) { pool in property("image", of: &pool) { $0.text(5, "string") } }
      }
    }
    property("open", of: &spec) { open in open.message(30) { $0.integer(1, 1) } }
  }

  /// An entry of `JSONSchemaProps.properties`.
  private static func property(
    _ name: String, of schema: inout ProtobufBuilder, _ build: (inout ProtobufBuilder) -> Void
  ) {
    schema.message(29) { entry in
      entry.text(1, name)
      entry.message(2, build)
    }
  }

  @Test func aTruncatedDocumentIsRefused() throws {
    let body = Array(try Recording.body("openapi-v3-tekton.dev").prefix(40_000))
    #expect(throws: WireError.self) {
      try KindSchemas(openAPI: body.span, group: "tekton.dev", version: "v1")
    }
  }

  @Test func theCacheIsKeptByServerAndHash() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = SchemaCache(directory: folder.path, server: "https://a:1/../x", note: { _ in })
    let resource = APIResource(group: "g.io", version: "v1", name: "ks", kind: "K")
    let field = ImageField(
      path: FieldPath("spec.a[].b{}.image"), meaning: .likelyImage, confidence: .schema)
    let schemas = KindSchemas(fields: ["K": [field], "None": []])
    cache.keep(schemas, of: resource, hash: "0011")
    #expect(cache.schemas(of: resource, hash: "0011") == schemas)
    #expect(cache.schemas(of: resource, hash: "0022") == nil)
    let other = SchemaCache(directory: folder.path, server: "https://b:1", note: { _ in })
    #expect(other.schemas(of: resource, hash: "0011") == nil)
    cache.keep(KindSchemas(), of: resource, hash: "0022")
    #expect(cache.schemas(of: resource, hash: "0011") == nil)
  }

  /// Everything is its owner's alone; what is broken or somebody else's is asked for again.
  @Test func theCacheIsPrivateAndMistrustful() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? manager.removeItem(at: folder) }
    let cache = SchemaCache(directory: folder.path, server: "https://a:1", note: { _ in })
    let resource = APIResource(group: "g.io", version: "v1", name: "ks", kind: "K")
    cache.keep(KindSchemas(), of: resource, hash: "0011")
    func mode(_ path: String) throws -> Int? {
      try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    let server = folder.appending(path: try #require(manager.subpaths(atPath: folder.path)?.first))
    let file = server.appending(path: "g.io@v1@0011.3.json").path
    #expect(try mode(folder.path) == 0o700)
    #expect(try mode(server.path) == 0o700)
    #expect(try mode(file) == 0o600)

    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for broken in [
      whole.dropLast(), Data(), Data(#"{"kinds":{"K":[{"path":[],"meaning":"?"}]}}"#.utf8),
    ] {
      try broken.write(to: URL(fileURLWithPath: file))
      #expect(cache.schemas(of: resource, hash: "0011") == nil)
    }
    cache.keep(KindSchemas(), of: resource, hash: "0011")
    #expect(cache.schemas(of: resource, hash: "0011") == KindSchemas())

    try manager.setAttributes([.posixPermissions: 0o770], ofItemAtPath: server.path)
    #expect(cache.schemas(of: resource, hash: "0011") == nil)
    cache.keep(KindSchemas(), of: resource, hash: "0022")
    #expect(try manager.contentsOfDirectory(atPath: server.path) == ["g.io@v1@0011.3.json"])
  }

  @Test func hashesThatAreNoNamesAreNotUsed() throws {
    let index = try OpenAPIIndex(
      Array(
        #"{"paths":{"apis/g/v1":{"serverRelativeURL":"/x?hash=../../etc"},"apis/g/v2":{"serverRelativeURL":"/x?hash=ABCDEF0123"}}}"#
          .utf8))
    #expect(index.entries["apis/g/v1"]?.hash == nil)
    #expect(index.entries["apis/g/v2"]?.hash == "ABCDEF0123")
  }
}
