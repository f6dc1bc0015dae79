import Dispatch
import Kubeconfig
import RegistryCatalogue

/// The embedded catalogue, with the rules of `--rules` added.
struct CatalogueSource {
  /// Nil without `--rules`.
  private let extended: Catalogue?

  /// Reads the file of `--rules`, if any.
  init(_ invocation: Invocation) throws {
    guard let path = invocation.arguments[Flags.report.rules] else {
      extended = nil
      return
    }
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles().read(path)
    } catch {
      throw RulesFileError(path: path, reason: error.inWords)
    }
    extended = try Catalogue.embedded.adding(bytes, path: path)
  }

  /// Loaded by whoever asks first; others wait.
  func load() throws -> Catalogue {
    if let extended { return extended }
    return try Catalogue.embedded
  }

  /// Begins to load what is embedded on another thread, beside the first requests; after it the
  /// start has done its work.
  static func prepare() {
    DispatchQueue.global(qos: .userInitiated).async {
      _ = Result { try Catalogue.embedded }
      HeapSettings.releaseStart()
    }
  }
}

/// A rules file that cannot be read at all.
struct RulesFileError: Error, Hashable {
  let path: String
  let reason: String
}
