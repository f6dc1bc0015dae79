import Foundation
import Testing

@testable import Reports

/// The Markdown as GitHub's own reader, cmark-gfm, takes it; `make test-real` installs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct MarkdownRealToolsTests {
  /// Tags, links, and the text outside of code, where GitHub would look for mentions.
  private static let script = #"""
    import json, subprocess, sys
    from html.parser import HTMLParser
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.tags, self.links, self.inside, self.text, self.widths = set(), set(), 0, "", []
        def handle_starttag(self, tag, attributes):
            self.tags.add(tag)
            if tag == "a": self.links.add(dict(attributes)["href"])
            if tag in ("code", "a"): self.inside += 1
            if tag == "tr": self.widths.append(0)
            if tag in ("td", "th"): self.widths[-1] += 1
        def handle_endtag(self, tag):
            if tag in ("code", "a"): self.inside -= 1
        def handle_data(self, data):
            if not self.inside: self.text += data
    page = subprocess.run(
        ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough",
         "-e", "tasklist", sys.argv[1]], check=True, capture_output=True).stdout.decode()
    reader = Reader()
    reader.feed(page)
    json.dump({"tags": sorted(reader.tags), "links": sorted(reader.links), "text": reader.text,
               "widths": sorted(set(reader.widths))}, sys.stdout)
    """#

  @Test(arguments: DocumentSamples.all) func namesBecomeNothing(_ report: Report) throws {
    for dimension in GroupDimension.allCases {
      let bytes = render(report, as: .markdown, options: RenderOptions(dimension: dimension))
      let seen = try #require(
        Programs.python(Self.script, reading: bytes) as? [String: Any])
      let tags = try #require(seen["tags"] as? [String])
      #expect(
        Set(tags).isSubset(of: [
          "h1", "h2", "p", "strong", "code", "pre", "blockquote", "ul", "li", "table", "thead",
          "tbody", "tr", "th", "td", "a",
        ]))
      let sources = Set(report.rules.flatMap(\.sources))
      let links = try #require(seen["links"] as? [String])
      #expect(links.allSatisfy(sources.contains))
      let text = try #require(seen["text"] as? String)
      for mark in ["@", "#", "$", "evil"] { #expect(!text.contains(mark)) }
      #expect(Set(try #require(seen["widths"] as? [Int])).isSubset(of: [2, 4, 5]))
    }
  }
}
