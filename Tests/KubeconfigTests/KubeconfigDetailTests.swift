import Foundation
import Kubeconfig
import TemporaryFolder
import Testing

@Suite struct KubeconfigDetailTests {
  @Test func tokenFilesAreReadAgain() throws {
    var credentials = UserCredentials()
    credentials.tokenFile = "/t"
    var files = MemoryFiles(files: ["/t": " one \r\n"])
    #expect(try credentials.bearerToken(files: files)?.revealed == "one")
    files.files["/t"] = "two"
    #expect(try credentials.bearerToken(files: files)?.revealed == "two")
    files.files["/t"] = "\n"
    #expect(
      throws: KubeconfigError.unreadable(what: "tokenFile", path: "/t", reason: "it is empty")
    ) {
      try credentials.bearerToken(files: files)
    }
    credentials.token = Secret("fallback")
    #expect(try credentials.bearerToken(files: files)?.revealed == "fallback")
    files.files["/t"] = "one\ntwo"
    #expect(throws: KubeconfigError.self) { try credentials.bearerToken(files: files) }
    files.failures["/t"] = .notPermitted
    #expect(try credentials.bearerToken(files: files)?.revealed == "fallback")
    credentials.token = nil
    #expect(
      throws: KubeconfigError.unreadable(what: "tokenFile", path: "/t", reason: "permission denied")
    ) { try credentials.bearerToken(files: files) }
  }

  @Test(arguments: [
    ("https://h:6443", "h", 6443, "", true), ("https://h", "h", nil, "", true),
    ("HTTPS://h/", "h", nil, "", true), ("http://h:80/a/b/", "h", 80, "/a/b", false),
    ("https://[::1]:6443/x", "::1", 6443, "/x", true), ("h:8080", "h", 8080, "", false),
    ("https://h/x?q#f", "h", nil, "/x", true), ("https://h:", "h", nil, "", true),
  ])
  func addresses(
    _ text: String, _ host: String, _ port: Int?, _ prefix: String, _ isSecure: Bool
  ) throws {
    let address = try #require(ServerAddress(text))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.pathPrefix == prefix)
    #expect(address.isSecure == isSecure)
    #expect(address.text == text)
  }

  @Test(arguments: [
    "", "https://", "ftp://h", "h/path", "https://h:x", "https://h:70000", "https://[::1",
    "https://a b", "https://a\u{1B}b", "https://::1", "https://[]", "unix:///run/x",
  ])
  func refusedAddresses(_ text: String) {
    #expect(ServerAddress(text) == nil)
  }

  @Test func userInfoOfAnAddressIsASecret() throws {
    let address = try #require(ServerAddress("https://me:p%40ss@h:6443/x"))
    #expect(address.text == "https://h:6443/x")
    #expect(address.userInfo?.revealed == "me:p%40ss")
    let text = """
      current-context: c
      clusters: [{name: k, cluster: {server: "https://me:p%40ss@h:6443"}}]
      contexts: [{name: c, context: {cluster: k}}]
      """
    let files = MemoryFiles(files: ["/home/me/.kube/config": text])
    let target = try KubeconfigLoader(sources: files.sources()).load().resolve()
    #expect(target.credentials.basic?.username == "me")
    #expect(target.credentials.basic?.password.revealed == "p@ss")
    #expect(!"\(target)".contains("p%40ss"))
  }

  @Test func proxiesShowNoPassword() throws {
    let proxy = try #require(ProxyAddress("http://me:pw@proxy:3128/"))
    #expect(proxy.description == "http://proxy:3128")
    #expect(ProxyAddress("socks5h://x") == nil)
    #expect(ProxyAddress("proxy:3128") == nil)
  }

  @Test func hintsCannotMoveTheCursor() throws {
    let text = """
      current-context: c
      clusters: [{name: k, cluster: {server: "https://h"}}]
      contexts: [{name: c, context: {cluster: k, user: u}}]
      users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1,
        command: x, installHint: "a\\e[2J\\tb\\u202Ec"}}}]
      """
    let files = MemoryFiles(files: ["/home/me/.kube/config": text])
    let target = try KubeconfigLoader(sources: files.sources()).load().resolve()
    #expect(target.credentials.exec?.installHint == "aU+001B[2J\tbU+202Ec")
  }

  @Test func namesInErrorsCannotMoveTheCursor() throws {
    let text = "current-context: \"a\\e[2J\"\ncontexts: [{name: \"b\\nc\"}]\n"
    let files = MemoryFiles(files: ["/home/me/.kube/config": text])
    let kubeconfig = try KubeconfigLoader(sources: files.sources()).load()
    let error = #expect(throws: KubeconfigError.self) { try kubeconfig.resolve() }
    #expect(
      error?.description
        == #"current-context names context "a\u001B[2J", which no kubeconfig defines; known: "b\nc""#
    )
  }

  @Test func manyContextsAreNotAllListed() {
    let known = (1...9).map { "ctx-\($0)" }
    #expect(
      KubeconfigError.unknownContext(name: "zzzzzzzz", isCurrent: false, known: known).description
        == #"no context "zzzzzzzz"; known: "ctx-1", "ctx-2", "ctx-3", "ctx-4", "ctx-5" and 4 more"#)
  }

  @Test func unreadableFilesSayWhy() throws {
    var files = MemoryFiles()
    files.failures = ["/home/me/.kube/config": .isDirectory]
    let error = #expect(throws: KubeconfigError.self) {
      try KubeconfigLoader(sources: files.sources()).load()
    }
    #expect(
      error?.description
        == "cannot read kubeconfig \"/home/me/.kube/config\": it is a folder, expected a file")
  }

  @Test func badFilesOfAFolderAreSkippedAndNamed() throws {
    let good = "contexts: [{name: c, context: {cluster: k}}]\n"
    var files = MemoryFiles(
      files: ["/d/a": good, "/d/b": "[", "/d/c": good, "/d/l": good, "/d/n": "hello: x"])
    files.failures["/d/l"] = .missing
    var sources = files.sources()
    sources.selection = .directory("/d")
    let kubeconfig = try KubeconfigLoader(sources: sources).load()
    #expect(kubeconfig.contextNames == ["a:c", "c:c"])
    #expect(kubeconfig.currentContext.isEmpty)
    #expect(
      kubeconfig.warnings.map(\.description) == [
        "skipped: /d/b:1:2: not YAML: while parsing a flow node, "
          + "did not find expected node content",
        "skipped: cannot read kubeconfig \"/d/l\": its link leads nowhere",
      ])
  }

  @Test func theDisk() throws {
    let folder = try TemporaryFolder(["b": "x", "a": "", ".hidden": ""])
    defer { folder.remove() }
    try FileManager.default.createDirectory(
      atPath: folder.path("inner"), withIntermediateDirectories: true)
    let disk = LocalFiles()
    let path = folder.path
    try FileManager.default.createSymbolicLink(
      atPath: path + "/link", withDestinationPath: path + "/none")
    #expect(try disk.read(path + "/b") == [0x78])
    #expect(try disk.read(path + "/a").isEmpty)
    #expect(try disk.fileNames(in: path) == ["a", "b", "link"])
    #expect(!disk.isExecutable(path + "/a"))
    #expect(!disk.isExecutable(path))
    #expect(disk.isExecutable("/bin/sh"))
    #expect(throws: FileFailure.missing) { try disk.read(path + "/none") }
    #expect(throws: FileFailure.isDirectory) { try disk.read(path) }
    #expect(throws: FileFailure.missing) { try disk.fileNames(in: path + "/none") }
  }

  /// Every prefix of a good file loads or fails with its place, and never resolves to a secret
  /// in an error.
  @Test func truncatedAnywhere() {
    let text = """
      apiVersion: v1
      kind: Config
      current-context: one
      clusters: [{name: k, cluster: {server: "https://h", certificate-authority-data: "LS0t"}}]
      users: [{name: u, user: {token: "hunter2", as-groups: [a, b], exec: {args: [x]}}}]
      contexts: [{name: one, context: {cluster: k, user: u}}]
      """
    for length in 0...text.utf8.count {
      let part = String(decoding: Array(text.utf8)[..<length], as: UTF8.self)
      let files = MemoryFiles(files: ["/home/me/.kube/config": part])
      do {
        _ = try KubeconfigLoader(sources: files.sources()).load().resolve()
      } catch {
        #expect(!"\(error)".contains("hunter2"))
      }
    }
  }
}
