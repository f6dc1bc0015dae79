import RegistryCatalogue
import Scheduling
import YAMLDocuments

/// `schedule`: the manifests of a scan that a cluster makes of itself.
enum ScheduleCommand {
  static let command = Command(
    name: .schedule,
    group: .time,
    summary: "Print manifests of a scan inside the cluster itself",
    details: [
      "Print a ServiceAccount, a ClusterRole that holds what a scan asks for and nothing else, its"
        + " binding, a PersistentVolumeClaim and a CronJob that scans its own cluster and writes"
        + " CSV, JSON and Prometheus text to the volume. Nothing is applied.",
      "The cluster of the context is asked which kinds it has; where there is none, or with"
        + " --offline, the role names the built-in kinds and those that are documented. What a scan"
        + " may not read stands in its report.",
    ],
    examples: [
      .init(
        comment: "Every morning at six, in a namespace of its own",
        line: "kubectl gcr-report schedule --every '0 6 * * *' --image"
          + " r.example/gcr-report:1 --namespace gcr-report --create-namespace | kubectl apply -f -"
      ),
      .init(
        comment: "With Helm's releases, in Berlin's time, to a volume that exists",
        line: "kubectl gcr-report schedule --every @daily --time-zone Europe/Berlin --helm --claim"
          + " reports --image r.example/gcr-report:1"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let values = try ScheduleValues(invocation.arguments)
    let files = try ScheduleFiles(invocation)
    try ScheduleImage(values.image).check(
      files.catalogue, on: CalendarDate(secondsSince1970: invocation.environment.now()),
      invocation.diagnostics)
    let role = try await ScheduleRole.ask(invocation)
    let arguments = invocation.arguments
    var scan = ScheduledScan(
      name: values.name, namespace: values.namespace ?? role.namespace ?? "default",
      expression: values.expression, timeZone: values.timeZone, image: values.image,
      claim: values.claim, rules: role.rules,
      arguments: ScheduleArguments(arguments, values, files).words)
    scan.createsNamespace = arguments[Flags.schedule.createNamespace]
    scan.remark = role.remark
    scan.files = files.files
    scan.choosesUser = !role.isOpenShift
    // A second scan would find the same.
    let mayFail =
      arguments[Flags.status.failOn] != nil || arguments[Flags.status.requireComplete]
    if mayFail { scan.retries = 0 }
    try invocation.environment.standardOutput.write(scan.manifests())
    return .done
  }
}
