import Inventory

/// A workload with its image, as the WORST column shows them.
struct WorstPlace: Hashable, Sendable {
  private let workload: WorkloadLabel
  private let image: ImageLabel
  private let outlook: String

  private static let gap = "  "

  init(_ finding: Finding, showsNamespace: Bool = false) {
    workload = WorkloadLabel(finding.use.workload, showsNamespace: showsNamespace)
    image = ImageLabel(finding.use.image)
    outlook = finding.outlook.map(TerminalText.sanitized) ?? ""
  }

  var whole: String {
    let place = workload.whole + Self.gap + image.whole
    return outlook.isEmpty ? place : "\(place)\(Self.gap)(\(outlook))"
  }

  var usefulWidth: Int {
    TerminalText.width(workload.short) + Self.gap.count + image.usefulWidth
  }

  /// In this order: the outlook goes; the image loses its digest and then its path; the kind gets
  /// kubectl's short name; the workload's name loses its middle and the image's name its
  /// beginning; the workload goes. The tag stays.
  func fitted(to width: Int) -> String {
    if TerminalText.width(whole) <= width { return whole }
    for form in [workload.whole, workload.short] {
      let room = width - TerminalText.width(form) - Self.gap.count
      if room >= image.usefulWidth { return form + Self.gap + image.fitted(to: room) }
    }
    let forWorkload = max(workload.usefulWidth, width - Self.gap.count - image.usefulWidth)
    let forImage = width - Self.gap.count - forWorkload
    if forImage < image.leastWidth { return image.fitted(to: width) }
    return workload.fitted(to: forWorkload) + Self.gap + image.fitted(to: forImage)
  }
}
