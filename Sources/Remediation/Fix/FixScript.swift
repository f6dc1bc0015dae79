import Reports

/// A plan as a POSIX shell script: all prose is comment, and what no machine may do is too.
struct FixScript {
  let fixes: ClusterFixes
  let report: Report
  /// One guarded patch per object instead of the shortest commands.
  let usesPatches: Bool
  let width: Int?

  private var outline: FixOutline { FixOutline(fixes: fixes, report: report) }

  /// For standard output: everything that the plan says.
  func plan() -> String {
    var page = CommentText(width: width)
    for line in outline.opening { page.line(line) }
    if fixes.isEmpty { page.line("Nothing to change in what was read.") }
    for (index, section) in outline.sections.enumerated() {
      page.title(index + 1, section.title)
      for line in section.introduction { page.line(line) }
      if section.items.first?.live != nil {
        page.line(hint)
        if let look = clusterLook {
          page.line("Is it this cluster? The answer must be \(fixes.cluster.clusterUID ?? ""):")
          page.command(look, indent: 2)
        }
      }
      for (place, item) in section.items.enumerated() {
        page.blank()
        page.item(item, "\(index + 1).\(place + 1)")
        guard let live = item.live else { continue }
        for command in commands(live) { page.raw(command) }
      }
    }
    guard !fixes.live.isEmpty else { return page.text }
    page.title(outline.sections.count + 1, "To take the changes in the cluster back")
    for live in fixes.live.reversed() {
      for command in commands(live, isInverse: true) { page.command(command, indent: 0) }
    }
    return page.text
  }

  /// `apply.sh` or `rollback.sh`.
  ///
  /// - Parameter file: where the patch of an object is, below the script's folder.
  func file(isInverse: Bool, patchFile: (LiveFix) -> String?) -> String {
    var page = CommentText(width: nil)
    page.raw("#!/bin/sh")
    for line in outline.opening { page.line(line) }
    page.line(
      isInverse
        ? "Takes back what apply.sh changed, last change first. What holds something else by"
          + " now is left alone and named. Arguments go to each kubectl: try --dry-run=server"
          + " first."
        : "Changes the objects in the order of README.md and does not wait for rollouts. What"
          + " cannot be changed is left alone and named. Arguments go to each kubectl: try"
          + " --dry-run=server first.")
    page.raw("set -u")
    page.raw("cd \"$(dirname \"$0\")\" || exit 1")
    if let look = clusterLook, let uid = fixes.cluster.clusterUID.flatMap(ShellWord.text) {
      page.raw("if [ \"$(\(look))\" != \(uid) ]; then")
      page.raw("  echo 'this is not the cluster of the report, or it does not answer' >&2")
      page.raw("  exit 1")
      page.raw("fi")
    }
    page.raw("failed=0")
    for live in isInverse ? fixes.live.reversed() : fixes.live {
      page.blank()
      page.line(live.identity.label)
      for command in fileCommands(live, isInverse: isInverse, patchFile) {
        page.raw("\(command) \"$@\" ||")
        page.raw("  { failed=1; echo \(missed(live)) >&2; }")
      }
    }
    page.blank()
    page.raw("exit \"$failed\"")
    return page.text
  }

  private func fileCommands(
    _ live: LiveFix, isInverse: Bool, _ patchFile: (LiveFix) -> String?
  ) -> [String] {
    let commands = LiveCommands(fix: live, target: fixes.target)
    if usesPatches, let file = patchFile(live), let command = commands.patch(file: file) {
      return [command]
    }
    // Taking back is guarded always: somebody may have moved on since.
    return isInverse ? commands.patches(isInverse: true) : self.commands(live)
  }

  private func missed(_ live: LiveFix) -> String {
    ShellWord.text("not changed, or done already: \(live.identity.label)") ?? "'not changed'"
  }

  private func commands(_ live: LiveFix, isInverse: Bool = false) -> [String] {
    let commands = LiveCommands(fix: live, target: fixes.target)
    return usesPatches
      ? commands.patches(isInverse: isInverse) : commands.shortest(isInverse: isInverse)
  }

  private var hint: String {
    usesPatches
      ? "Each patch tests what it replaces and changes nothing where that is something else by"
        + " now. --dry-run=server tries it."
      : "kubectl set image looks only at names: --format patches makes changes that test what"
        + " they replace. --dry-run=server tries a command."
  }

  /// Asks which cluster a context leads to here; the sample leads nowhere.
  private var clusterLook: String? {
    guard fixes.cluster.clusterUID.flatMap(ShellWord.text) != nil, !report.isSample else {
      return nil
    }
    return "kubectl\(fixes.target.flags) get namespace kube-system -o 'jsonpath={.metadata.uid}'"
  }
}
