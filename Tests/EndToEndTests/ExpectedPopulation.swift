import Foundation

/// What a scan must find in the second population; written by hand
/// (Tests/Fixtures/second-population/README.md explains the fields).
struct ExpectedPopulation: Decodable, Sendable {
  struct Use: Decodable, Sendable {
    enum Kind: String, Decodable, Sendable { case reference, placeholder, invalid }

    var container: String
    var role: String
    var image: String
    /// Nil where the use stands in Pods only.
    var path: String?
    var pullPolicy: String
    var origin: String
    /// Of this use, where it differs from its workload's; `past` is completed or history.
    var activity: String?
    var pods: Int
    var legacy: Bool
    var kind: Kind?
    /// The waiting reason that makes the reference fail.
    var failing: String?
    /// A waiting reason that does not.
    var waiting: String?
    var templateImage: String?
  }

  struct Workload: Decodable, Sendable {
    var namespace: String
    var apiVersion: String
    var kind: String
    var name: String
    var activity: String
    var desired: Int?
    /// False when only Pods name the owner.
    var ownerIsRead: Bool?
    var mustBeClean: Bool?
    var mirrorOnNode: String?
    var autoscaledBy: String?
    var uses: [Use]
  }

  struct CustomResource: Decodable, Sendable {
    struct Use: Decodable, Sendable {
      var path: String
      var image: String
    }

    var namespace: String
    var apiVersion: String
    var kind: String
    var name: String
    /// How it is found: `known`, `schema` or `shape`.
    var found: String
    var uses: [Use]
  }

  /// An object or a text that must not be taken for something.
  struct Exclusion: Decodable, Sendable {
    var namespace: String?
    var kind: String?
    var name: String?
    var text: String?
    var why: String
  }

  var server: String
  var workloads: [Workload]
  var notWorkloads: [Exclusion]
  var emptyNamespaces: [String]
  var neverFound: [Exclusion]
  var customResources: [CustomResource]
  var customResourcesWithoutUses: [Exclusion]

  static func loadSecond() throws -> ExpectedPopulation {
    let file = TestFolders.secondPopulation.appendingPathComponent("expected.json")
    return try JSONDecoder().decode(ExpectedPopulation.self, from: Data(contentsOf: file))
  }
}
