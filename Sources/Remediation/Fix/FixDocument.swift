import Reports
import YAMLDocuments

/// The forms in which a plan is written.
package enum FixFormat: String, Hashable, Sendable, CaseIterable {
  case commands
  case patches
  case kustomize
  case values
}

/// A plan in one form: as text for standard output, or as files.
package struct FixDocument {
  let plan: FixPlan
  let format: FixFormat

  package init(_ plan: FixPlan, as format: FixFormat) {
    self.plan = plan
    self.format = format
  }

  /// - Parameter width: columns of a terminal; nil for a pipe.
  package func text(width: Int? = nil) -> String {
    plan.clusters.map { cluster in
      switch format {
      case .commands, .patches:
        FixScript(
          fixes: cluster, report: plan.report, usesPatches: format == .patches, width: width
        ).plan()
      case .kustomize, .values: documents(cluster, width: width)
      }
    }
    .joined(separator: isYAML ? "---\n" : "\n")
  }

  var isYAML: Bool { format == .kustomize || format == .values }

  /// The YAML documents, each with its own head, and as comments everything else that the plan
  /// says.
  private func documents(_ cluster: ClusterFixes, width: Int?) -> String {
    let outline = FixOutline(fixes: cluster, report: plan.report)
    var page = CommentText(width: width)
    for line in outline.opening { page.line(line) }
    if cluster.isEmpty { page.line("Nothing to change in what was read.") }
    let documents = yaml(cluster)
    for document in documents {
      page.blank()
      for line in document.head { page.line(line) }
      page.raw("---")
      page.raw(String(document.text.dropLast()))
    }
    if documents.isEmpty, !cluster.isEmpty { page.line(nothingInThisForm) }
    for (index, section) in outline.sections.enumerated() {
      page.title(index + 1, section.title)
      for line in section.introduction { page.line(line) }
      for (place, item) in section.items.enumerated() {
        page.item(item, "\(index + 1).\(place + 1)")
      }
    }
    return page.text
  }

  var nothingInThisForm: String {
    format == .values
      ? "No value of a chart is known to set one of these images: scan with --helm to learn them."
      : "None of these changes can stand in a kustomization."
  }

  /// One YAML document, for standard output or a file of its own.
  struct Document {
    var head: [String]
    var text: String
    /// Folder and name, not yet safe.
    var folder: String
    var name: String
    /// What takes it back.
    var inverse: String?
  }

  func yaml(_ cluster: ClusterFixes) -> [Document] {
    format == .values ? values(cluster) : components(cluster)
  }

  private func components(_ cluster: ClusterFixes) -> [Document] {
    KustomizeFix.all(cluster).map { component in
      let place = component.namespace.isEmpty ? "no namespace" : component.namespace
      var head = ["A kustomize component for what is in \(place): name it under \"components\"."]
      for manager in component.managers {
        head.append("Part of it is for the source of \(manager).")
      }
      return Document(
        head: head, text: YAMLWriter.text(component.tree),
        folder: component.namespace.isEmpty ? "cluster" : component.namespace,
        name: "kustomization.yaml")
    }
  }

  private func values(_ cluster: ClusterFixes) -> [Document] {
    ValuesFix.all(cluster).filter { $0.hasValues }.map { fix in
      var head = ["Values for \(fix.manager.words)."]
      head += fix.unclear.map { "Not among them: \($0)." }
      return Document(
        head: head, text: YAMLWriter.text(fix.tree()), folder: fix.namespace,
        name: fix.manager.name, inverse: YAMLWriter.text(fix.tree(isInverse: true)))
    }
  }
}
