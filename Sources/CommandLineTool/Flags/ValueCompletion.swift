/// What completion offers for a value or an argument.
enum ValueCompletion: Hashable, Sendable {
  /// As the flag's kind tells: choices, files, nothing.
  case byKind
  case files
  case folders
  /// Of the kubeconfig files.
  case contexts
  case clusters
  case users
  /// Of the live cluster, within a short time limit.
  case namespaces
  /// The ids of the catalogue's rules.
  case rules
  /// `FORMAT[=FILE]`
  case formats
  /// `[NAMESPACE/]KIND/NAME`, of the live cluster.
  case workloads
  /// Commands and help topics.
  case helpSubjects
  case words([String])
}
