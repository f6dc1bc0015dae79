/// What the selected files say together.
package struct Kubeconfig: Sendable {
  /// Of the files that were read, in their order.
  package let files: [String]
  package let missingFiles: [String]
  /// Empty if no file names one.
  package internal(set) var currentContext = ""
  /// In the order of the files, then of the text.
  package private(set) var contexts: [KubeconfigContext] = []
  package private(set) var clusters: [KubeconfigCluster] = []
  package private(set) var users: [KubeconfigUser] = []
  package internal(set) var warnings: [KubeconfigWarning] = []

  let sources: KubeconfigSources
  private var placeOfContext: [String: Int] = [:]
  private var placeOfCluster: [String: Int] = [:]
  private var placeOfUser: [String: Int] = [:]

  init(sources: KubeconfigSources, files: [String], missingFiles: [String]) {
    self.sources = sources
    self.files = files
    self.missingFiles = missingFiles
  }

  package var contextNames: [String] { contexts.map(\.name) }

  package func context(named name: String) -> KubeconfigContext? {
    placeOfContext[name].map { contexts[$0] }
  }

  package func cluster(named name: String) -> KubeconfigCluster? {
    placeOfCluster[name].map { clusters[$0] }
  }

  package func user(named name: String) -> KubeconfigUser? {
    placeOfUser[name].map { users[$0] }
  }

  /// Names that are known already keep their entry.
  mutating func add(_ file: KubeconfigFile) {
    for entry in file.contexts where placeOfContext[entry.name] == nil {
      placeOfContext[entry.name] = contexts.count
      contexts.append(entry)
    }
    for entry in file.clusters where placeOfCluster[entry.name] == nil {
      placeOfCluster[entry.name] = clusters.count
      clusters.append(entry)
    }
    for entry in file.users where placeOfUser[entry.name] == nil {
      placeOfUser[entry.name] = users.count
      users.append(entry)
    }
  }
}
