/// What a scheduled scan is called, and when and where it runs.
struct ScheduleFlags: FlagGroup {
  static let category = FlagCategory.schedule
  static let commands: Set<CommandName> = [.schedule]

  let every = Flag.text(
    "every", "CRON",
    "When to scan: minute, hour, day of month, month and day of week, or @daily and the like"
  ).settable(.nowhere)
  let timeZone = Flag.text(
    "time-zone", "NAME",
    "The time zone of --every, by its name in the tz database; Etc/UTC"
      + " without the flag")
  let image = Flag.text(
    "image", "IMAGE", "The image of this program, with a tag or digest; the Containerfile builds it"
  ).settable(.nowhere)
  let name = Flag.text(
    "name", "NAME",
    "The name of the objects, and the beginning of the files' names; gcr-report"
      + " without the flag"
  ).settable(.nowhere)
  let namespace = Flag.text(
    "namespace", short: "n", "NAME",
    "The namespace of the objects; that of the context without the flag"
  ).completing(.namespaces).settable(.nowhere)
  let createNamespace = Flag.toggle(
    "create-namespace", "Also print the namespace, with the restricted Pod Security Standard"
  ).settable(.nowhere)
  let claim = Flag.text(
    "claim", "NAME", "Write to this PersistentVolumeClaim, which exists, instead of a new one"
  ).settable(.nowhere)
  let storage = Flag.text(
    "storage", "SIZE", "The size of the new PersistentVolumeClaim; 1Gi without the flag")
  let keep = Flag.integer(
    "keep", default: 30, atLeast: 0, "Keep the files of so many scans; 0 keeps all")
  let offline = Flag.toggle(
    "offline",
    "Ask no cluster: the role then names the built-in kinds and every kind whose image fields are"
      + " documented, whether the cluster has it or not"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] {
    [
      every, timeZone, image, name, namespace, createNamespace, claim, storage, keep, offline,
    ]
  }
}
