import Kubeconfig
import Reports

/// The file of `--baseline`, and what is said of it.
struct BaselineSource {
  /// A report of a large cluster: 100,000 findings need about 150 MiB.
  private static let limit = 512 << 20

  let path: String
  let baseline: Baseline

  /// Nil without the flag.
  init?(_ invocation: Invocation) throws(BaselineFileError) {
    guard let path = invocation.arguments[Flags.status.baseline] else { return nil }
    self.path = path
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles(limit: Self.limit).read(path)
    } catch {
      throw BaselineFileError(path: path, reason: "cannot be read: \(error.inWords)")
    }
    do {
      baseline = try Baseline(json: bytes)
    } catch {
      throw BaselineFileError(path: path, reason: "\(error)")
    }
  }

  /// Says what is new, and warns of a baseline that was made of another part of the cluster.
  func report(on report: Report, _ diagnostics: Diagnostics) {
    if !baseline.filter.isEmpty, baseline.filter != report.filter.flags {
      diagnostics.warning(
        "baseline \"\(path)\" was filtered by \(baseline.filter.joined(separator: ", ")): what that"
          + " left out counts as new")
    }
    diagnostics.note(summary(of: report))
  }

  private func summary(of report: Report) -> String {
    let (new, known) = baseline.tally(report)
    var text =
      "baseline \"\(path)\": \(new) new \(new == 1 ? "finding" : "findings"), \(known) known"
    if !report.clusters.contains(where: baseline.holds) {
      text += "; it holds no such cluster, so every finding is new"
    }
    return text
  }
}

/// A baseline that cannot be used; the exit status is 2.
struct BaselineFileError: Error, Hashable {
  let path: String
  let reason: String
}
