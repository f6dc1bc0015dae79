import ImageReferences
import RegistryProbes
import Reports

/// The answers as a document of their own kind.
enum CheckJSON {
  static func document(_ report: CheckReport) -> [UInt8] {
    JSONValue.members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Check"),
      "images": .array(report.rows.map(row)),
      "notRead": .texts(report.gaps),
    ]).serialized()
  }

  private static func row(_ row: CheckRow) -> JSONValue {
    .members([
      "image": answer(row.subject.image, row.outcome, row),
      "replacement": row.replacement.flatMap { outcome in
        row.subject.replacement.map { answer($0, outcome, row) }
      } ?? .null,
      "askedAt": .string(Timestamp.text(secondsSince1970: row.seconds)),
      "isMechanical": .bool(row.subject.isMechanical),
      "sameDigest": row.isSameDigest.map { .bool($0) } ?? .null,
      "neededPlatforms": .texts(row.subject.platforms.sorted()),
    ])
  }

  private static func answer(
    _ reference: ImageReference, _ outcome: ProbeOutcome, _ row: CheckRow
  ) -> JSONValue {
    .members([
      "reference": .string(reference.canonical),
      "state": .string(outcome.word),
      "reason": .text(outcome.reason),
      "digest": .text(outcome.image?.digest),
      "platforms": outcome.image?.platforms.map { .texts($0) } ?? .null,
      "missingPlatforms": row.missingPlatforms(outcome).map { .texts($0) } ?? .null,
    ])
  }
}
