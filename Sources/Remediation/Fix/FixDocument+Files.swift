import Inventory
import Reports
import YAMLDocuments

/// One file of a plan, below the folder that the user names.
package struct FixFile: Hashable, Sendable {
  package let path: String
  package let content: String
  package let isExecutable: Bool

  init(_ path: String, _ content: String, isExecutable: Bool = false) {
    self.path = path
    self.content = content
    self.isExecutable = isExecutable
  }
}

extension FixDocument {
  /// - Parameter safe: makes any text one part of a file name.
  package func files(safe: @escaping (String) -> String) -> [FixFile] {
    guard plan.clusters.count != 1 else {
      return plan.clusters.flatMap { files($0, below: "", safe) }
    }
    var folders = FileNames(safe: safe)
    var all: [FixFile] = []
    var index = "# Fixes for \(CountWords.text(plan.clusters.count, "cluster"))\n\n"
    for cluster in plan.clusters {
      let name = cluster.cluster.displayName
      let folder = folders.name(name)
      index += "- \(Markdown.code(name)): \(Markdown.code("\(folder)/README.md"))\n"
      all += files(cluster, below: "\(folder)/", safe)
    }
    return [FixFile("README.md", index)] + all
  }

  private func files(
    _ cluster: ClusterFixes, below base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    isYAML ? documentFiles(cluster, base, safe) : scriptFiles(cluster, base, safe)
  }

  // MARK: Scripts and patches

  private func scriptFiles(
    _ cluster: ClusterFixes, _ base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    let paths = patchPaths(cluster, safe)
    let readme = FixReadme(fixes: cluster, report: plan.report, use: scriptUse(cluster)) { live in
      paths[live.identity].map { "patches/\($0)" }
    }
    return [FixFile("\(base)README.md", readme.text())] + scripts(cluster, base, paths)
      + patchFiles(cluster, base, paths)
  }

  /// Of each object's patch, below the folder of all patches; none in other forms.
  private func patchPaths(
    _ cluster: ClusterFixes, _ safe: @escaping (String) -> String
  ) -> [WorkloadIdentity: String] {
    guard format == .patches else { return [:] }
    var names = FileNames(safe: safe)
    var paths: [WorkloadIdentity: String] = [:]
    for identity in cluster.live.map(\.identity) {
      let folder = identity.namespace.isEmpty ? "cluster" : safe(identity.namespace)
      paths[identity] =
        names.path(folder, "\(identity.kind.lowercased())-\(identity.name)", ".json")
    }
    return paths
  }

  private func scriptUse(_ cluster: ClusterFixes) -> [String] {
    guard !cluster.live.isEmpty else { return [] }
    let use = [
      "`apply.sh` makes the changes of the first part, in its order; `./apply.sh"
        + " --dry-run=server` tries them. What cannot be changed is left alone and named, and"
        + " rollouts are not waited for: to go slowly, copy its commands one by one.",
      "`rollback.sh` takes them back, last first. Changes at a source are taken back there.",
      "Afterwards scan again: `kubectl gcr-report`.",
    ]
    guard format == .patches else { return use }
    return use + [
      "`strategic/` holds the same as strategic merge patches, for a repository or for"
        + " `kubectl patch --patch-file`: containers go by name, and nothing is tested."
    ]
  }

  private func scripts(
    _ cluster: ClusterFixes, _ base: String, _ paths: [WorkloadIdentity: String]
  ) -> [FixFile] {
    guard !cluster.live.isEmpty else { return [] }
    let script = FixScript(
      fixes: cluster, report: plan.report, usesPatches: format == .patches, width: nil)
    return [("apply.sh", "patches", false), ("rollback.sh", "rollback", true)].map {
      name, folder, isInverse in
      let content = script.file(isInverse: isInverse) { live in
        paths[live.identity].map { "\(folder)/\($0)" }
      }
      return FixFile(base + name, content, isExecutable: true)
    }
  }

  private func patchFiles(
    _ cluster: ClusterFixes, _ base: String, _ paths: [WorkloadIdentity: String]
  ) -> [FixFile] {
    cluster.live.flatMap { live -> [FixFile] in
      guard let path = paths[live.identity] else { return [] }
      let commands = LiveCommands(fix: live, target: cluster.target)
      var files = [
        FixFile("\(base)patches/\(path)", commands.document()),
        FixFile("\(base)rollback/\(path)", commands.document(isInverse: true)),
      ]
      if let tree = StrategicMerge.tree(live) {
        let name = "\(path.dropLast(".json".count)).yaml"
        files.append(FixFile("\(base)strategic/\(name)", YAMLWriter.text(tree)))
      }
      return files
    }
  }

  // MARK: Documents

  private func documentFiles(
    _ cluster: ClusterFixes, _ base: String, _ safe: @escaping (String) -> String
  ) -> [FixFile] {
    var names = FileNames(safe: safe)
    var files: [FixFile] = []
    for document in yaml(cluster) {
      let content = Self.comment(document.head) + document.text
      guard format == .values else {
        let folder = names.name(document.folder)
        files.append(FixFile("\(base)kustomize/\(folder)/\(document.name)", content))
        continue
      }
      let path = names.path(safe(document.folder), document.name, ".yaml")
      let former = Self.comment(["The values as they were."]) + (document.inverse ?? "")
      files.append(FixFile("\(base)values/\(path)", content))
      files.append(FixFile("\(base)rollback/\(path)", former))
    }
    let use = files.isEmpty ? emptyUse(cluster) : documentUse
    let readme = FixReadme(fixes: cluster, report: plan.report, use: use) { _ in nil }
    return [FixFile("\(base)README.md", readme.text())] + files
  }

  private static func comment(_ lines: [String]) -> String {
    var page = CommentText(width: nil)
    for line in lines { page.line(line) }
    return page.text
  }

  private func emptyUse(_ cluster: ClusterFixes) -> [String] {
    cluster.isEmpty ? [] : [Markdown.prose(nothingInThisForm)]
  }

  private var documentUse: [String] {
    guard format == .values else {
      return [
        "`kustomize/NAMESPACE` is a component: name it under `components:` in the kustomization"
          + " that makes the objects of that namespace, and apply or commit that.",
        "An entry of `images` changes every tag of that name in what takes it in.",
        "To take it back, take the component out again.",
      ]
    }
    return [
      "`values/NAMESPACE/RELEASE.yaml` holds the values that move the images, and nothing"
        + " else: give it to `helm upgrade` with `-f` after the others, or copy it into the"
        + " source.",
      "`rollback/` holds the values as they were.",
      "Objects that no chart installs are not in these files: see `--format commands`.",
    ]
  }
}
