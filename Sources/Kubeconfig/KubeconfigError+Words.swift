internal import YAMLDocuments

extension KubeconfigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingFile(let path):
      return "kubeconfig \(quoted(path)) does not exist; check --kubeconfig"
    case .unreadable(let what, let path, let reason):
      return "cannot read \(what) \(quoted(path)): \(escaped(reason))"
    case .yaml(let path, let error):
      guard let position = error.position else { return "\(escaped(path)): \(error.problem)" }
      return "\(escaped(path)):\(position.line):\(position.column): \(error.problem)"
    case .field(let path, let line, let column, let field, let problem):
      let place = "\(escaped(path)):\(line):\(column): "
      return place + (field.isEmpty ? "" : field + ": ") + problem
    case .nothingConfigured(let missing):
      let looked = missing.map(quoted).joined(separator: ", ")
      return "no kubeconfig found (looked for \(looked.isEmpty ? "none" : looked)) and this is not "
        + "a pod with a service account; set KUBECONFIG or give --kubeconfig or --server "
        + "(kubectl would try http://localhost:8080 here)"
    case .noCurrentContext(let files, let known):
      let read = files.map(quoted).joined(separator: ", ")
      guard !known.isEmpty else {
        return
          "no context in \(read); add one with `kubectl config set-context` or give --kubeconfig"
      }
      return "no current context in \(read); give --context, one of \(list(known))"
    case .unknownContext(let name, let isCurrent, let known):
      let subject = isCurrent ? "current-context names " : "no "
      let predicate = isCurrent ? ", which no kubeconfig defines" : ""
      return subject + "context \(quoted(name))" + predicate + "; " + choices(for: name, in: known)
    case .unknownCluster(let name, let context?, let known):
      if name.isEmpty { return "context \(quoted(context)) names no cluster; give --cluster" }
      return
        "context \(quoted(context)) names cluster \(quoted(name)), which no kubeconfig defines; "
        + choices(for: name, in: known)
    case .unknownCluster(let name, nil, let known):
      return "no cluster \(quoted(name)); " + choices(for: name, in: known)
    case .unknownUser(let name, let known):
      return "no user \(quoted(name)); " + choices(for: name, in: known)
    case .invalid(let subject, let file, let problem):
      return subject + (file.map { " (\(escaped($0)))" } ?? "") + ": " + problem
    }
  }
}

extension KubeconfigWarning: CustomStringConvertible {
  package var description: String {
    switch self {
    case .allFilesMissing(let paths):
      return "no file of KUBECONFIG exists: " + paths.map(quoted).joined(separator: ", ")
    case .laterDocumentsIgnored(let path):
      return "\(escaped(path)): only the first YAML document is read"
    case .duplicateKey(let path, let error):
      return KubeconfigError.yaml(path: path, error).description + "; the last one counts"
    case .skippedFile(let error):
      return "skipped: \(error)"
    case .dataBeforeFile(let subject, let dataField, let fileField):
      return "\(subject) has both \(dataField) and \(fileField): using \(dataField); "
        + "kubectl refuses this, remove one"
    case .unknownUser(let name, let context):
      return "context \(quoted(context)) names user \(quoted(name)), which no kubeconfig defines: "
        + "going on without credentials"
    case .credentialsNotSent(let server):
      return "\(quoted(server)) is not https: no credentials are sent to it"
    case .kubercIgnored(let error):
      return "no preferences loaded: \(error)"
    }
  }
}

/// In double quotes, with nothing that a terminal would act on.
func quoted(_ text: String) -> String {
  YAMLWriter.doubleQuoted(text)
}

/// As ``quoted(_:)``, without the quotes.
func escaped(_ text: String) -> String {
  String(YAMLWriter.doubleQuoted(text).dropFirst().dropLast())
}

private func list(_ names: [String]) -> String {
  let shown = names.prefix(5).map(quoted).joined(separator: ", ")
  return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
}

private func choices(for name: String, in known: [String]) -> String {
  guard !known.isEmpty else { return "there are none" }
  guard let near = closest(to: name, in: known) else { return "known: " + list(known) }
  return "did you mean \(quoted(near))? known: " + list(known)
}

/// The name with the fewest edits, if these are few for its length; the first of equals.
func closest(to name: String, in known: [String]) -> String? {
  let wanted = name.lowercased()
  // Longer names are no typing errors, and would cost quadratic time.
  guard wanted.count <= 200 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in known {
    let other = candidate.lowercased()
    guard other.count <= 200 else { continue }
    let found = EditDistance.between(wanted, other)
    if found <= max(1, wanted.count / 3), found < best?.distance ?? Int.max {
      best = (candidate, found)
    }
  }
  return best?.name
}
