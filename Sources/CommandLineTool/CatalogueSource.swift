import Kubeconfig
import RegistryCatalogue

/// The embedded catalogue, with the rules of `--rules` added.
struct CatalogueSource {
  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  func load() throws -> Catalogue {
    let catalogue = try Catalogue.embedded()
    guard let path = invocation.arguments[Flags.report.rules] else { return catalogue }
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles().read(path)
    } catch {
      throw RulesFileError(path: path, reason: error.inWords)
    }
    return try catalogue.adding(bytes, path: path)
  }
}

/// A rules file that cannot be read at all.
struct RulesFileError: Error, Hashable {
  let path: String
  let reason: String
}
