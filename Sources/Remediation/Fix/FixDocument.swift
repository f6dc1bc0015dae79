import Inventory
import Reports
import YAMLDocuments

/// The forms in which a plan is written.
package enum FixFormat: String, Hashable, Sendable, CaseIterable {
  case commands
  case patches
  case kustomize
  case values
}

/// One file of a plan, below the folder that the user names.
package struct FixFile: Hashable, Sendable {
  package let path: String
  package let content: String
  package let isExecutable: Bool
}

/// A plan in one form: as text for standard output, or as files.
package struct FixDocument {
  private let plan: FixPlan
  private let format: FixFormat

  package init(_ plan: FixPlan, as format: FixFormat) {
    self.plan = plan
    self.format = format
  }

  // MARK: Standard output

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

  private var isYAML: Bool { format == .kustomize || format == .values }

  /// The YAML documents, each with its own head, and as comments everything else that the plan says.
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

  private var nothingInThisForm: String {
    format == .values
      ? "No value of a chart is known to set one of these images: scan with --helm to learn them."
      : "None of these changes can stand in a kustomization."
  }

  private struct Document {
    var head: [String]
    var text: String
    /// Folder and name, not yet safe.
    var folder: String
    var name: String
    var inverse: String?
  }

  private func yaml(_ cluster: ClusterFixes) -> [Document] {
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

  // MARK: Files

  /// - Parameter safe: makes any text one part of a file name.
  package func files(safe: @escaping (String) -> String) -> [FixFile] {
    guard plan.clusters.count != 1 else {
      return plan.clusters.flatMap { self.files($0, below: "", safe) }
    }
    var folders = FileNames(safe: safe)
    var files: [FixFile] = []
    var index = "# Fixes for \(CountWords.text(plan.clusters.count, "cluster"))\n\n"
    for cluster in plan.clusters {
      let name = cluster.cluster.displayName
      let folder = folders.name(name)
      index += "- \(Markdown.code(name)): \(Markdown.code("\(folder)/README.md"))\n"
      files += self.files(cluster, below: "\(folder)/", safe)
    }
    return [FixFile(path: "README.md", content: index, isExecutable: false)] + files
  }

  private func files(
    _ cluster: ClusterFixes, below base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    isYAML ? documentFiles(cluster, base, safe) : scriptFiles(cluster, base, safe)
  }

  private func scriptFiles(
    _ cluster: ClusterFixes, _ base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    var files: [FixFile] = []
    var paths: [WorkloadIdentity: String] = [:]
    if format == .patches {
      var names = FileNames(safe: safe)
      for live in cluster.live {
        let folder = live.identity.namespace.isEmpty ? "cluster" : safe(live.identity.namespace)
        paths[live.identity] =
          names.path(folder, "\(live.identity.kind.lowercased())-\(live.identity.name)", ".json")
      }
    }
    let script = FixScript(
      fixes: cluster, report: plan.report, usesPatches: format == .patches, width: nil)
    var use: [String] = []
    if !cluster.live.isEmpty {
      use = [
        "`apply.sh` makes the changes of the first part, in its order; `./apply.sh"
          + " --dry-run=server` tries them. What cannot be changed is left alone and named, and"
          + " rollouts are not waited for: to go slowly, copy its commands one by one.",
        "`rollback.sh` takes them back, last first. Changes at a source are taken back there.",
        "Afterwards scan again: `kubectl gcr-report`.",
      ]
      if format == .patches {
        use.append(
          "`strategic/` holds the same as strategic merge patches, for a repository or for"
            + " `kubectl patch --patch-file`: containers go by name, and nothing is tested.")
      }
      for (name, isInverse) in [("apply.sh", false), ("rollback.sh", true)] {
        let folder = isInverse ? "rollback" : "patches"
        files.append(
          FixFile(
            path: base + name,
            content: script.file(isInverse: isInverse) { live in
              paths[live.identity].map { "\(folder)/\($0)" }
            }, isExecutable: true))
      }
    }
    for live in cluster.live {
      guard let path = paths[live.identity] else { continue }
      let commands = LiveCommands(fix: live, target: cluster.target)
      files.append(
        FixFile(path: "\(base)patches/\(path)", content: commands.document(), isExecutable: false))
      files.append(
        FixFile(
          path: "\(base)rollback/\(path)", content: commands.document(isInverse: true),
          isExecutable: false))
      if let tree = StrategicMerge.tree(live) {
        files.append(
          FixFile(
            path: "\(base)strategic/\(path.dropLast(".json".count)).yaml",
            content: YAMLWriter.text(tree), isExecutable: false))
      }
    }
    let readme = FixReadme(fixes: cluster, report: plan.report, use: use) { live in
      paths[live.identity].map { "patches/\($0)" }
    }
    return [FixFile(path: "\(base)README.md", content: readme.text(), isExecutable: false)] + files
  }

  private func documentFiles(
    _ cluster: ClusterFixes, _ base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    var names = FileNames(safe: safe)
    var files: [FixFile] = []
    var use: [String] = []
    func text(_ document: Document, _ body: String, _ head: [String]) -> String {
      var page = CommentText(width: nil)
      for line in head { page.line(line) }
      return page.text + body
    }
    for document in yaml(cluster) {
      if format == .values {
        let path = names.path(safe(document.folder), document.name, ".yaml")
        files.append(
          FixFile(
            path: "\(base)values/\(path)", content: text(document, document.text, document.head),
            isExecutable: false))
        files.append(
          FixFile(
            path: "\(base)rollback/\(path)",
            content: text(document, document.inverse ?? "", ["The values as they were."]),
            isExecutable: false))
      } else {
        let path = "kustomize/\(names.name(document.folder))/kustomization.yaml"
        files.append(
          FixFile(
            path: base + path, content: text(document, document.text, document.head),
            isExecutable: false))
      }
    }
    if files.isEmpty {
      if !cluster.isEmpty { use.append(Markdown.prose(nothingInThisForm)) }
    } else if format == .values {
      use = [
        "`values/NAMESPACE/RELEASE.yaml` holds the values that move the images, and nothing"
          + " else: give it to `helm upgrade` with `-f` after the others, or copy it into the"
          + " source.",
        "`rollback/` holds the values as they were.",
        "Objects that no chart installs are not in these files: see `--format commands`.",
      ]
    } else {
      use = [
        "`kustomize/NAMESPACE` is a component: name it under `components:` in the kustomization"
          + " that makes the objects of that namespace, and apply or commit that.",
        "An entry of `images` changes every tag of that name in what takes it in.",
        "To take it back, take the component out again.",
      ]
    }
    let readme = FixReadme(fixes: cluster, report: plan.report, use: use) { _ in nil }
    return [FixFile(path: "\(base)README.md", content: readme.text(), isExecutable: false)] + files
  }
}

/// Names of files that are safe and differ, whatever the names that they are made from.
struct FileNames {
  private let safe: (String) -> String
  private var taken: Set<String> = []

  init(safe: @escaping (String) -> String) {
    self.safe = safe
  }

  mutating func name(_ text: String) -> String {
    path("", text, "")
  }

  /// Below a folder that is safe already. Some file systems ignore case.
  mutating func path(_ folder: String, _ text: String, _ ending: String) -> String {
    let start = folder.isEmpty ? "" : "\(folder)/"
    let name = start + safe(text)
    var path = name + ending
    var number = 2
    while !taken.insert(path.lowercased()).inserted {
      path = "\(name)-\(number)\(ending)"
      number += 1
    }
    return path
  }
}
