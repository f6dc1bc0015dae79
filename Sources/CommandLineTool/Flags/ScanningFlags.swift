/// How a scan goes about it, and how much it asks of the API server.
struct ScanningFlags: FlagGroup {
  static let category = FlagCategory.scanning
  static let commands = CommandName.onFindings.union([.scan, .explain])
  private static let withSchedule = commands.union([.schedule])
  private static let withAccess = withSchedule.union([.access])

  let chunkSize = Flag.integer(
    "chunk-size", default: 500, atLeast: 0,
    "Ask for large lists in pages of this many objects; 0 asks for whole lists")
  let configMaps = Flag.toggle(
    "configmaps", commands: withAccess,
    "Also search the text of every ConfigMap for images that the catalogue knows; without it only the"
      + " ConfigMaps of kubeadm and of well-known injectors are read, by name")
  let maximumNamespaces = Flag.integer(
    "max-namespaces", default: 500, atLeast: 1, commands: withAccess,
    "Stop after this many namespaces where each must be asked for on its own; the report names"
      + " the rest as not read")
  let noCustomResources = Flag.toggle(
    "no-custom-resources", commands: withAccess,
    "Leave out custom resources: read the built-in kinds alone")
  let kinds = Flag.list(
    "kinds", "KIND", commaSeparated: true, commands: withAccess,
    "Read only these kinds, built-in ones included: Rollout, rollouts or rollouts.argoproj.io")
  let excludedKinds = Flag.list(
    "exclude-kinds", "KIND", commaSeparated: true, commands: withAccess,
    "Leave these kinds out")
  let cacheDirectory = Flag.path(
    "cache-dir", placeholder: "DIR", commands: withAccess,
    "Keep what the schemas of custom resources say in this folder; the default is"
      + " kube/gcr-report in $XDG_CACHE_HOME, else ~/.kube/cache/gcr-report")
  let parallelCredentials = Flag.integer(
    "parallel-credentials", default: 4, atLeast: 1, commands: withSchedule,
    "Run at most this many credential plugins at once")

  var flags: [any ReadableFlag] {
    [
      chunkSize, configMaps, maximumNamespaces, noCustomResources, kinds, excludedKinds,
      cacheDirectory, parallelCredentials,
    ]
  }
}
