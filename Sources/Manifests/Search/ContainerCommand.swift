/// Whether a command line asks for an image at a place: `docker run --rm -v a:/b IMAGE server`.
///
/// Flags and subcommands: https://docs.docker.com/reference/cli/docker/,
/// https://docs.podman.io/en/latest/Commands.html, https://kind.sigs.k8s.io/docs/user/quick-start/
enum ContainerCommand {
  /// Reaches back over lines that end in `\`, as far as the text goes.
  static func takesImage(at start: Int, in bytes: [UInt8], _ text: Range<Int>) -> Bool {
    let first = beginning(of: start, in: bytes, text)
    guard let words = words(in: bytes, first..<start, end: end(of: start, in: bytes, text)),
      let tool = words.lastIndex(where: { tools[name(of: $0)] != nil }),
      let kind = tools[name(of: words[tool])]
    else { return false }
    let arguments = words[(tool + 1)...]
    switch kind {
    case .engine: return isEngineImage(arguments)
    case .subcommands(let known):
      let verbs = arguments.filter { !$0.hasPrefix("-") }
      return known.contains { verbs.starts(with: $0) }
        && !arguments.last.map(takesValue).isTrue
    }
  }

  // MARK: Programs

  private enum Tool {
    /// Docker, and what takes its words.
    case engine
    /// What stands after these is an image.
    case subcommands([[String]])
  }

  private static let tools: [String: Tool] = [
    "docker": .engine, "podman": .engine, "nerdctl": .engine, "container_engine": .engine,
    "container_runtime": .engine, "container_tool": .engine, "container_cli": .engine,
    "crictl": .subcommands([["pull"], ["rmi"], ["inspecti"]]),
    "kind": .subcommands([["load", "docker-image"]]),
    "minikube": .subcommands([["image", "load"], ["image", "pull"], ["cache", "add"]]),
    "k3d": .subcommands([["image", "import"], ["images", "import"]]),
    "crane": .subcommands([["copy"], ["cp"], ["pull"], ["digest"], ["manifest"], ["config"]]),
    "trivy": .subcommands([["image"], ["i"]]),
  ]

  /// `docker` of `/usr/bin/docker`, `@docker`, `$(DOCKER)`.
  private static func name(of word: String) -> String {
    let bare = word.drop { "@$({-".contains($0) }.prefix { !")}".contains($0) }
    return (bare.split(separator: "/").last.map(String.init) ?? "").lowercased()
  }

  private static func isEngineImage(_ words: ArraySlice<String>) -> Bool {
    var rest = words
    // Flags of the program itself: `docker --context x run`.
    while let word = rest.first, word.hasPrefix("-") {
      rest = rest.dropFirst()
      if ["--context", "-c", "--host", "-H", "--config", "--namespace", "-n"].contains(word) {
        rest = rest.dropFirst()
      }
    }
    guard let verb = rest.first else { return false }
    rest = rest.dropFirst()
    switch verb {
    case "run", "create": return isFirst(after: rest)
    case "container", "service":
      guard let second = rest.first, second == "run" || second == "create" else { return false }
      return isFirst(after: rest.dropFirst())
    case "pull", "push", "tag", "rmi", "save", "inspect", "history", "scan", "sbom":
      return !rest.last.map(takesValue).isTrue
    case "image", "manifest", "scout":
      return !rest.isEmpty && !rest.last.map(takesValue).isTrue
    case "buildx": return rest.first == "imagetools" && !rest.last.map(takesValue).isTrue
    default: return false
    }
  }

  // MARK: Flags

  /// Whether these are flags alone, with the values that they need: what follows is the image.
  private static func isFirst(after words: ArraySlice<String>) -> Bool {
    var rest = words
    while let word = rest.first {
      rest = rest.dropFirst()
      // `$OPTIONS` stands for flags.
      if word.hasPrefix("$") { continue }
      guard word.hasPrefix("-"), word.utf8.count > 1 else { return false }
      guard takesValue(word) else { continue }
      guard !rest.isEmpty else { return false }
      rest = rest.dropFirst()
    }
    return true
  }

  /// Whether the next word belongs to this flag: not after `--x=y`, `-dit`, `-p80:80`.
  private static func takesValue(_ flag: String) -> Bool {
    guard flag.hasPrefix("-"), flag.utf8.count > 1 else { return false }
    if flag.hasPrefix("--") {
      return !flag.contains("=") && !switches.contains(String(flag.dropFirst(2)))
    }
    let letters = flag.dropFirst()
    guard let taking = letters.firstIndex(where: { !"ditqP".contains($0) }) else { return false }
    return letters.index(after: taking) == letters.endIndex
  }

  private static let switches: Set<String> = [
    "detach", "interactive", "tty", "rm", "privileged", "init", "read-only", "no-healthcheck",
    "publish-all", "quiet", "oom-kill-disable", "disable-content-trust", "sig-proxy", "replace",
    "tls-verify", "no-hosts", "help", "env-host", "http-proxy", "all", "all-tags", "all-platforms",
    "force", "no-prune", "insecure", "verbose", "raw", "use-api-socket", "ignore-unfixed",
  ]

  // MARK: The line

  /// What a person writes is shorter; data that is longer must not cost more.
  private static let mostBytes = 4 << 10
  private static let mostBytesAfter = 1 << 10

  /// Where the command's first line begins.
  private static func beginning(of place: Int, in bytes: [UInt8], _ text: Range<Int>) -> Int {
    let text = max(text.lowerBound, place - mostBytes)..<text.upperBound
    var start = lineStart(place, in: bytes, text)
    while start > text.lowerBound {
      var last = start - 1
      if last > text.lowerBound, bytes[last - 1] == 0x0D { last -= 1 }
      guard last > text.lowerBound, isContinuation(bytes[last - 1]) else { break }
      start = lineStart(start - 1, in: bytes, text)
    }
    return start
  }

  private static func lineStart(_ place: Int, in bytes: [UInt8], _ text: Range<Int>) -> Int {
    var start = place
    while start > text.lowerBound, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private static func end(of place: Int, in bytes: [UInt8], _ text: Range<Int>) -> Int {
    TextLine.end(in: bytes, place..<min(text.upperBound, place + mostBytesAfter))
  }

  /// Of a POSIX shell; of PowerShell; of cmd.
  private static func isContinuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "^")
  }

  /// The words before a place that belong to its command; nil where the place is in the middle of a
  /// word.
  ///
  /// - Parameter end: of the place's line: a quote that no other closes by then is an apostrophe.
  private static func words(in bytes: [UInt8], _ range: Range<Int>, end: Int) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    var index = range.lowerBound
    func finish() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    while index < range.upperBound {
      let byte = bytes[index]
      let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let close = bytes[(index + 1)..<end].firstIndex(of: byte)
        if let close, close < range.upperBound {
          word += bytes[(index + 1)..<close]
          index = close
        } else if index + 1 < range.upperBound {
          // The place is in what is quoted: that is a command of its own.
          (words, word) = ([], [])
        }
      case UInt8(ascii: "$") where next == UInt8(ascii: "{") || next == UInt8(ascii: "("):
        let sign = next == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
        if let close = bytes[index..<range.upperBound].firstIndex(of: sign) {
          word += bytes[index...close]
          index = close
        } else {
          // `$(docker run IMAGE)`
          (words, word) = ([], [])
          index += 1
        }
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"):
        (words, word) = ([], [])
      case UInt8(ascii: "`") where next != 0x0A && next != 0x0D:
        (words, word) = ([], [])
      case UInt8(ascii: "\\") where next == 0x0A || next == 0x0D || next == 0: finish()
      case UInt8(ascii: ",") where !(next <= 0x20 || "\"']".utf8.contains(next)):
        word.append(byte)
      case 0...0x20, UInt8(ascii: "`"), UInt8(ascii: ","), UInt8(ascii: "["),
        UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        finish()
      default: word.append(byte)
      }
      index += 1
    }
    return word.isEmpty ? words : nil
  }
}

extension Bool? {
  fileprivate var isTrue: Bool { self == true }
}
