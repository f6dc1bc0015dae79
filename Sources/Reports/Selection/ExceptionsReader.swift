import Inventory
import RegistryCatalogue
package import YAMLDocuments

/// Reads an exceptions file: one YAML document with a list of `exceptions`.
package struct ExceptionsReader {
  /// A person writes it; this bounds what aliases can blow up.
  private static let limits = YAMLLimits(
    maximumBytes: 8 << 20, maximumDepth: 10, maximumNodes: 500_000)
  private static let fields = [
    "context", "namespace", "workload", "image", "rule", "kind", "reason", "expires",
  ]
  private static let conditions = Array(fields.prefix(5))

  /// For messages.
  private let path: String

  package init(path: String) {
    self.path = path
  }

  package func read(_ bytes: [UInt8]) throws(ExceptionsError) -> Exceptions {
    let nodes: [YAMLNode]
    do throws(YAMLError) {
      nodes = try YAMLDocuments.load(bytes, limits: Self.limits)
    } catch {
      throw .notYAML(path: path, error: error)
    }
    do throws(YAMLFieldError) {
      return try exceptions(YAMLField(only: nodes, with: "exceptions"))
    } catch {
      throw .invalid(path: path, line: error.line, field: error.field, problem: error.problem)
    }
  }

  private func exceptions(_ root: YAMLField) throws(YAMLFieldError) -> Exceptions {
    let members = try root.members(["apiVersion", "kind", "exceptions"])
    try members["apiVersion"]?.expect("gcr-report/v1")
    try members["kind"]?.expect("Exceptions")
    guard let list = members["exceptions"] else { throw root.fault("\"exceptions\" is missing") }
    var entries: [Exceptions.Entry] = []
    for item in try list.items() { entries.append(try entry(item)) }
    return Exceptions(path: path, entries: entries)
  }

  private func entry(_ item: YAMLField) throws(YAMLFieldError) -> Exceptions.Entry {
    let members = try item.members(Self.fields)
    guard let kind = members["kind"], let reason = members["reason"],
      let expires = members["expires"]
    else {
      let missing = ["kind", "reason", "expires"].first { members[$0] == nil } ?? ""
      throw item.fault("\"\(missing)\" is missing")
    }
    guard Self.conditions.contains(where: { members[$0] != nil }) else {
      throw item.fault(
        "it would match everything; expected one of \(Self.conditions.joined(separator: ", "))")
    }
    var entry = Exceptions.Entry(
      line: item.line,
      waiver: Waiver(
        kind: try kind.waiverKind(), reason: try reason.text(), until: try expires.day()))
    entry.contexts = try members["context"]?.globs() ?? []
    entry.namespaces = try members["namespace"]?.globs() ?? []
    entry.workloads = try members["workload"]?.globs() ?? []
    entry.images = try members["image"]?.globs() ?? []
    entry.rules = try members["rule"]?.globs() ?? []
    for glob in entry.workloads where !glob.text.contains("/") && glob.text != "*" {
      throw (members["workload"] ?? item).fault(
        "\(YAMLField.quote(glob.text)) names no kind; expected KIND/NAME, for example"
          + " \"Deployment/web\" or \"*/web\"")
    }
    return entry
  }
}

/// Why an exceptions file could not be used.
package enum ExceptionsError: Error, Hashable, Sendable {
  /// The whole of it.
  case unreadable(path: String, reason: String)
  case notYAML(path: String, error: YAMLError)
  /// The line is 1-based; `field` reads `exceptions[2].expires`.
  case invalid(path: String, line: Int, field: String, problem: String)
}

extension ExceptionsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      return "cannot read exceptions file \"\(path)\": \(reason)"
    case .notYAML(let path, let error):
      guard let position = error.position else {
        return "exceptions file \"\(path)\": \(error.problem)"
      }
      return "exceptions file \"\(path)\", line \(position.line), column \(position.column):"
        + " \(error.problem)"
    case .invalid(let path, let line, let field, let problem):
      return "exceptions file \"\(path)\", line \(line), field \"\(field)\": \(problem)"
    }
  }
}
