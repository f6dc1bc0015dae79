import Scanning

extension ScanOptions {
  /// What the flags say about which lists to ask for; the same for a scan and for `access`.
  init(_ arguments: ParsedArguments) {
    let namespaces =
      arguments[Flags.selection.allNamespaces] ? [] : arguments[Flags.selection.namespaces]
    self.init(
      namespaces: Array(Set(namespaces)).sorted(),
      chunkSize: arguments.isGiven(Flags.scanning.chunkSize)
        ? arguments[Flags.scanning.chunkSize] : nil,
      maximumNamespaces: arguments[Flags.scanning.maximumNamespaces])
    readsCustomResources = !arguments[Flags.scanning.noCustomResources]
    kinds = KindFilter(
      only: arguments[Flags.scanning.kinds], excluded: arguments[Flags.scanning.excludedKinds])
    configMaps = arguments[Flags.scanning.configMaps]
    helm = arguments[Flags.selection.helm]
    history = arguments[Flags.report.include].contains(.history)
  }
}
