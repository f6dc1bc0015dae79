package import YAMLDocuments

/// Why no cluster could be chosen. No case holds a secret.
package enum KubeconfigError: Error, Hashable, Sendable {
  /// `--kubeconfig` names a file that is not there.
  case missingFile(path: String)
  /// `what` as in "kubeconfig", "certificate-authority of cluster "x"".
  case unreadable(what: String, path: String, reason: String)
  case yaml(path: String, YAMLError)
  /// `field` as in `users[2].user.exec.args`; empty for the whole document.
  case field(path: String, line: Int, column: Int, field: String, problem: String)
  /// No kubeconfig, no pod. `missing` are the files that were looked for.
  case nothingConfigured(missing: [String])
  /// Files were read, none names a current context and no flag does.
  case noCurrentContext(files: [String], known: [String])
  /// `isCurrent`: named by `current-context`, not by a flag.
  case unknownContext(name: String, isCurrent: Bool, known: [String])
  /// `context` nil: named by `--cluster`.
  case unknownCluster(name: String, context: String?, known: [String])
  /// Named by `--user`.
  case unknownUser(name: String, known: [String])
  /// `subject` as in `cluster "x"`, `file` where that was written, if in a file.
  case invalid(subject: String, file: String?, problem: String)
}

/// What works, but should be known.
package enum KubeconfigWarning: Hashable, Sendable {
  /// None of the files named by `KUBECONFIG` exists.
  case allFilesMissing([String])
  case laterDocumentsIgnored(path: String)
  /// The last of two equal keys counts, as for kubectl.
  case duplicateKey(path: String, YAMLError)
  /// A file of `--kubeconfig-dir` that is no kubeconfig.
  case skippedFile(KubeconfigError)
  /// Both are given: kubectl refuses that, its documentation lets the data win, as we do.
  case dataBeforeFile(subject: String, dataField: String, fileField: String)
  case unknownUser(name: String, context: String)
  /// The server is spoken to without TLS: client-go sends no credentials there.
  case credentialsNotSent(server: String)
  /// A kuberc that was not asked for and cannot be used.
  case kubercIgnored(KubeconfigError)
}
