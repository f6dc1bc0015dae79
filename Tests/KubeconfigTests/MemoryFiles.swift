import Kubeconfig

/// A disk in memory.
struct MemoryFiles: KubeconfigFiles {
  var files: [String: String] = [:]
  var executables: Set<String> = []
  var failures: [String: FileFailure] = [:]

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    if let failure = failures[path] { throw failure }
    guard let text = files[path] else { throw .missing }
    return Array(text.utf8)
  }

  func fileNames(in directory: String) throws(FileFailure) -> [String] {
    if let failure = failures[directory] { throw failure }
    return files.keys.filter { $0.hasPrefix(directory + "/") }
      .map { String($0.dropFirst(directory.count + 1)) }.sorted()
  }

  func isExecutable(_ path: String) -> Bool { executables.contains(path) }

  func sources(_ environment: [String: String] = [:]) -> KubeconfigSources {
    KubeconfigSources(
      environment: environment, homeDirectory: "/home/me", workingDirectory: "/work", files: self)
  }
}
