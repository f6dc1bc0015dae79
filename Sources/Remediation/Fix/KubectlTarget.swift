package import Reports

/// How commands reach one cluster and no other.
package struct KubectlTarget: Hashable, Sendable {
  /// After `kubectl`, with a blank before each flag: ` --context prod`.
  let flags: String
  /// The same for `helm`.
  let helmFlags: String
  /// Whether a person must set CONTEXT first: the report names no context that could be typed.
  let needsContext: Bool

  /// The report was made with the user's own flags; they are repeated, and the context is always
  /// named, whichever is current when a command is typed.
  package init(_ cluster: ClusterReport, of report: Report) {
    var flags = ""
    var helmFlags = ""
    var context = cluster.contexts.first
    var namesServer = false
    var isTypable = true
    func add(_ name: String, _ value: String, helm: String? = nil) {
      guard let word = ShellWord.text(value) else {
        isTypable = false
        return
      }
      flags += " \(name) \(word)"
      if let helm { helmFlags += " \(helm) \(word)" }
    }
    for flag in report.target.connection {
      // A switch, which kubectl has too.
      guard let value = flag.value else {
        flags += " \(flag.name)"
        continue
      }
      switch flag.name {
      case "--context": continue
      case "--kubeconfig": add(flag.name, value, helm: flag.name)
      case "--kubeconfig-dir":
        // Contexts are called `file:context` there.
        guard let name = context, let colon = name.firstIndex(of: ":") else { continue }
        add("--kubeconfig", "\(value)/\(name[..<colon])", helm: "--kubeconfig")
        context = String(name[name.index(after: colon)...])
      case "--server":
        namesServer = true
        add(flag.name, value, helm: "--kube-apiserver")
      default: add(flag.name, value)
      }
    }
    // A scan without a context is called by its server, or `in-cluster`.
    let isNamed = context.map { $0 != cluster.server && $0 != "in-cluster" && !$0.isEmpty } ?? false
    if isNamed, let context, let word = ShellWord.text(context), isTypable {
      self.flags = flags + " --context \(word)"
      self.helmFlags = helmFlags + " --kube-context \(word)"
      needsContext = false
    } else if namesServer, !isNamed, isTypable {
      self.flags = flags
      self.helmFlags = helmFlags
      needsContext = false
    } else {
      // An unset variable ends the command before it reaches any cluster.
      self.flags = " --context \"${CONTEXT:?}\""
      self.helmFlags = " --kube-context \"${CONTEXT:?}\""
      needsContext = true
    }
  }

  /// `kubectl --context prod -n shop`, or nil when the namespace cannot be typed.
  func kubectl(_ namespace: String = "") -> String? {
    guard !namespace.isEmpty else { return "kubectl\(flags)" }
    return ShellWord.text(namespace).map { "kubectl\(flags) -n \($0)" }
  }
}
