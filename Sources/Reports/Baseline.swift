internal import Foundation
import ImageReferences
import Inventory
import RegistryCatalogue

/// A former report that findings are held against: what it holds is known.
///
/// A cluster is the same by its UID, or, where one of the two reports has none, by a context in
/// common; a finding is the same by workload, container, image and rule. What was history then
/// is new when it counts now.
package struct Baseline: Sendable {
  private struct Cluster: Sendable {
    let uid: String?
    let contexts: Set<String>
    let findings: Set<FindingIdentity>

    func isSame(as cluster: ClusterReport) -> Bool {
      if let uid, let other = cluster.clusterUID { return uid == other }
      return !contexts.isDisjoint(with: cluster.contexts)
    }
  }

  private let clusters: [Cluster]
  /// The flags of the filter that was in force: what it left out is not held.
  package let filter: [String]

  /// Reads what `-o json` wrote.
  package init(json bytes: [UInt8]) throws(BaselineError) {
    let document: BaselineDocument
    do {
      let head = try JSONDecoder().decode(BaselineDocument.Head.self, from: Data(bytes))
      guard head.apiVersion == "gcr-report/v1", head.kind == "Report" else {
        throw BaselineError.otherDocument(apiVersion: head.apiVersion, kind: head.kind)
      }
      document = try JSONDecoder().decode(BaselineDocument.self, from: Data(bytes))
    } catch let error as BaselineError {
      throw error
    } catch let error as DecodingError {
      throw BaselineError(error)
    } catch {
      throw .notJSON
    }
    clusters = document.clusters.map { cluster in
      Cluster(
        uid: cluster.clusterUID, contexts: Set(cluster.contexts),
        findings: Set(cluster.findings.filter(\.isHeld).map(\.identity)))
    }
    filter = document.filter?.flags ?? []
  }

  package func holds(_ cluster: ClusterReport) -> Bool {
    clusters.contains { $0.isSame(as: cluster) }
  }

  package func holds(_ finding: Finding, of cluster: ClusterReport) -> Bool {
    let identity = FindingIdentity(finding)
    return clusters.contains { $0.isSame(as: cluster) && $0.findings.contains(identity) }
  }

  /// How many of the report's findings are new and how many are known, of those that may fail.
  package func tally(_ report: Report) -> (new: Int, known: Int) {
    var (new, known) = (0, 0)
    for cluster in report.clusters {
      for finding in cluster.findings where finding.mayFail && finding.kind != .clean {
        if holds(finding, of: cluster) { known += 1 } else { new += 1 }
      }
    }
    return (new, known)
  }
}

/// Why a file cannot be the baseline.
package enum BaselineError: Error, Hashable, Sendable {
  case notJSON
  case otherDocument(apiVersion: String?, kind: String?)
  /// `field` reads `clusters[0].findings[3].image`; empty for the whole document.
  case invalid(field: String, problem: String)
}

extension BaselineError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON:
      return "it is not JSON; expected a report that -o json wrote"
    case .otherDocument(let apiVersion, let kind):
      return "it is \(Self.quoted(kind)) of \(Self.quoted(apiVersion)); expected kind \"Report\" of"
        + " apiVersion \"gcr-report/v1\", as -o json writes it"
    case .invalid(let field, let problem):
      return (field.isEmpty ? "" : "field \"\(field)\": ") + problem
    }
  }

  private static func quoted(_ text: String?) -> String {
    text.map { "\"\($0)\"" } ?? "nothing"
  }

  fileprivate init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self = .invalid(field: Self.path(context.codingPath + [key]), problem: "it is missing")
    case .typeMismatch(let type, let context):
      self = .invalid(
        field: Self.path(context.codingPath), problem: "expected \(Self.words(for: type))")
    case .valueNotFound(let type, let context):
      self = .invalid(
        field: Self.path(context.codingPath),
        problem: "expected \(Self.words(for: type)) instead of null")
    case .dataCorrupted: self = .notJSON
    @unknown default: self = .notJSON
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }

  private static func words(for type: any Any.Type) -> String {
    if type == String.self { return "a string" }
    if type == Bool.self { return "true or false" }
    if type is any ListType.Type { return "a list" }
    return "an object"
  }
}

/// Tells arrays from objects, whatever they hold.
private protocol ListType {}
extension Array: ListType {}

/// What of a report is needed to know its findings again.
private struct BaselineDocument: Decodable {
  struct Head: Decodable {
    let apiVersion: String?
    let kind: String?
  }

  struct Cluster: Decodable {
    let contexts: [String]
    let clusterUID: String?
    let findings: [Finding]
  }

  struct Finding: Decodable {
    struct Workload: Decodable {
      let kind: String
      let namespace: String
      let name: String
    }

    struct Image: Decodable {
      let text: String
    }

    let kind: String
    let rule: String?
    let counts: Bool
    let exposure: String?
    let waivedUntil: String?
    let workload: Workload
    let container: String
    let image: Image
    let file: Place?

    struct Place: Decodable {
      let path: String
    }

    /// An exception that has ended makes nothing new.
    var isHeld: Bool {
      counts || (waivedUntil != nil && exposure != Exposure.history.rawValue)
    }

    var identity: FindingIdentity {
      FindingIdentity(
        namespace: workload.namespace, kind: workload.kind, name: workload.name,
        container: container, image: image.text, rule: rule ?? kind,
        file: file?.path ?? "")
    }
  }

  struct Filter: Decodable {
    let flags: [String]
  }

  /// Earlier reports say nothing of it.
  let filter: Filter?
  let clusters: [Cluster]
}
