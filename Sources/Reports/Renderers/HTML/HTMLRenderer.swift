/// `-o html`: one file that holds everything, for reading, filtering, printing and keeping.
/// Everything can be read without its script.
enum HTMLRenderer {
  static func render(_ report: Report, by dimension: GroupDimension = .namespace) -> [UInt8] {
    let page = HTMLPage(report)
    var html = HTMLSummary.html(page)
    html += HTMLCoverage.html(page)
    html += HTMLHeatMap.html(page)
    html += HTMLTimeline.html(page)
    html += HTMLGroups.html(page, by: dimension)
    html += HTMLFindings.html(page)
    html += HTMLWaived.html(page)
    html += HTMLRules.html(page)
    html += HTMLNotes.html(page)
    let document = HTMLDocument(
      title: "\(page.digest.headline) – \(page.digest.subject)",
      generator: "kubectl gcr-report \(report.toolVersion)", parts: page.parts, styles: [.style],
      scripts: [.script],
      main: html, footer: foot(report))
    return Array(document.html.source.utf8)
  }

  private static func foot(_ report: Report) -> HTML {
    let stamp = report.catalogue
    return """
      Written by kubectl gcr-report \(report.toolVersion) on \
      \(Timestamp.text(secondsSince1970: report.scannedAt)) with catalogue \(stamp.version), \
      SHA-256 <code>\(stamp.sha256)</code>. This file holds everything it shows and asks no \
      network.
      """
  }
}
