import Testing

@testable import Scheduling

@Suite struct ScheduleValueTests {
  @Test(arguments: ["a", "gcr-report", "0", String(repeating: "x", count: 52)])
  func labels(text: String) throws {
    #expect(try ScheduleValue.label(text, limit: 52) == text)
  }

  @Test(arguments: [
    "", "-a", "a-", "A", "a.b", "a_b", "a b", "a\n", "é", "a: b", String(repeating: "x", count: 53),
  ])
  func noLabels(text: String) {
    #expect(throws: ScheduleValueError.self) { try ScheduleValue.label(text, limit: 52) }
  }

  @Test func subdomains() throws {
    #expect(try ScheduleValue.subdomain("reports.team-a") == "reports.team-a")
    for text in ["", ".", "a.", "a..b", "A", "a/b", String(repeating: "a.", count: 127) + "a"] {
      #expect(throws: ScheduleValueError.self) { try ScheduleValue.subdomain(text) }
    }
  }

  @Test(arguments: ["1Gi", "500Mi", "1.5G", "1000000", "0.5Ti", "3k"])
  func amounts(text: String) throws {
    #expect(try ScheduleValue.storage(text) == text)
  }

  @Test(arguments: [
    "", "0", "0Gi", "Gi", "-1Gi", "1 Gi", "1GB", "1gi", "1.2.3Gi", ".5Gi", "1.Gi", "1m", "１Gi",
    "1Gi\n",
  ])
  func noAmounts(text: String) {
    #expect(throws: ScheduleValueError.self) { try ScheduleValue.storage(text) }
  }

  @Test(arguments: ["UTC", "Etc/UTC", "Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+1"])
  func timeZones(text: String) throws {
    #expect(try ScheduleValue.timeZone(text) == text)
  }

  @Test(arguments: ["", "Local", "local", "/etc/passwd", "../x", "Europe/", "a b", "a\nb"])
  func noTimeZones(text: String) {
    #expect(throws: ScheduleValueError.self) { try ScheduleValue.timeZone(text) }
  }
}
