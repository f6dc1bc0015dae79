/// Finds, reads and merges the kubeconfig files that ``KubeconfigSources`` selects.
package struct KubeconfigLoader: Sendable {
  private let sources: KubeconfigSources

  package init(sources: KubeconfigSources) {
    self.sources = sources
  }

  /// client-go's `ClientConfigLoadingRules.Load` (tools/clientcmd/loader.go).
  ///
  /// Missing files of a list are left out; any file that is there must be readable. No file at
  /// all is an empty configuration, not an error: ``Kubeconfig/resolve(context:overrides:)``
  /// decides what that means.
  package func load() throws(KubeconfigError) -> Kubeconfig {
    switch sources.selection {
    case .file(let path) where !path.isEmpty:
      let absolute = sources.absolute(path)
      guard let file = try read(absolute) else { throw .missingFile(path: path) }
      return merged([(absolute, file)], missing: [])
    case .directory(let path):
      return try loadDirectory(sources.absolute(path))
    case .automatic, .file:  // An empty `--kubeconfig` is none, as for kubectl.
      return try loadList()
    }
  }

  private func loadList() throws(KubeconfigError) -> Kubeconfig {
    let list = sources.environment["KUBECONFIG"] ?? ""
    var paths: [String] = []
    if list.isEmpty {
      if let home = sources.homeDirectory { paths = [home + "/.kube/config"] }
    } else {
      for path in list.split(separator: ":") where !paths.contains(String(path)) {
        paths.append(String(path))
      }
    }
    var files: [(path: String, file: KubeconfigFile)] = []
    var missing: [String] = []
    for path in paths.map(sources.absolute) {
      if let file = try read(path) { files.append((path, file)) } else { missing.append(path) }
    }
    var result = merged(files, missing: missing)
    if !list.isEmpty, files.isEmpty { result.warnings.append(.allFilesMissing(missing)) }
    return result
  }

  /// Each file stands alone: its names get its own as prefix, so that equal names do not meet.
  private func loadDirectory(_ directory: String) throws(KubeconfigError) -> Kubeconfig {
    let names: [String]
    do {
      names = try sources.files.fileNames(in: directory)
    } catch {
      throw .unreadable(what: "folder of --kubeconfig-dir", path: directory, reason: error.inWords)
    }
    var files: [(path: String, file: KubeconfigFile)] = []
    var skipped: [KubeconfigWarning] = []
    for name in names {
      let path = FilePaths.resolve(name, base: directory)
      do throws(KubeconfigError) {
        guard var file = try read(path) else {
          throw KubeconfigError.unreadable(
            what: "kubeconfig", path: path, reason: "its link leads nowhere")
        }
        if file.contexts.isEmpty { continue }
        file.prefixNames(with: name + ":")
        files.append((path, file))
      } catch {
        skipped.append(.skippedFile(error))
      }
    }
    var result = merged(files, missing: files.isEmpty ? [directory] : [])
    result.warnings += skipped
    return result
  }

  /// nil if there is no such file.
  private func read(_ path: String) throws(KubeconfigError) -> KubeconfigFile? {
    let content: [UInt8]
    do {
      content = try sources.files.read(path)
    } catch .missing {
      return nil
    } catch {
      throw .unreadable(what: "kubeconfig", path: path, reason: error.inWords)
    }
    return try KubeconfigFile(path: path, content: content)
  }

  /// The first file to name a cluster, user or context wins whole; so does the first
  /// `current-context` that is not empty.
  private func merged(
    _ files: [(path: String, file: KubeconfigFile)], missing: [String]
  ) -> Kubeconfig {
    var result = Kubeconfig(sources: sources, files: files.map(\.path), missingFiles: missing)
    for (_, file) in files {
      if result.currentContext.isEmpty { result.currentContext = file.currentContext }
      result.add(file)
      result.warnings += file.warnings
    }
    return result
  }
}

extension KubeconfigFile {
  fileprivate mutating func prefixNames(with prefix: String) {
    currentContext = ""
    for index in clusters.indices { clusters[index].name = prefix + clusters[index].name }
    for index in users.indices { users[index].name = prefix + users[index].name }
    for index in contexts.indices {
      contexts[index].name = prefix + contexts[index].name
      if !contexts[index].cluster.isEmpty {
        contexts[index].cluster = prefix + contexts[index].cluster
      }
      if !contexts[index].user.isEmpty { contexts[index].user = prefix + contexts[index].user }
    }
  }
}
