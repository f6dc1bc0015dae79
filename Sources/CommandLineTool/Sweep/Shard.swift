import RegistryCatalogue

/// One of `count` parts of a fleet; `index` counts from 1.
///
/// Which part a context belongs to depends on its name, its server and its certificate authority
/// alone: other contexts may come and go. The parts are about equal in number, not in work.
struct Shard: Hashable, Sendable {
  let index: Int
  let count: Int

  init?(index: Int, count: Int) {
    guard (1...max(1, count)).contains(index), count >= 1 else { return nil }
    self.index = index
    self.count = count
  }

  /// `I/N`, as `--shard` takes it.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(index: index, count: count)
  }

  /// `JOB_COMPLETION_INDEX`, which Kubernetes sets in the Pods of an Indexed Job and which counts
  /// from 0, and `JOB_COMPLETIONS`, which the Job's manifest sets to its `spec.completions`.
  ///
  /// Nil unless both are set.
  static func ofJob(_ variables: [String: String]) throws(ShardError) -> Shard? {
    guard let index = variables["JOB_COMPLETION_INDEX"], !index.isEmpty else { return nil }
    guard let count = variables["JOB_COMPLETIONS"], !count.isEmpty else { return nil }
    guard let number = Int(index), let completions = Int(count), number < Int.max,
      let shard = Shard(index: number + 1, count: completions)
    else { throw ShardError(index: index, completions: count) }
    return shard
  }

  /// - Parameters:
  ///   - server: as the kubeconfig has it; empty where it has none.
  ///   - authority: as `CertificateAuthorities` words it; nil where nothing is checked.
  func holds(context: String, server: String, authority: String?) -> Bool {
    let parts = [server, authority ?? "", context]
    // Lengths first: no text can pass for two others.
    let digest = SHA256.hex(parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) })
    // 60 bits: enough to part evenly, and they fit.
    let number = UInt64(digest.prefix(15), radix: 16) ?? 0
    return number % UInt64(count) == UInt64(index - 1)
  }
}

/// An environment that names no shard; the exit status is 2.
struct ShardError: Error, Hashable {
  let index: String
  let completions: String
}

func describe(_ error: ShardError) -> String {
  "JOB_COMPLETION_INDEX is \"\(error.index)\" and JOB_COMPLETIONS \"\(error.completions)\"; expected"
    + " whole numbers, the first from 0 to one less than the second"
}

extension Flag where Value == Shard? {
  static func shard(_ name: String, _ help: String) -> Self {
    let definition = FlagDefinition(name, nil, .text, "I/N", help: help, commands: [])
    return Flag(definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      try last(of: occurrences, expected: "a part such as 2/5, counted from 1") { Shard($0) }
    }
  }
}
