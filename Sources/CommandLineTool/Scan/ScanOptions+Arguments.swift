import Inventory
import Scanning

extension ScanOptions {
  /// What the flags say about which lists to ask for; the same for a scan and for `access`.
  init(_ arguments: ParsedArguments) {
    let namespaces =
      arguments[Flags.selection.allNamespaces] ? [] : arguments[Flags.selection.namespaces]
    self.init(
      namespaces: Set(namespaces.filter { !Glob($0).isPattern }).sorted(),
      chunkSize: arguments.isGiven(Flags.scanning.chunkSize)
        ? arguments[Flags.scanning.chunkSize] : nil,
      maximumNamespaces: arguments[Flags.scanning.maximumNamespaces])
    readsCustomResources = !arguments[Flags.scanning.noCustomResources]
    kinds = KindFilter(
      only: arguments[Flags.scanning.kinds], excluded: arguments[Flags.scanning.excludedKinds])
    namespacePatterns = namespaces.map { Glob($0) }.filter(\.isPattern)
    excludedNamespaces = arguments[Flags.filter.excludedNamespaces]
    selector = arguments[Flags.filter.selector]
    configMaps = arguments[Flags.scanning.configMaps]
    helm = arguments[Flags.selection.helm]
    history = arguments[Flags.report.include].contains(.history)
  }
}
