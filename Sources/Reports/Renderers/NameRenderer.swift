import ImageReferences
import Inventory

/// `-o name`: the images of the findings, normalised, sorted, each once, one a line; nothing else,
/// so that `crane` and `skopeo` can be fed with it.
///
/// Texts that are no reference are left out; so is history, and so are clean images, unless they
/// were asked for. What was not read has no place here: whoever prints this says it elsewhere.
enum NameRenderer {
  static func render(_ report: Report) -> String {
    var names: Set<String> = []
    for cluster in report.clusters {
      for finding in cluster.findings where report.shows(finding) {
        if let reference = finding.use.image.reference {
          names.insert(TerminalText.sanitized(reference.canonical))
        }
      }
    }
    return names.sorted().map { "\($0)\n" }.joined()
  }
}
