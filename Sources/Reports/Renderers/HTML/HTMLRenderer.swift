import Inventory
import RegistryCatalogue

/// `-o html`: one file that holds everything, for reading, filtering, printing and keeping.
///
/// It asks no network: a Content-Security-Policy (https://www.w3.org/TR/CSP3/) forbids every source
/// and allows the one style and the one script by their hashes, so that no name could do anything
/// even as markup. Everything can be read without the script.
enum HTMLRenderer {
  static func render(_ report: Report, by dimension: GroupDimension = .namespace) -> [UInt8] {
    let page = HTMLPage(report)
    var html = head(page)
    html += HTMLSummary.html(page)
    html += HTMLCoverage.html(page)
    html += HTMLHeatMap.html(page)
    html += HTMLTimeline.html(page)
    html += HTMLGroups.html(page, by: dimension)
    html += HTMLFindings.html(page)
    html += HTMLWaived.html(page)
    html += HTMLRules.html(page)
    html += HTMLNotes.html(page)
    html += foot(page)
    return Array(html.source.utf8)
  }

  private static func head(_ page: HTMLPage) -> HTML {
    let policy = [
      "default-src 'none'", "style-src \(HTMLAssets.style.policySource)",
      "script-src \(HTMLAssets.script.policySource)", "base-uri 'none'", "form-action 'none'",
    ].joined(separator: "; ")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="kubectl gcr-report \(page.report.toolVersion)">
      <title>\(page.digest.headline) – \(page.digest.subject)</title>
      <style>\(HTML(trusted: HTMLAssets.style.text))</style>
      <script>\(HTML(trusted: HTMLAssets.script.text))</script>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>
      <header class="bar"><div><span class="brand">Image registries</span>
      <nav aria-label="Parts of the report"><ul>
      \(page.parts.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" as HTML }.joined("\n"))
      </ul></nav>
      <button type="button" id="theme" hidden>Dark theme</button></div></header>
      <main id="main">

      """
  }

  private static func foot(_ page: HTMLPage) -> HTML {
    let report = page.report
    let stamp = report.catalogue
    return """
      </main>
      <footer>Written by kubectl gcr-report \(report.toolVersion) on \
      \(Timestamp.text(secondsSince1970: report.scannedAt)) with catalogue \(stamp.version), \
      SHA-256 <code>\(stamp.sha256)</code>. This file holds everything it shows and asks no \
      network.</footer>
      </body>
      </html>

      """
  }
}
