import Foundation
import TemporaryFolder
import Testing

/// What `files` finds, beside what kubectl and PyYAML find in the same manifests.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct FilesRealToolsTests {
  private static let manifests = [
    "several.yaml": """
    # a comment
    apiVersion: v1
    kind: Pod
    metadata: {name: one}
    spec:
      initContainers: [{name: i, image: 'k8s.gcr.io/init:1'}]
      containers:
      - &c
        name: a
        image: &i "k8s.gcr.io/pause:3.9"
      - <<: *c
        name: b
      - {name: c, image: *i}
    ---
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: two
    spec:
      selector: {matchLabels: {a: b}}
      template:
        metadata: {labels: {a: b}}
        spec:
          containers:
          - name: folded
            image: >-
              gcr.io/google_containers/echoserver:1.10
          - name: "quoted"
            image: "k8s.gcr.io\\x2fescaped:1"
    """,
    "crlf.yaml":
      "apiVersion: batch/v1\r\nkind: CronJob\r\nmetadata:\r\n  name: three\r\nspec:\r\n"
      + "  schedule: '* * * * *'\r\n  jobTemplate:\r\n    spec:\r\n      template:\r\n"
      + "        spec:\r\n          containers:\r\n          - name: a\r\n"
      + "            image: k8s.gcr.io/cron:2\r\n          restartPolicy: Never\r\n",
    "directive.yaml": """
    %YAML 1.1
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: four}
    spec: {containers: [{name: a, image: gcr.io/kaniko-project/executor:v1.9.0}]}
    """,
    "list.json": """
    {"apiVersion": "v1", "kind": "List", "items": [
      {"apiVersion": "v1", "kind": "ReplicationController", "metadata": {"name": "five"},
       "spec": {"template": {"metadata": {"labels": {"a": "b"}}, "spec":
         {"containers": [{"name": "a", "image": "quay.io/coreos/flannel:v0.11.0"}]}}}},
      {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "six"},
       "spec": {"template": {"spec": {"containers":
         [{"name": "a", "image": "nginx"}, {"name": "b", "image": "k8s.gcr.io/side:1"}]}}}}
    ]}
    """,
  ]

  /// Prints `KIND/NAME IMAGE` for the images of all containers, sorted, one a line.
  private static let walk = """
    import sys, json
    def images(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("containers", "initContainers") and isinstance(value, list):
                    yield from (item["image"] for item in value if "image" in item)
                else:
                    yield from images(value)
        elif isinstance(node, list):
            for item in node: yield from images(item)
    def objects(node):
        if node is None: return
        if node.get("kind") == "List":
            for item in node["items"]: yield from objects(item)
        else: yield node
    def tell(documents):
        print("\\n".join(sorted(o["kind"] + "/" + o["metadata"]["name"] + " " + i
            for d in documents for o in objects(d) for i in images(o))))
    """

  private func python(_ program: String, _ arguments: [String]) async throws -> [String] {
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", "-c", "\(Self.walk)\n\(program)"] + arguments,
      environment: ["PATH": "/usr/bin:/bin"])
    try #require(result.status == 0, "\(result.stderr)")
    return result.stdout.split(separator: "\n").map(String.init)
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in Self.manifests { try folder.write(text, to: name) }
    return folder
  }

  private func ours(_ folder: TemporaryFolder) async throws -> [String] {
    let result = try await BinaryUnderTest().run(
      [
        "files", ".", "--all-images", "-o", "csv", "--no-headers", "--columns",
        "row_type,workload_kind,workload_name,image",
      ], folder: folder.url)
    return result.stdout.split(whereSeparator: \.isNewline).compactMap { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return cells[0] == "use" ? "\(cells[1])/\(cells[2]) \(cells[3])" : nil
    }.sorted()
  }

  @Test func asPyYAML() async throws {
    let folder = try folder()
    let theirs = try await python(
      "import yaml\ntell(d for f in sys.argv[1:] for d in yaml.safe_load_all(open(f, newline='')))",
      Self.manifests.keys.sorted().map { folder.url.appendingPathComponent($0).path })
    #expect(theirs.count == 11)
    #expect(try await ours(folder) == theirs)
  }

  /// `kubectl label --local` decodes as `apply` does and asks no server.
  @Test func asKubectl() async throws {
    let folder = try folder()
    var documents = ""
    // kubectl's reader takes no directives.
    for name in Self.manifests.keys.sorted() where name != "directive.yaml" {
      let result = try await ChildProcess.run(
        URL(fileURLWithPath: "/usr/bin/env"),
        ["kubectl", "label", "--local", "-f", name, "-o", "json", "x=y"],
        environment: ["PATH": "/usr/bin:/bin", "KUBECONFIG": "/dev/null", "HOME": "/nonexistent"],
        folder: folder.url)
      try #require(result.status == 0, "\(name): \(result.stderr)")
      documents += result.stdout
    }
    let file = try folder.write(documents, to: "objects.txt")
    let theirs = try await python(
      "text = open(sys.argv[1]).read()\ndocuments = []\n"
        + "while text.strip():\n"
        + "    value, end = json.JSONDecoder().raw_decode(text.lstrip())\n"
        + "    documents.append(value); text = text.lstrip()[end:]\ntell(documents)", [file.path])
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("directive.yaml"))
    try FileManager.default.removeItem(at: file)
    #expect(theirs.count == 10)
    #expect(try await ours(folder) == theirs)
  }

  /// The fixture's column is what the installed PyYAML says; libyaml's age alone may differ.
  @Test func theSuiteIsJudgedAsWritten() async throws {
    let file = TestFolders.fixtures.appendingPathComponent("yaml-test-suite/documents.json").path
    let result = try await python(
      """
      import yaml
      def reads(text):
          try:
              list(yaml.compose_all(text, Loader=yaml.CSafeLoader))
              return True
          except Exception: return False
      print("\\n".join(d["id"] for d in json.load(open(sys.argv[1]))
          if reads(d["text"]) != d["libyamlReadsIt"]))
      """, [file])
    #expect(result.isEmpty)
  }
}
