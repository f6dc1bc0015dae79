import ImageReferences
import Inventory
import Testing

@testable import Manifests

/// Names without a registry in plain text: images where the words around them ask for one.
@Suite struct ShortNamesTests {
  /// Knows `dead/app` exactly, everything of `legacy`, and the host `old.example`.
  static let search = TextSearch(
    hosts: ["old.example", "docker.io"], prefixHosts: [],
    shortNames: ShortNames(accounts: ["dead", "legacy"], repositories: ["dead/app"]),
    recognizes: {
      $0.registry == "old.example" || $0.repository == "dead/app"
        || $0.repository.hasPrefix("legacy/")
    })

  static func found(_ text: String, comments: CommentStyle = .none) -> [String] {
    let bytes = Array(text.utf8)
    let lines = LineIndex(bytes)
    return ReferenceSearch(search).references(in: bytes, kind: .text(comments: comments))
      .references.map { reference in
        let place = lines.position(of: reference.mainPart.range.lowerBound)
        #expect(reference.confidence == .text)
        return "\(place.line):\(place.column) \(reference.text)"
      }
  }

  /// What is marked is found, and nothing else.
  private static let images: [String] = [
    // Commands: the first word that is no flag and no flag's value.
    "docker run ⟦legacy/redis⟧", "docker run -e A=b,c,d ⟦legacy/redis⟧", "-t \"⟦dead/app⟧:${X}\"",
    "$ docker run -it --rm -p 80:80 -e A=b --name legacy ⟦legacy/redis:7⟧ redis-cli",
    "sudo /usr/bin/docker --context x run -dit ⟦legacy/redis⟧",
    "docker run -v\"$PWD\":/x -p80:80 --name=\"a b\" ⟦legacy/redis⟧",
    "docker container run --init ⟦legacy/redis⟧", "docker create ⟦legacy/redis⟧ legacy/x",
    "docker run $(OPTIONS) ${MORE} $X ⟦legacy/redis⟧", "docker run '⟦legacy/redis:7⟧'",
    "docker run --rm \\\n  -e 'A=it is' \\\r\n  ⟦legacy/redis⟧ \\\n  server",
    "docker run `\n  ⟦legacy/redis⟧", "use `docker pull ⟦legacy/redis⟧`.",
    "don't: docker pull ⟦legacy/redis⟧", "docker pull ⟦legacy/redis⟧.",
    "docker push --quiet ⟦legacy/redis⟧", "docker tag ⟦legacy/redis:7⟧ my/redis",
    "docker tag x ⟦legacy/redis:7⟧", "docker save -o x.tar ⟦legacy/a⟧ ⟦legacy/b⟧",
    "docker image inspect ⟦legacy/redis⟧", "docker buildx imagetools inspect ⟦legacy/redis⟧",
    "podman pull ⟦legacy/redis⟧ && nerdctl run ⟦legacy/b⟧", "crictl pull ⟦legacy/redis⟧",
    "kind load docker-image ⟦legacy/a⟧ ⟦legacy/b⟧ --name x",
    "minikube image load ⟦legacy/a⟧; k3d image import ⟦legacy/b⟧",
    "skopeo copy docker://⟦legacy/a:1⟧ dir:/x", "trivy image --severity HIGH ⟦legacy/a⟧",
    "\t@$(DOCKER) run --rm $(FLAGS) ⟦legacy/a⟧ make", "x=$(docker run --rm ⟦legacy/a⟧ id)",
    "sh -c \"docker run ⟦legacy/a⟧\"", "exec.Command(\"docker\", \"pull\", \"⟦legacy/a⟧\")",
    "docker run ⟦legacy/a⟧:${TAG}", "docker pull ⟦legacy/a⟧:<tag>", "image: ⟦dead/app⟧:|tag|",
    // Keys named for an image.
    "image: ⟦legacy/redis⟧", "  \"baseImage\": \"⟦legacy/redis⟧\",", "IMAGE ?= ⟦legacy/redis⟧",
    "MY_IMAGE='⟦legacy/redis⟧'", "${IMAGE:-⟦legacy/redis⟧}", "image:⟦legacy/redis⟧",
    "kubectl run x --image=⟦legacy/redis⟧", "kubectl run x --image ⟦legacy/redis⟧",
    "--set image.repository=⟦legacy/redis⟧",
    // A Dockerfile's instruction.
    "FROM ⟦legacy/redis⟧", "  FROM --platform=linux/amd64 ⟦legacy/redis:7⟧ AS build",
    // What the catalogue names exactly, with a tag or a digest.
    "⟦dead/app:RELEASE.2025-04-22T22-12-26Z⟧ works", "(`⟦dead/app:latest⟧`)",
    "⟦dead/app@sha256:\(String(repeating: "a", count: 64))⟧", "WithImage(\"⟦dead/app:v1⟧\")",
    "x: ⟦old.example/legacy/a:1⟧ docker run ⟦legacy/b⟧",
  ]

  @Test(arguments: images) func areFound(marked: String) {
    let parts = marked.split(separator: "⟦", omittingEmptySubsequences: false)
    let names = parts.dropFirst().map { String($0.prefix { $0 != "⟧" }) }
    let text = marked.filter { $0 != "⟦" && $0 != "⟧" }
    var places: [String] = []
    var before = String(parts[0])
    for part in parts.dropFirst() {
      let line = before.utf8.count { $0 == 0x0A }
      let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count
      places.append("\(line + 1):\(column + 1)")
      before += part.filter { $0 != "⟧" }
    }
    #expect(Self.found(text) == zip(places, names).map { "\($0) \($1)" })
  }

  @Test(arguments: ["${TAG}", "{{ .tag }}", "<tag>", "$(TAG)", "%s", "|tag|", "[TAG]"])
  func aTagThatIsFilledInLater(tag: String) {
    let found = ReferenceSearch(Self.search).references(
      in: Array("docker pull legacy/a:\(tag)".utf8), kind: .text(comments: .none))
    #expect(found.references.map(\.text) == ["legacy/a"])
    #expect(found.references.map(\.isOpen) == [true])
  }

  @Test(arguments: [
    "github.com/dead/app", "https://github.com/dead/app:latest", "git@github.com:dead/app.git",
    "https://hub.docker.com/r/legacy/redis", "hub.docker.com/r/dead/app:latest",
    "src/legacy/redis", "./legacy/redis", "/legacy/redis", "../dead/app:latest", "~/dead/app:v1",
    "cd legacy/redis && cp dead/app.go x", "docker run -v legacy/data:/x alpine",
    "go get dead/app/v2", "dead/app/v7 v7.0.1 h1:x", "dead/app v1.2.3/go.mod", "uses: dead/app@v1",
    "dead/app#1234", "dead/app", "legacy/redis:7", "see dead/app:12 and dead/app:9000",
    "[dead/app](https://github.com/dead/app)", "[legacy/redis] Release 1.2 (#1)",
    "helm install x dead/app", "docker exec x legacy/redis", "docker build legacy/redis",
    "docker run alpine cp legacy/redis x", "docker run --name legacy/redis",
    "docker run x legacy/a",
    "docker", "docker run", "$dead/app:latest", "${X}/dead/app:latest", "{{ x }}/dead/app:latest",
    "docker pull quay.io/dead/app", "docker pull legacy/redis/", "docker pull legacy/redis/x:1",
    "docker pull legacy/redis.md", "image: legacy/logo.png", "the image legacy/redis",
    "From legacy/redis we know", "FROM legacy/redis WHERE x", "SELECT * FROM legacy/redis",
    "COPY legacy/redis /x", "oops/dead/app:latest", "xdead/app:latest", "dead/app:latest/x",
    "dead/app*", "docker pull legacy/*", "a=b;docker stop; legacy/redis", "notdocker run legacy/a",
    "echo docker; run legacy/redis", "npm install @dead/app:latest", "docker run legacy/Upper",
  ])
  func areNotFound(text: String) {
    #expect(Self.found(text) == [])
  }

  @Test func inComments() {
    let text = "# docker pull legacy/a\ndocker pull legacy/b # legacy/c\n"
    let result = ReferenceSearch(Self.search).references(
      in: Array(text.utf8), kind: .text(comments: .hash))
    #expect(result.references.map(\.text) == ["legacy/b"])
    #expect(result.mentions == 1)
  }

  @Test func inYAML() {
    let text = """
      services:
        a: {image: "dead/app:${VERSION}"}
      jobs:
        steps:
        - run: docker pull legacy/a
        - run: |
            docker run \\
              legacy/b
        - uses: dead/app@v1
        - with: {context: src/legacy/c, tags: "dead/app:v1"}
      """
    let bytes = Array(text.utf8)
    let lines = LineIndex(bytes)
    let found = ReferenceSearch(Self.search).references(in: bytes, kind: .structured).references
    #expect(
      found.map { "\(lines.position(of: $0.mainPart.range.lowerBound).line) \($0.text)" }
        == ["2 dead/app", "5 legacy/a", "8 legacy/b", "10 dead/app:v1"])
  }

  /// Every prefix of every text: never a trap, never a place outside.
  @Test func truncated() {
    for marked in Self.images {
      let bytes = Array(marked.filter { $0 != "⟦" && $0 != "⟧" }.utf8)
      for end in 0...bytes.count {
        let head = Array(bytes[..<end])
        let found = ReferenceSearch(Self.search).references(in: head, kind: .text(comments: .both))
        for part in found.references.flatMap(\.parts) {
          #expect(String(decoding: head[part.range], as: UTF8.self) == part.text)
        }
      }
    }
  }

  @Test(arguments: [
    "docker run 'legacy/a \" legacy/b ", "legacy/a\\\n", "docker run legacy/a:1 ",
    "FROM --x legacy/a ", "$( ${ docker pull legacy/a", "image: legacy/a dead/app:x ",
    "dead/app:x\u{0}\u{FF}\u{202E} ",
  ])
  func muchOfIt(text: String) {
    let bytes = Array(String(repeating: text, count: 2000).utf8)
    let clock = ContinuousClock()
    let time = clock.measure {
      _ = ReferenceSearch(Self.search).references(in: bytes, kind: .text(comments: .none))
    }
    // Linear: far below this even in a debug build on a busy machine.
    #expect(time < .seconds(30))
  }
}

/// What is skipped has no hits.
@Suite struct TextPlacesTests {
  @Test func allHitsLieOnTheLinesThatAreLookedAt() {
    var random = SplitMix(state: 7)
    let words = [
      "old.example", "OLD.EXAMPLE", "x.example", ".example", "dead", "app", "legacy", "/", ":",
      "\n",
      " ", "docker run ", "image: ", ".", "é", "docker.io", "io", "1", "#", "\r\n", "-", "\"",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int(random.next() % 40)).map { _ in
        words[Int(random.next() % UInt64(words.count))]
      }.joined()
      let bytes = Array(text.utf8)
      let search = ShortNamesTests.search
      let all = TextLine.all(in: bytes, bytes.indices).flatMap {
        search.hits(in: bytes, $0, of: bytes.indices)
      }
      var some: [TextSearch.Hit] = []
      search.eachLine(in: bytes, bytes.indices) {
        some += search.hits(in: bytes, $0, of: bytes.indices)
      }
      #expect(some == all, "\(text)")
    }
  }

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}
