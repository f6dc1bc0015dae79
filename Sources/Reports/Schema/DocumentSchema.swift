/// The documents that `-o json` writes, each with a JSON Schema.
package enum DocumentSchema: String, Hashable, Sendable, CaseIterable {
  case report
  case history
  case diff
  case trend
  case trace

  package func render() -> [UInt8] { document.serialized() }

  var document: JSONValue {
    switch self {
    case .report: ReportSchema.document
    case .history: ScanListSchema.document
    case .diff: DiffSchema.document
    case .trend: TrendSchema.document
    case .trace: TraceSchema.document
    }
  }
}
