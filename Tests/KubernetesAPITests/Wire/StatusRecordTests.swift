import Foundation
import Testing

@testable import KubernetesAPI

@Suite struct StatusRecordTests {
  private func decode(_ name: String) throws -> StatusRecord? {
    try StatusRecord.decode(
      Recording.body(name), contentType: Recording.contentType(name))
  }

  @Test(arguments: [
    ("error-400-bad-continue", 400, "BadRequest", 0), ("error-401", 401, "Unauthorized", 0),
    ("error-403-anonymous", 403, "Forbidden", 0), ("error-403-protobuf", 403, "Forbidden", 0),
    ("error-404-object", 404, "NotFound", 0), ("error-406", 406, "NotAcceptable", 0),
    ("error-410-expired-continue", 410, "Expired", 0),
    ("error-410-expired-continue-protobuf", 410, "Expired", 0),
    ("error-429-storage-initializing", 429, "TooManyRequests", 1),
    ("error-504-rv-too-large", 504, "Timeout", 1),
  ])
  func recorded(name: String, code: Int, reason: String, retryAfter: Int) throws {
    let record = try #require(try decode(name))
    #expect(record.status == "Failure")
    #expect(record.code == code)
    #expect(record.reason == reason)
    #expect(record.retryAfterSeconds == retryAfter)
    #expect(!record.message.isEmpty)
    #expect(record.continueToken.isEmpty == (code != 410))
  }

  @Test func bothEncodingsAgree() throws {
    let json = try #require(try decode("error-410-expired-continue"))
    let protobuf = try #require(try decode("error-410-expired-continue-protobuf"))
    #expect(json.continueToken.hasPrefix("eyJ2IjoibWV0YS5rOHMuaW8vdjEi"))
    #expect(protobuf == json)
    #expect(
      try decode("error-403-protobuf")?.message
        == "pods is forbidden: User \"lab-limited\" cannot list resource \"pods\""
        + " in API group \"\" at the cluster scope")
  }

  @Test(arguments: ["error-404-group", "error-404-path", "broken-apiservice-503"])
  func textIsNoStatus(name: String) throws {
    #expect(try decode(name) == nil)
  }

  @Test func otherKindsAreNoStatus() throws {
    #expect(
      try StatusRecord.decode(
        Recording.list("core-podtemplates", .json), contentType: "application/json") == nil)
    #expect(
      try StatusRecord.decode(
        Recording.list("core-podtemplates", .protobuf),
        contentType: "application/vnd.kubernetes.protobuf") == nil)
    #expect(
      try StatusRecord.decode(
        Data(#"{"status":{"phase":"Running"},"kind":"Pod"}"#.utf8), contentType: "application/json")
        == nil)
  }

  @Test func truncatedAtEveryByteNeverCrashes() throws {
    for name in ["error-410-expired-continue", "error-410-expired-continue-protobuf"] {
      let body = try Recording.body(name)
      let contentType = try Recording.contentType(name)
      let whole = try decode(name)
      for length in 0..<body.count {
        do {
          let part = try StatusRecord.decode(body.prefix(length), contentType: contentType)
          // Only what follows the whole status may be missing.
          #expect(part == nil || part == whole)
        } catch {
          #expect("\(error)".hasPrefix("the answer"))
        }
      }
    }
  }
}
