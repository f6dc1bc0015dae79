/// The rules that findings name: what happened, what to do, who says so.
enum HTMLRules {
  static func html(_ page: HTMLPage) -> HTML {
    guard !page.report.rules.isEmpty else { return "" }
    let articles = page.report.rules.enumerated().map { number, rule -> HTML in
      """
      <article id="rule-\(number)" data-rule="\(number)" data-name="\(rule.id)">
      <h3>\(rule.title)</h3>
      <p>\(rule.what)</p>
      <p class="advice">\(rule.advice)</p>
      <ul>\(rule.sources.map { "<li>\(source($0))</li>" as HTML }.joined())</ul>
      <p>\(findings(number, page))<code>\(rule.id)</code></p>
      </article>
      """
    }
    return HTMLPage.section(
      "rules", "Registries", "What happened to them, what to do, and who says so.",
      "<div class=\"rules\">\(articles.joined("\n"))</div>")
  }

  private static func findings(_ number: Int, _ page: HTMLPage) -> HTML {
    if page.entries.isEmpty { return "" }
    return "<a href=\"#findings\" data-filters data-rule=\"\(number)\">Its findings</a> · "
  }

  /// Only a web address becomes a link: rules may come from a file of anybody's.
  private static func source(_ text: String) -> HTML {
    guard SARIFText.isURL(text) else { return "\(text)" }
    return "<a href=\"\(text)\" rel=\"noreferrer noopener\">\(text)</a>"
  }
}
