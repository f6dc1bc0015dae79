import Foundation
import HelmReleases
import Inventory
import Packing
import Testing

@Suite struct HelmReleaseReaderTests {
  @Test func aReleaseIsRead() throws {
    let (record, problem) = try HelmReleaseReader.read(
      Packing.stored(json: Packing.json(image: "k8s.gcr.io/app:1")))
    #expect(problem == nil)
    // The release is found where it is stored; its objects go where it was installed.
    #expect(record.namespace == "shop" && record.installNamespace == "elsewhere")
    #expect(record.name == "web" && record.revision == 3 && record.status == "deployed")
    #expect(record.chart == "web-1.2.3")
    let object = try #require(record.objects.first)
    #expect(object.kind == "Deployment" && object.namespace == "elsewhere" && object.name == "web")
    #expect(object.hookEvents == nil)
    #expect(object.images.map(\.use.image) == ["k8s.gcr.io/app:1"])
    #expect(object.images.map(\.use.path) == ["spec.template.spec.containers[0].image"])
  }

  @Test func plainJSONOfOldReleasesIsRead() throws {
    let plain = Packing.base64(Array(Packing.json(image: "a:1").utf8))
    let (record, _) = try HelmReleaseReader.read(Packing.stored(plain))
    #expect(record.objects.count == 1)
  }

  @Test func labelsNameAReleaseThatDoesNot() throws {
    let stored = Packing.stored(
      Packing.base64(Packing.gzip(Array("{}".utf8))),
      labels: ["name": "shop", "version": "12", "status": "superseded"])
    let (record, _) = try HelmReleaseReader.read(stored)
    #expect(record.name == "shop" && record.revision == 12 && record.status == "superseded")
    #expect(record.objects.isEmpty && record.chart.isEmpty)
  }

  @Test func whatIsNoReleaseSaysWhyAndNothingElse() {
    let secret = Array("password: hunter2".utf8)
    let cases: [(DataEntryRecord, HelmReleaseError)] = [
      (DataEntryRecord(), .noData),
      (Packing.stored(secret), .notBase64),
      (Packing.stored(Packing.base64(secret)), .unknownFormat),
      (Packing.stored([]), .noData),
      (Packing.stored(json: "[1]"), .unknownFormat),
      (Packing.stored(json: "{\"manifest\":hunter2}"), .notRelease(atByte: 12)),
      (Packing.stored(json: "{\"manifest\":[\"hunter2\"]}"), .notRelease(atByte: 12)),
      (Packing.stored(json: "{\"config\":{\"a\":1}"), .notRelease(atByte: 17)),
      (
        Packing.stored(
          json: "{\"config\":" + String(repeating: "[", count: 200) + "1"
            + String(repeating: "]", count: 200) + "}"),
        .notRelease(atByte: 109)
      ),
    ]
    for (stored, expected) in cases {
      #expect(throws: expected) { try HelmReleaseReader.read(stored) }
      #expect(!"\(expected)".contains("hunter2"))
    }
  }

  @Test func everyTruncationOfTheJSONIsRefused() {
    let json = Array(Packing.json(image: "a:1").utf8)
    for end in stride(from: 1, to: json.count - 1, by: 7) {
      let stored = Packing.stored(Packing.base64(Packing.gzip(Array(json[..<end]))))
      #expect(throws: HelmReleaseError.self) { try HelmReleaseReader.read(stored) }
    }
  }

  @Test func documentsThatDoNotParseAreToldByPlace() throws {
    let json =
      "{\"manifest\":\"a: [\\n---\\nhunter2: *hunter2\\n\",\"hooks\":[{\"manifest\":\"- hunter2\"}]}"
    let (record, problem) = try HelmReleaseReader.read(Packing.stored(json: json))
    #expect(record.objects.isEmpty)
    #expect(
      problem
        == "document 1 of its manifest and 1 more could not be read as YAML objects, line 2")
  }

  /// `values`, `config`, the image, and what is said of it.
  @Test(
    arguments: [
      (
        "{\"image\":{\"repository\":\"k8s.gcr.io/a\",\"tag\":\"1\"}}", "{}", "k8s.gcr.io/a:1",
        "set by Helm value image.repository (the chart's default)"
      ),
      (
        "{\"image\":{\"repository\":\"k8s.gcr.io/a\",\"tag\":\"1\"}}",
        "{\"image\":{\"repository\":\"r.example/a\"}}", "r.example/a:1",
        "set by Helm value image.repository"
      ),
      (
        "{\"image\":{\"tag\":1.10,\"repository\":\"k8s.gcr.io/a\"}}", "{}", "k8s.gcr.io/a:1.10",
        "set by Helm value image.repository (the chart's default)"
      ),
      (
        "{\"controller\":{\"image\":{\"registry\":\"k8s.gcr.io\",\"image\":\"x/a\",\"tag\":\"1\"}}}",
        "{}", "k8s.gcr.io/x/a:1",
        "set by Helm values controller.image.registry and controller.image.image (the chart's default)"
      ),
      (
        "{\"global\":{\"imageRegistry\":\"r.example\"},\"image\":{\"repository\":\"a\"}}", "{}",
        "r.example/a:9",
        "set by Helm values global.imageRegistry and image.repository (the chart's default)"
      ),
      (
        "{\"a\":{\"initImage\":\"k8s.gcr.io/a:1\"}}", "{}", "k8s.gcr.io/a:1",
        "set by Helm value a.initImage with its tag (the chart's default)"
      ),
      (
        "{\"x\":[{\"image\":\"k8s.gcr.io/a:1\"}],\"k.ey\":{\"image\":\"k8s.gcr.io/a:1\"}}", "null",
        "k8s.gcr.io/a:1",
        "set by Helm value k\\.ey.image with its tag or x[0].image with its tag (the chart's default)"
      ),
      (
        "{\"a\":{\"image\":\"k8s.gcr.io/a:1\"},\"b\":{\"image\":\"k8s.gcr.io/a:2\"}}", "{}",
        "k8s.gcr.io/a:2", "set by Helm value b.image with its tag (the chart's default)"
      ),
      (
        "{\"a\":{\"image\":\"k8s.gcr.io/a\",\"digest\":\"\"}}", "{}", "k8s.gcr.io/a:v7",
        "set by Helm value a.image (the chart's default)"
      ),
      // Nothing that names it, or too much.
      ("{\"name\":\"a\",\"fullnameOverride\":\"a\"}", "{}", "a:1", nil),
      ("{\"image\":{\"repository\":\"k8s.gcr.io/a\"}}", "{\"image\":null}", "k8s.gcr.io/a:1", nil),
      ("{\"image\":\"k8s.gcr.io/b:1\"}", "{}", "k8s.gcr.io/a:1", nil),
      ("{\"a\":{\"image\":\"k/a:1\"},\"b\":{\"image\":\"k/a:2\"}}", "{}", "k/a:3", nil),
      ("[]", "7", "k/a:3", nil),
    ] as [(String, String, String, String?)])
  func theValueThatSetAnImageIsNamed(
    values: String, config: String, image: String, expected: String?
  ) throws {
    let json = Packing.json(image: image, values: values, config: config)
    let (record, _) = try HelmReleaseReader.read(Packing.stored(json: json))
    #expect(record.objects.first?.images.first?.setBy == expected)
  }
}
