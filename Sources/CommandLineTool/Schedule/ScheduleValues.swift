import Scheduling

/// What the flags of `schedule` say, checked.
struct ScheduleValues {
  let name: String
  /// Nil: that of the context.
  let namespace: String?
  let expression: CronExpression
  let timeZone: String
  let image: String
  let claim: ScheduledScan.Claim
  let keep: Int

  init(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.schedule
    guard let every = arguments[flags.every] else {
      throw .missingFlag("--every CRON", command: .schedule, example: "--every '0 6 * * *'")
    }
    expression = try Self.checked(flags.every, every) { text throws(ScheduleValueError) in
      try CronExpression(text)
    }
    guard let image = arguments[flags.image] else {
      throw .missingFlag(
        "--image IMAGE", command: .schedule,
        example: "--image registry.example.com/gcr-report:\(Version.number)")
    }
    self.image = image
    name = try Self.checked(flags.name, arguments[flags.name] ?? Self.usualName) {
      text throws(ScheduleValueError) in
      try ScheduleValue.label(text, limit: ScheduledScan.nameLimit)
    }
    if let given = arguments[flags.namespace] {
      namespace = try Self.checked(flags.namespace, given) {
        text throws(ScheduleValueError) in try ScheduleValue.label(text)
      }
    } else if arguments[flags.createNamespace] {
      throw .needsOther(
        flags.createNamespace.definition.spelling, [flags.namespace.definition.spelling])
    } else {
      namespace = nil
    }
    timeZone = try Self.checked(flags.timeZone, arguments[flags.timeZone] ?? "Etc/UTC") {
      text throws(ScheduleValueError) in try ScheduleValue.timeZone(text)
    }
    keep = arguments[flags.keep]
    guard let existing = arguments[flags.claim] else {
      claim = .new(
        storage: try Self.checked(flags.storage, arguments[flags.storage] ?? "1Gi") {
          text throws(ScheduleValueError) in try ScheduleValue.storage(text)
        })
      return
    }
    guard !arguments.isTyped(flags.storage) else {
      throw .contradiction(flags.claim.definition.spelling, flags.storage.definition.spelling)
    }
    claim = .existing(
      try Self.checked(flags.claim, existing) { text throws(ScheduleValueError) in
        try ScheduleValue.subdomain(text)
      })
  }

  private static let usualName = "gcr-report"

  private static func checked<Value>(
    _ flag: Flag<String?>, _ text: String,
    _ read: (String) throws(ScheduleValueError) -> Value
  ) throws(UsageError) -> Value {
    do {
      return try read(text)
    } catch {
      throw .invalidValue(
        flag: flag.definition.spelling, value: text, expected: error.expected)
    }
  }
}
