import Inventory
import Testing

@testable import KubernetesAPI

/// GETs of one object, answered in JSON as an aggregated API or a proxy may do.
@Suite struct ObjectTests {
  private static let path = "/api/v1/namespaces/kube-system"
  private static let namespace = #"{"metadata":{"name":"kube-system","uid":"u-1"}}"#

  @Test func aNamespaceIsKnownByItsUID() async throws {
    let server = ScriptedServer { _, _ in .json(Self.namespace) }
    #expect(try await server.client().namespaceUID("kube-system") == "u-1")
    #expect(server.requests == [Self.path])
  }

  @Test func aNamespaceWithoutUIDIsNone() async throws {
    let server = ScriptedServer { _, _ in .json(#"{"metadata":{"name":"kube-system"}}"#) }
    let error = await #expect(throws: APIError.self) {
      try await server.client().namespaceUID("kube-system")
    }
    guard case .unreadableAnswer(Self.path, "expected a Namespace with a UID") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anAnswerThatEndsEarlyIsAskedForAgain() async throws {
    let server = ScriptedServer { _, number in
      .json(number == 1 ? String(Self.namespace.dropLast(3)) : Self.namespace)
    }
    #expect(try await server.client().namespaceUID("kube-system") == "u-1")
    #expect(server.requests.count == 2)
  }

  @Test func aMalformedAnswerIsNot() async throws {
    let server = ScriptedServer { _, _ in .json(#"{"metadata":["#) }
    let error = await #expect(throws: APIError.self) {
      try await server.client().namespaceUID("kube-system")
    }
    #expect(server.requests.count == 1)
    guard case .malformed(Self.path, .malformed(atByte: 12, expected: "an object")) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aConfigMapHasItsText() async throws {
    let server = ScriptedServer { _, _ in
      .json(#"{"kind":"ConfigMap","metadata":{"name":"c","namespace":"a"},"data":{"k":"v\n"}}"#)
    }
    let record = try await server.client().configMap(namespace: "a", name: "c")
    #expect(record.metadata.name == "c" && record.data == ["k": "v\n"])
    #expect(server.requests == ["/api/v1/namespaces/a/configmaps/c"])
  }
}
