import Inventory

/// Which contexts a sweep is about: what its flags say together, before any name is known.
struct ContextSelection: Hashable, Sendable {
  let globs: [Glob]
  let expression: String?
  let takesAll: Bool
  let excluded: [Glob]

  /// Nil when the flags ask for no sweep.
  ///
  /// - Throws: where flags contradict each other, or would show one cluster's credentials to all.
  init?(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.sweep
    globs = arguments[flags.contexts].map { Glob($0) }
    expression = arguments[flags.contextsExpression]
    takesAll = arguments[flags.allContexts]
    excluded = arguments[flags.excludedContexts].map { Glob($0) }
    guard takesAll || !globs.isEmpty || expression != nil else {
      try Self.checkAlone(arguments)
      return nil
    }
    try Self.checkConnection(arguments)
  }

  /// The chosen ones among `known`, in their order.
  ///
  /// - Throws: when a flag matches no name, because nobody means that, or nothing is left.
  func names(among known: [String]) throws(ContextSelectionError) -> [String] {
    for glob in globs where !known.contains(where: glob.matches) {
      throw .noMatch(flag: Flags.sweep.contexts.definition.spelling, glob.text, known: known)
    }
    var found: Set<String> = []
    if let expression { found = try Self.matches(of: expression, among: known) }
    if let expression, found.isEmpty {
      throw .noMatch(
        flag: Flags.sweep.contextsExpression.definition.spelling, expression, known: known)
    }
    let chosen = known.filter { name in
      takesAll || found.contains(name) || globs.contains { $0.matches(name) }
    }
    let kept = chosen.filter { name in !excluded.contains { $0.matches(name) } }
    guard !kept.isEmpty else { throw .nothingLeft(chosen: chosen, known: known) }
    return kept
  }

  private static func matches(
    of expression: String, among known: [String]
  ) throws(ContextSelectionError) -> Set<String> {
    let compiled: Regex<AnyRegexOutput>
    do {
      compiled = try Regex(expression)
    } catch {
      throw .invalidExpression(expression)
    }
    return Set(known.filter { $0.firstMatch(of: compiled) != nil })
  }

  /// What only a sweep has a use for.
  private static func checkAlone(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.sweep
    let lonely = [
      (flags.excludedContexts.definition, arguments.isTyped(flags.excludedContexts)),
      (flags.parallelClusters.definition, arguments.isTyped(flags.parallelClusters)),
      (flags.shard.definition, arguments.isTyped(flags.shard)),
      (flags.stream.definition, arguments[flags.stream]),
    ]
    for (flag, isGiven) in lonely where isGiven {
      throw .needsOther(
        flag.spelling, ["--contexts", "--contexts-regex", "--all-contexts"])
    }
  }

  /// A name, an address or a secret of one cluster says nothing about the others, and a token must
  /// not be shown to them.
  private static func checkConnection(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.connection
    let texts = [
      flags.context, flags.cluster, flags.user, flags.server, flags.token,
      flags.clientCertificate, flags.clientKey, flags.certificateAuthority, flags.tlsServerName,
      flags.username, flags.password,
    ]
    let sweep = Flags.sweep
    let given =
      arguments[sweep.allContexts]
      ? sweep.allContexts.definition
      : arguments[sweep.contexts].isEmpty
        ? sweep.contextsExpression.definition : sweep.contexts.definition
    for flag in texts where arguments[flag] != nil {
      throw .contradiction(flag.definition.spelling, given.spelling)
    }
  }
}

/// A selection that chooses nothing; the exit status is 2.
enum ContextSelectionError: Error, Hashable {
  case invalidExpression(String)
  case noMatch(flag: String, String, known: [String])
  /// `--exclude-contexts` took all of `chosen`, or there were none.
  case nothingLeft(chosen: [String], known: [String])
}

func describe(_ error: ContextSelectionError) -> String {
  switch error {
  case .invalidExpression(let text):
    return
      "invalid value \"\(text)\" for \"\(Flags.sweep.contextsExpression.definition.spelling)\";"
      + " expected a regular expression"
  case .noMatch(let flag, let text, let known):
    return "\"\(flag) \(text)\" matches no context; " + names(known)
  case .nothingLeft(let chosen, let known) where chosen.isEmpty:
    return "there is no context to scan; " + names(known)
  case .nothingLeft(let chosen, _):
    return "\"--exclude-contexts\" leaves none of the \(chosen.count) chosen contexts"
  }
}

private func names(_ known: [String]) -> String {
  guard !known.isEmpty else { return "the kubeconfig has none" }
  let quoted = known.map { "\"\($0)\"" }
  return "the kubeconfig has \(quoted.joined(separator: ", "))"
}
