import Foundation
import RegistryCatalogue
import Reports
import Testing

@testable import CommandLineTool

/// Flag over environment over file.
@Suite struct SettingsTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "home/.config/gcr-report"), withIntermediateDirectories: true)
  }

  private var standardPath: String { folder.path + "/home/.config/gcr-report/config.yaml" }

  private func write(_ text: String, to path: String? = nil) throws {
    let url = URL(filePath: path ?? standardPath)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  private func environment(
    _ variables: [String: String], output: OutputWriter = .silent
  ) -> Environment {
    Environment(
      variables: variables, homeDirectory: folder.path + "/home", currentDirectory: folder.path,
      now: { 0 }, terminal: TerminalFacts(), standardOutput: output, standardError: .silent)
  }

  private func arguments(
    _ words: [String] = [], file: String? = nil, variables: [String: String] = [:]
  ) throws -> ParsedArguments {
    defer { try? FileManager.default.removeItem(at: folder) }
    if let file { try write(file) }
    let table = TestRegistry.all.flags
    let parsed = try ArgumentParser(registry: TestRegistry.all).parse(words)
    return try Settings.load(parsed, environment: environment(variables), table: table)
      .applied(to: parsed, table: table)
  }

  private static let file = "output: [json, csv=r.csv]\nfail-on: low\nchunk-size: 7\n"

  @Test func fileUnderEnvironmentUnderFlag() throws {
    let parsed = try arguments(
      ["--chunk-size", "9"], file: Self.file,
      variables: ["GCR_REPORT_FAIL_ON": "high", "GCR_REPORT_CHUNK_SIZE": "8"])
    #expect(parsed[Flags.output.targets] == [.init(.json), .init(.csv, file: "r.csv")])
    #expect(parsed[Flags.status.failOn] == .high)
    #expect(parsed[Flags.scanning.chunkSize] == 9)
    #expect(parsed.isTyped(Flags.scanning.chunkSize))
    #expect(!parsed.isTyped(Flags.status.failOn))
    #expect(
      parsed.origins == [
        "output": .file(path: standardPath, line: 1),
        "fail-on": .environment("GCR_REPORT_FAIL_ON"),
      ])
  }

  /// The file serves all commands.
  @Test func aFlagOfAnotherCommandIsLeftAlone() throws {
    let parsed = try arguments(["rules"], file: Self.file + "rules: mine.yaml\n")
    #expect(parsed.origins.keys.sorted() == ["rules"])
    // Beside the config file, wherever the program is started.
    #expect(
      parsed[Flags.report.rules] == folder.path + "/home/.config/gcr-report/mine.yaml")
  }

  @Test(arguments: [
    ("rules: ~/r.yaml", "HOME/r.yaml"), ("rules: /r.yaml", "/r.yaml"),
    ("rules: r.yaml", "HOME/.config/gcr-report/r.yaml"),
  ])
  func filesThatAreRead(line: String, expected: String) throws {
    let home = folder.path + "/home"
    #expect(
      try arguments(file: line)[Flags.report.rules]
        == expected.replacingOccurrences(of: "HOME", with: home))
  }

  @Test func filesThatAreWrittenStayAsTheyAre() throws {
    #expect(try arguments(file: "output-file: r.json")[Flags.output.file] == "r.json")
  }

  @Test func manyValues() throws {
    let parsed = try arguments(
      file: "as-group: [a, b]\nnamespace: [on, 1]\ncolor: never\n",
      variables: ["GCR_REPORT_OUTPUT": "table\ncsv=a b.csv\n", "GCR_REPORT_ALL_IMAGES": "true"])
    #expect(parsed[Flags.connection.impersonatedGroups] == ["a", "b"])
    // What YAML takes for a truth value or a number is text where a text is wanted.
    #expect(parsed[Flags.selection.namespaces] == ["on", "1"])
    #expect(parsed[Flags.output.targets] == [.init(.table), .init(.csv, file: "a b.csv")])
    #expect(parsed[Flags.report.allImages])
    #expect(parsed[Flags.output.color] == .never)
  }

  @Test(arguments: [("yes", true), ("true", true), ("\"false\"", false), ("off", false)])
  func truthInYAML(text: String, expected: Bool) throws {
    #expect(try arguments(file: "quiet: \(text)")[Flags.general.quiet] == expected)
  }

  /// `-A` overrides a namespace, wherever that stands; a typed namespace wins over a set `-A`.
  @Test func allNamespaces() throws {
    #expect(
      try arguments(
        ["-A"], file: "namespace: a", variables: ["GCR_REPORT_NAMESPACE": "b"])[
          Flags.selection.allNamespaces])
    let typed = try arguments(["-n", "c"], file: "all-namespaces: true")
    #expect(!typed[Flags.selection.allNamespaces])
    #expect(typed[Flags.selection.namespaces] == ["c"])
    #expect(
      try arguments(file: "namespace: a\nall-namespaces: true")[Flags.selection.allNamespaces])
  }

  /// Two flags that answer one question: the stronger source decides.
  @Test func rivals() throws {
    let folderTyped = try arguments(["--kubeconfig-dir", "d"], file: "kubeconfig: /k")
    #expect(folderTyped[Flags.connection.kubeconfig] == nil)
    #expect(folderTyped[Flags.connection.kubeconfigDirectory] == "d")
    let format = try arguments(["-o", "json"], file: "output: csv\noutput-file: r.csv")
    #expect(format[Flags.output.file] == nil)
    for words in [["--contexts", "prod-*"], ["--contexts-regex", "p"], ["--all-contexts"]] {
      let swept = try arguments(words, file: "context: dev")
      #expect(swept[Flags.connection.context] == nil)
      #expect(try ContextSelection(swept) != nil)
    }
    let file = try arguments(["--output-file", "x"], file: "output: csv")
    #expect(file[Flags.output.targets] == [.init(.csv)])
  }

  /// Columns in a file wait for the day when csv is asked for.
  @Test func columnsWithoutCSV() throws {
    let parsed = try arguments(file: "columns: [image]")
    #expect(try OutputPlan(parsed).columns == ["image"])
    #expect(throws: OutputPlanError.columnsWithoutCSV) {
      try OutputPlan(TestRegistry.parse("--columns", "image"))
    }
  }

  /// As `by` waits for a table.
  @Test func groupingWithoutTable() throws {
    let parsed = try arguments(["-o", "json"], file: "by: team")
    #expect(try OutputPlan(parsed).entries.map(\.format) == [.json])
  }

  @Test func whichFile() throws {
    let other = folder.path + "/other.yaml"
    try write("fail-on: medium", to: other)
    try write("fail-on: critical", to: folder.path + "/xdg/gcr-report/config.yaml")
    try write("fail-on: low")
    func level(_ words: [String], _ variables: [String: String] = [:]) throws -> Risk? {
      let parsed = try ArgumentParser(registry: TestRegistry.all).parse(words)
      let table = TestRegistry.all.flags
      return try Settings.load(parsed, environment: environment(variables), table: table)
        .applied(to: parsed, table: table)[Flags.status.failOn]
    }
    #expect(try level([]) == .low)
    #expect(try level([], ["XDG_CONFIG_HOME": folder.path + "/xdg"]) == .critical)
    // The specification: a relative path does not count.
    #expect(try level([], ["XDG_CONFIG_HOME": "xdg"]) == .low)
    #expect(try level(["--config", "other.yaml"]) == .medium)
    #expect(try level([], ["GCR_REPORT_CONFIG": other]) == .medium)
    #expect(try level(["--no-config"]) == nil)
    #expect(try level([], ["GCR_REPORT_NO_CONFIG": "true"]) == nil)
    #expect(
      try level(["--no-config=false"], ["GCR_REPORT_NO_CONFIG": "true"]) == .low)
    #expect(try level(["--config", other], ["GCR_REPORT_NO_CONFIG": "1"]) == .medium)
    #expect(throws: SettingError.self) { try level(["--config", "missing.yaml"]) }
    try FileManager.default.removeItem(at: folder)
  }

  private static let mistakes: [(String, String)] = [
    (
      "fail-on: hihg",
      "1:10: fail-on: invalid value \"hihg\"; expected critical, high, medium, low or info;"
        + " did you mean \"high\"?"
    ),
    ("\noutptu: x", "2:1: outptu: unknown setting; did you mean \"output\"?"),
    ("--output: x", "1:1: --output: unknown setting; did you mean \"output\"?"),
    ("fail_on: high", "1:1: fail_on: unknown setting; did you mean \"fail-on\"?"),
    (
      "xyzzy: 1",
      "1:1: xyzzy: unknown setting; \"kubectl gcr-report config view --no-config\" lists those that"
        + " there are"
    ),
    (
      "token: s3cret",
      "1:1: token: a credential in a file like this one is easily copied or committed; let the"
        + " kubeconfig hold it, or set GCR_REPORT_TOKEN"
    ),
    (
      "password: s3cret",
      "1:1: password: a credential in a file like this one is easily copied or committed; let the"
        + " kubeconfig hold it, or set GCR_REPORT_PASSWORD"
    ),
    ("help: true", "1:1: help: only the command line can say this; it is no setting"),
    ("config: x", "1:1: config: only the command line can say this; it is no setting"),
    (
      "output:\n- csv\n- xlm",
      "3:3: output: invalid value \"xlm\"; expected \(WordList.either(OutputFormat.allCases.map(\.rawValue)))"
    ),
    ("output: {a: b}", "1:9: output: expected a text or a list of texts, found a mapping"),
    ("context: [a]", "1:10: context: expected a single value, found a list"),
    ("namespace:", "1:11: namespace: no value; give one or remove the line"),
    (
      "chunk-size: many",
      "1:13: chunk-size: invalid value \"many\"; expected a whole number, 0 or more"
    ),
    ("- a", "1:1: expected settings, as in \"output: wide\", found a list"),
    ("a: 1\na: 2", "2:1: key \"a\" stands twice in one mapping"),
    ("color: auto\n---\ncolor: auto", "3:1: a second document; expected one"),
  ]

  @Test(arguments: mistakes)
  func mistakesInTheFile(text: String, expected: String) {
    do {
      _ = try arguments(file: text)
      Issue.record("accepted")
    } catch {
      #expect(describe(error) == "\(standardPath):\(expected)")
      #expect(ToolStatus.decide(facts(of: error)) == .usage)
    }
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "{}"])
  func anEmptyFile(text: String) throws {
    #expect(try arguments(file: text).origins == [:])
  }

  @Test(arguments: [
    (
      "OUTPT", "x",
      "unknown environment variable \"GCR_REPORT_OUTPT\"; did you mean \"GCR_REPORT_OUTPUT\"?"
    ),
    (
      "XYZZY", "x",
      "unknown environment variable \"GCR_REPORT_XYZZY\"; names that begin with GCR_REPORT_ belong"
        + " to flags, as GCR_REPORT_OUTPUT does to --output; unset it"
    ),
    (
      "HELP", "1",
      "environment variable \"GCR_REPORT_HELP\": only the command line can say this; unset it"
    ),
    (
      "CHUNK_SIZE", "-1",
      "invalid value \"-1\" in environment variable \"GCR_REPORT_CHUNK_SIZE\"; expected a whole"
        + " number, 0 or more"
    ),
  ])
  func mistakesInTheEnvironment(name: String, value: String, expected: String) {
    do {
      _ = try arguments(variables: ["GCR_REPORT_\(name)": value])
      Issue.record("accepted")
    } catch {
      #expect(describe(error) == expected)
      #expect(ToolStatus.decide(facts(of: error)) == .usage)
    }
  }

  /// In a Pod beside a Service named gcr-report; and empty is as good as unset.
  @Test(arguments: [
    "SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTPS", "PORT", "PORT_443_TCP_ADDR",
  ])
  func variablesOfAService(name: String) throws {
    #expect(
      try arguments(variables: ["GCR_REPORT_\(name)": "x", "GCR_REPORT_OUTPUT": ""]).origins
        == [:])
  }

  @Test func everySettingHasAVariableOfItsOwn() {
    let names = Set(TestRegistry.all.flags.entries.map(\.definition.name))
    #expect(Set(names.map(EnvironmentSettings.variable)).count == names.count)
    #expect(EnvironmentSettings.variable(for: "fail-on") == "GCR_REPORT_FAIL_ON")
    for secret in ["token", "password"] {
      #expect(
        TestRegistry.all.flags.settableEntry(named: secret)?.definition.settingScope
          == .environment)
    }
  }

  // MARK: config view

  private func view(
    _ words: [String], variables: [String: String] = [:]
  ) async throws -> (ToolStatus, String) {
    let output = try Capture()
    let status = await CommandLineTool.run(
      arguments: ["config", "view"] + words,
      environment: environment(variables, output: output.writer(named: "standard output")),
      registry: .standard)
    return (status, try output.text())
  }

  @Test func whatCameFromWhere() async throws {
    try write(Self.file + "namespace: [a, b]\n")
    defer { try? FileManager.default.removeItem(at: folder) }
    let variables = [
      "GCR_REPORT_TOKEN": "s3cret", "GCR_REPORT_FAIL_ON": "high",
      "GCR_REPORT_SERVER": "https://me:s3cret@host",
    ]
    let (status, text) = try await view([], variables: variables)
    #expect(status == .done)
    let rows = Dictionary(
      text.split(separator: "\n").map { line in
        let cells = line.split(separator: " ", omittingEmptySubsequences: true)
        return (String(cells[0]), cells.dropFirst().joined(separator: " "))
      }, uniquingKeysWith: { first, _ in first })
    #expect(rows["output"] == "json, csv=r.csv \(standardPath):1")
    #expect(rows["namespace"] == "a, b \(standardPath):4")
    #expect(rows["fail-on"] == "high GCR_REPORT_FAIL_ON")
    #expect(rows["token"] == "(set, not shown) GCR_REPORT_TOKEN")
    #expect(rows["server"] == "https://me:…@host GCR_REPORT_SERVER")
    #expect(rows["color"] == "auto default")
    #expect(rows["as-of"] == "- default")
    #expect(!text.contains("s3cret"))
    #expect(text.hasSuffix("\nconfig file: \(standardPath)\n"))
    let yaml = try await view(["-o", "yaml"], variables: variables).1
    #expect(!yaml.contains("s3cret"))
    #expect(
      yaml == """
        # Defaults for the flags of kubectl gcr-report.
        # from \(standardPath):4
        namespace:
          - a
          - b
        # from \(standardPath):1
        output:
          - json
          - csv=r.csv
        # from GCR_REPORT_FAIL_ON
        fail-on: high
        # from \(standardPath):3
        chunk-size: 7
        # from GCR_REPORT_SERVER
        server: "https://me:…@host"
        # from GCR_REPORT_TOKEN
        # token is set, but has no place in this file

        """)
  }

  /// What must answer even where a setting is wrong.
  @Test(arguments: [
    ["version"], ["help"], ["schema"], ["completion", "bash"], ["scan", "--help"],
  ])
  func commandsWithoutSettings(words: [String]) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(
      await CommandLineTool.run(
        arguments: words, environment: environment(["GCR_REPORT_BOGUS": "x"]),
        registry: .standard) == .done)
    #expect(
      await CommandLineTool.run(
        arguments: ["rules"], environment: environment(["GCR_REPORT_BOGUS": "x"]),
        registry: .standard) == .usage)
  }
}
