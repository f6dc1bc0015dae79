import Inventory
import KubernetesAPI
import Testing

@testable import Scanning

@Suite struct ControllerRevisionTemplateTests {
  private func record(_ data: String) -> ControllerRevisionRecord {
    var record = ControllerRevisionRecord()
    record.metadata.name = "db-1"
    record.data = Array(data.utf8)
    return record
  }

  @Test func thePatchHoldsTheWholeTemplate() throws {
    let object = try ControllerRevisionTemplate.object(
      record(
        """
        {"spec":{"replicas":null,"template":{"$patch":"replace","metadata":{"image":"no:1"},"spec":
        {"initContainers":[{"name":"i","image":"i:1"}],"containers":[{"name":"c","image":"c:1"}]}}}}
        """))
    #expect(object?.kind == "ControllerRevision" && object?.activity == .history)
    #expect(
      object?.images.map { "\($0.path) \($0.role.rawValue) \($0.container) \($0.image)" } == [
        "data.spec.template.spec.containers[0].image container c c:1",
        "data.spec.template.spec.initContainers[0].image init i i:1",
      ])
  }

  /// Other controllers keep what they like in `data`.
  @Test(arguments: [
    "", "{}", "[1]", "null", "{\"spec\":[]}", "{\"spec\":{\"template\":\"x\"}}",
  ])
  func anotherShapeHasNoTemplate(data: String) throws {
    #expect(try ControllerRevisionTemplate.object(record(data)) == nil)
  }

  @Test(arguments: [
    "{", "{\"spec\":", "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{]}}}}",
    "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"image\":7}]}}}}",
  ])
  func damagedDataIsAnError(data: String) {
    #expect(throws: WireError.self) { try ControllerRevisionTemplate.object(record(data)) }
  }
}
