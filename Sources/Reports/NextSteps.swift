import Inventory
import RegistryCatalogue

/// The commands that a document for people ends with, in the order of their use.
enum NextSteps {
  static func commands(_ report: Report) -> [String] {
    let worst = report.clusters.enumerated().compactMap { number, cluster in
      cluster.namespaces.first { $0.worst != nil }.map { (number, $0) }
    }
    .max { ($0.1.risk, $1.0) < ($1.1.risk, $0.0) }
    var commands: [String] = []
    if let (number, namespace) = worst {
      if report.isSample {
        commands.append("kubectl gcr-report demo -o wide")
      } else if let name = ShellWord.text(namespace.name),
        let context = contextFlag(report, number)
      {
        commands.append("kubectl gcr-report -n \(name)\(context) -o wide")
      }
      if let rule = namespace.worst?.rule.flatMap(ShellWord.text) {
        commands.append("kubectl gcr-report rules \(rule)")
      }
    }
    guard !report.isSample else { return commands }
    for (number, cluster) in report.clusters.enumerated()
    where cluster.coverage.contains(where: { $0.state == .forbidden }) {
      if let context = contextFlag(report, number),
        let namespaces = report.target.namespacesText
      {
        commands.append("kubectl gcr-report access\(context)\(namespaces)")
      }
    }
    return commands
  }

  /// The flags that reach the cluster again; nil when a value cannot be typed.
  private static func contextFlag(_ report: Report, _ number: Int) -> String? {
    guard report.clusters.count > 1 else { return report.target.connectionText }
    guard let word = report.clusters[number].contexts.first.flatMap(ShellWord.text) else {
      return nil
    }
    return " --context \(word)"
  }
}
