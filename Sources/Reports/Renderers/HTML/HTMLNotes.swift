import Inventory
import RegistryCatalogue

/// How to read the page, what was not asked for, what to do next.
enum HTMLNotes {
  static func html(_ page: HTMLPage) -> HTML {
    var notes = HTML.empty
    for (title, text) in words { notes += "<div><dt>\(title)</dt><dd>\(text)</dd></div>" }
    let skipped = page.report.clusters.skippedInWords
    if !skipped.isEmpty { notes += note("Not asked for", skipped.joined(separator: " · ")) }
    let projects = UnverifiedProject.all(in: page.report.clusters)
      .map { $0.text(saysClusters: page.hasSeveralClusters) }
    if !projects.isEmpty {
      notes += note("Unverified projects", projects.joined(separator: " · "))
    }
    let age = page.report.catalogue.age(on: page.report.asOf)
    if age > Catalogue.oldAfterDays {
      notes += note(
        "The catalogue is old",
        "\(CountWords.text(age, "day")) on \(page.report.asOf): newer events are missing from it.")
    }
    let commands = NextSteps(report: page.report).ofDocument()
    let next: HTML =
      commands.isEmpty
      ? ""
      : HTMLPage.section(
        "next", "Next", "Commands to type.",
        "<div class=\"next\">\(commands.map { "<code>\($0)</code>" as HTML }.joined("\n"))</div>")
    return "\(next)\(HTMLPage.section("notes", "Notes", "", "<dl class=\"notes\">\(notes)</dl>"))"
  }

  private static func note(_ title: String, _ text: String) -> HTML {
    "<div><dt>\(title)</dt><dd>\(text)</dd></div>"
  }

  private static let words: [(String, String)] = [
    (
      "Registry",
      "gone: pulls fail. retiring: the day of removal is known. frozen: it answers and is never"
        + " updated. moved: its publisher left. probe: only the registry itself can tell."
    ),
    (
      "Next start",
      "failing: a container waits now because its image cannot be pulled. pulls: the next start asks"
        + " the registry. cached: every node it may run on holds the image. dormant: scaled to zero"
        + " or suspended, and nothing starts it without a person. unknown: it cannot be told."
        + " history: only a rollback brings it back; it never counts."
    ),
    (
      "Risk",
      "Registry and next start together; critical fails now or within 30 days. At risk is what is low"
        + " or worse; each workload counts once."
    ),
  ]
}
