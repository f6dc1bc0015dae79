import Foundation
import TemporaryFolder
import Testing
import YAMLDocuments

/// A rule of a Role or ClusterRole, and where it holds.
struct GrantedRule: Hashable {
  /// Empty for the whole cluster.
  var namespace: String
  var groups: [String]
  var resources: [String]
  var resourceNames: [String] = []
  var verbs: [String]

  /// `deployments.apps`, `namespaces/kube-system`.
  var names: [String] {
    resources.flatMap { resource in
      groups.flatMap { group in
        let name = group.isEmpty ? resource : "\(resource).\(group)"
        return resourceNames.isEmpty ? [name] : resourceNames.map { "\(name)/\($0)" }
      }
    }
  }

  /// The rules of every role in a stream of documents, each of which must have its binding.
  static func read(_ text: String) throws -> [GrantedRule] {
    let documents = try YAMLDocuments.load(Array(text.utf8))
    var rules: [GrantedRule] = []
    var unbound: Set<[String]> = []
    for document in documents {
      #expect(document["apiVersion"]?.string == "rbac.authorization.k8s.io/v1")
      let kind = try #require(document["kind"]?.string)
      let name = try #require(document["metadata"]?["name"]?.string)
      let namespace = document["metadata"]?["namespace"]?.string ?? ""
      if kind.hasSuffix("Binding") {
        let role = try #require(document["roleRef"])
        let bound = [role["kind"]?.string ?? "", role["name"]?.string ?? "", namespace]
        #expect(unbound.remove(bound) != nil, "\(bound)")
        #expect(document["subjects"]?.sequence?.count == 1)
        continue
      }
      #expect(kind == (namespace.isEmpty ? "ClusterRole" : "Role"))
      unbound.insert([kind, name, namespace])
      for rule in try #require(document["rules"]?.sequence) {
        func strings(_ key: String) -> [String] {
          rule[key]?.sequence?.compactMap(\.string) ?? []
        }
        rules.append(
          GrantedRule(
            namespace: namespace, groups: strings("apiGroups"), resources: strings("resources"),
            resourceNames: strings("resourceNames"), verbs: strings("verbs")))
      }
    }
    #expect(unbound.isEmpty)
    return rules
  }
}

/// Rules as the test cluster takes them (`--rights`), for a user that it knows.
struct RightsFile {
  var user: String
  var rules: [GrantedRule]

  /// What the user may do without them, as Tests/TestCluster/rights.py has it.
  private static let own: [String: [Rule]] = [
    "lab-nobody": [],
    "lab-limited": [Rule(namespaces: ["team-a"], apiGroups: [""], resources: ["pods"])],
    "lab-namespaced": [
      Rule(
        namespaces: ["team-a", "team-b"], apiGroups: ["*"], resources: ["*"], except: ["secrets"])
    ],
    "lab-partial": [
      Rule(
        namespaces: ["*"], apiGroups: ["*"], resources: ["*"],
        except: ["secrets", "nodes", "events", "customresourcedefinitions", "configmaps"])
    ],
  ]

  private struct Rule: Encodable {
    var namespaces: [String]
    var apiGroups: [String]
    var resources: [String]
    var resourceNames: [String]?
    var verbs = ["get", "list", "watch"]
    var except: [String] = []
  }

  private struct Entry: Encodable {
    var rules: [Rule]
  }

  func write(in folder: TemporaryFolder) throws -> URL {
    let granted = rules.map {
      Rule(
        namespaces: [$0.namespace.isEmpty ? "*" : $0.namespace], apiGroups: $0.groups,
        resources: $0.resources, resourceNames: $0.resourceNames.isEmpty ? nil : $0.resourceNames,
        verbs: $0.verbs)
    }
    let own = try #require(Self.own[user])
    let value = try JSONEncoder().encode([user: Entry(rules: own + granted)])
    return try folder.write(String(decoding: value, as: UTF8.self), to: "rights.json")
  }
}
