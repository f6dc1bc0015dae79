import Glibc
import Testing

@testable import CommandLineTool

@Suite struct ExitStatusTests {
  /// The truth table: `T` true, `F` false, `-` either. Columns: interrupted, usage error, error,
  /// --exit-zero, findings, cluster unread, gap, --require-complete.
  private static let table: [(String, ToolStatus)] = [
    ("T-------", .interrupted),
    ("FT------", .usage),
    ("FFT-----", .error),
    ("FFFT----", .done),
    ("FFFFT---", .findings),
    ("FFFFFT--", .incomplete),
    ("FFFFFFTT", .incomplete),
    ("FFFFFFTF", .done),
    ("FFFFFFF-", .done),
  ]

  @Test func everyCombinationHasOneRow() {
    for bits in 0..<256 {
      let values = (0..<8).map { bits & (1 << $0) != 0 }
      let facts = ExitFacts(
        wasInterrupted: values[0], hasUsageError: values[1], hasError: values[2],
        hasFindings: values[4], isClusterUnread: values[5], hasGap: values[6],
        requiresComplete: values[7], exitsZero: values[3])
      let rows = Self.table.filter { row in
        zip(row.0, values).allSatisfy { $0 == "-" || ($0 == "T") == $1 }
      }
      #expect(rows.map(\.1) == [ToolStatus.decide(facts)], "\(values)")
    }
  }

  @Test func numbers() {
    #expect(ToolStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 130, 143, 129])
    let ofSignals = [SIGINT, SIGTERM, SIGHUP].map { ($0, ToolStatus.ended(by: $0).rawValue) }
    #expect(ofSignals.allSatisfy { $1 == 128 + $0 })
  }
}
