import Kubeconfig
import RegistryCatalogue
import Scheduling

/// The files that the scan is to judge by: read and checked here, carried by a ConfigMap.
struct ScheduleFiles {
  static let rulesName = "rules.yaml"
  static let exceptionsName = "exceptions.yaml"
  /// An object of Kubernetes has 1 MiB, its other fields included.
  private static let limit = 900 << 10

  private(set) var files: [ScheduledScan.File] = []
  let catalogue: Catalogue

  /// - Throws: when a file cannot be read, is wrong, or both are too large together.
  init(_ invocation: Invocation) throws {
    catalogue = try CatalogueSource(invocation).load()
    _ = try ExceptionsSource(invocation)
    let given = [
      (Flags.report.rules, Self.rulesName), (Flags.report.exceptions, Self.exceptionsName),
    ]
    for (flag, name) in given {
      guard let path = invocation.arguments[flag] else { continue }
      let text: String
      do {
        text = String(decoding: try LocalFiles().read(path), as: UTF8.self)
      } catch {
        throw RulesFileError(path: path, reason: error.inWords)
      }
      files.append(.init(name: name, text: text))
      guard files.reduce(0, { $0 + $1.text.utf8.count }) <= Self.limit else {
        throw UsageError.invalidValue(
          flag: flag.definition.spelling, value: path,
          expected: "at most 900 KiB of files, which is what a ConfigMap holds")
      }
    }
  }

  /// Where the scan finds it; nil when it was not given.
  func path(of name: String) -> String? {
    files.contains { $0.name == name } ? "\(ScheduledScan.fileFolder)/\(name)" : nil
  }
}
