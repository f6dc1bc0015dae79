import Foundation
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct HTMLTests {
  /// What an independent reader finds: Python's html.parser, and hashlib for the policy.
  private static let script = #"""
    import base64, hashlib, json, re, sys
    from html.parser import HTMLParser
    void = {"meta", "link", "br", "img", "input", "hr", "col"}
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.open, self.tags, self.ids, self.links = [], {}, [], []
            self.names, self.attributes, self.text, self.code = [], set(), [], {}
            self.policy = None
        def handle_starttag(self, tag, attributes):
            self.tags[tag] = self.tags.get(tag, 0) + 1
            for name, value in attributes:
                self.attributes.add(name)
                if name == "id": self.ids.append(value)
                if name == "href": self.links.append(value)
                if name in ("aria-labelledby", "for"): self.names.append(value)
            values = dict(attributes)
            if values.get("http-equiv"): self.policy = values["content"]
            if tag not in void: self.open.append(tag)
        def handle_startendtag(self, tag, attributes):
            self.handle_starttag(tag, attributes)
            if self.open and self.open[-1] == tag: self.open.pop()
        def handle_endtag(self, tag):
            assert self.open and self.open[-1] == tag, (self.open[-3:], tag, self.getpos())
            self.open.pop()
        def handle_data(self, data):
            if self.open and self.open[-1] in ("style", "script"): self.code[self.open[-1]] = data
            else: self.text.append(data)
    source = open(sys.argv[1], encoding="utf-8", newline="").read()
    reader = Reader()
    reader.feed(source)
    reader.close()
    assert not reader.open, reader.open
    def digest(text):
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
    rest = source.replace(reader.code["style"], "").replace(reader.code["script"], "")
    json.dump({
        "tags": reader.tags, "attributes": sorted(reader.attributes),
        "doubleIds": len(reader.ids) - len(set(reader.ids)),
        "lost": [l for l in reader.links if l.startswith("#") and l[1:] not in reader.ids]
          + [n for n in reader.names if n not in reader.ids],
        "links": sorted({l for l in reader.links if not l.startswith("#")}),
        "policy": reader.policy, "style": digest(reader.code["style"]),
        "script": digest(reader.code["script"]), "text": "".join(reader.text),
        "controls": len(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f]", rest)),
    }, sys.stdout)
    """#

  private func read(_ report: Report, by dimension: GroupDimension? = nil) throws -> [String: Any] {
    let bytes = render(report, as: .html, options: RenderOptions(dimension: dimension))
    return try #require(Programs.python(Self.script, reading: bytes) as? [String: Any])
  }

  private static let tags: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "div", "span", "nav", "ul",
    "li", "button", "main", "section", "p", "h1", "h2", "h3", "dl", "dt", "dd", "figure",
    "figcaption", "svg", "rect", "b", "small", "code", "bdi", "details", "summary", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "colgroup", "col", "text", "line", "circle",
    "path", "form", "label", "input", "article", "footer", "script",
  ]

  private static let attributes: Set<String> = [
    "aria-hidden", "aria-label", "aria-labelledby", "autocomplete", "charset", "class", "colspan",
    "content", "cx", "cy", "d", "data-cluster", "data-filter", "data-filters", "data-key",
    "data-name", "data-namespace", "data-risk", "data-rule", "data-search", "data-sort",
    "data-team", "data-waived", "height", "hidden", "href", "http-equiv", "id", "lang", "name",
    "overflow", "placeholder", "r", "rel", "role", "scope", "tabindex", "text-anchor", "title",
    "type", "width", "x", "x1", "x2", "y", "y1", "y2",
  ]

  /// A document of our own tags and attributes alone, whatever names say; no address but those of
  /// rules that are web addresses.
  @Test(arguments: DocumentSamples.all) func everyReportIsSoundMarkup(_ report: Report) throws {
    let seen = try read(report)
    let tags = try #require(seen["tags"] as? [String: Int])
    #expect(Set(tags.keys).subtracting(Self.tags).isEmpty)
    #expect(tags["script"] == 1)
    #expect(tags["style"] == 1)
    #expect(tags["h1"] == 1)
    let attributes = try #require(seen["attributes"] as? [String])
    #expect(Set(attributes).subtracting(Self.attributes).isEmpty)
    #expect(seen["doubleIds"] as? Int == 0)
    #expect(seen["lost"] as? [String] == [])
    #expect(seen["controls"] as? Int == 0)
    let links = try #require(seen["links"] as? [String])
    #expect(links.allSatisfy { $0.hasPrefix("https://") })
  }

  @Test(arguments: GroupDimension.allCases)
  func everyGroupingIsSoundMarkup(_ dimension: GroupDimension) throws {
    for report in [DocumentSamples.tenClusters, DocumentSamples.hostile] {
      let seen = try read(report, by: dimension)
      let tags = try #require(seen["tags"] as? [String: Int])
      #expect(Set(tags.keys).subtracting(Self.tags).isEmpty)
      #expect(seen["lost"] as? [String] == [])
      #expect((seen["text"] as? String)?.contains("By \(dimension.rawValue)") == true)
    }
  }

  @Test func thePolicyAllowsOneStyleAndOneScriptByTheirHashes() throws {
    let seen = try read(SampleReports.mixed)
    let style = try #require(seen["style"] as? String)
    let script = try #require(seen["script"] as? String)
    #expect(
      seen["policy"] as? String
        == "default-src 'none'; style-src \(style); script-src \(script); base-uri 'none'; "
        + "form-action 'none'")
  }

  @Test func theFilesLoadNothingAndEndNothing() {
    for text in [HTMLAssets.style.text, HTMLAssets.script.text] {
      #expect(!text.isEmpty)
      for word in ["</", "<!--", "url(", "@import", "http:", "https:", "innerHTML", "eval("] {
        #expect(!text.contains(word), "\(word)")
      }
    }
  }

  /// Every text is there, as text.
  @Test func hostileTextIsShown() throws {
    let text = try #require(try read(DocumentSamples.hostile)["text"] as? String)
    for hostile in DocumentSamples.hostileTexts where !hostile.isEmpty {
      #expect(text.contains(TerminalText.sanitized(hostile)))
    }
  }

  @Test func literalsAreMarkupAndStringsAreText() {
    let text = "<b a=\"1\" c='2'>&amp;\u{202E}\u{0}"
    let html: HTML = "<i title=\"\(text)\">\(text)\("<br>" as HTML)\(7)</i>"
    let escaped = "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;\\u{202e}\\u{0}"
    #expect(html.source == "<i title=\"\(escaped)\">\(escaped)<br>7</i>")
  }

  @Test(arguments: [
    (SampleReports.mixed, "7 of 1,237 workloads are at risk"),
    (SampleReports.clean, "Nothing here names a dying registry"),
    (SampleReports.doubtful, "Nothing at risk in what was read"),
    (DocumentSamples.unread, "No cluster could be read"),
  ])
  func theHeadIsTheAnswer(report: Report, expected: String) throws {
    let html = String(decoding: render(report, as: .html), as: UTF8.self)
    #expect(html.contains("<h1 id=\"answer\">\(expected)</h1>"))
  }

  /// What was not read stands before everything that was.
  @Test func gapsComeFirst() throws {
    let html = String(decoding: render(DocumentSamples.tenClusters, as: .html), as: UTF8.self)
    let gaps = try #require(html.range(of: "id=\"not-read\""))
    let map = try #require(html.range(of: "id=\"map\""))
    #expect(gaps.lowerBound < map.lowerBound)
    #expect(html.contains("<li>the whole cluster: connection refused by 10.0.0.4</li>"))
    #expect(html.contains("<li>cronjobs.batch (forbidden)</li>"))
    #expect(html.contains("<span class=\"unknown\">not read</span>"))
  }

  /// What is set aside stays in sight, and is not called clean.
  @Test func exceptionsAndFiltersAreSaid() throws {
    let text = try #require(try read(DocumentSamples.setAside)["text"] as? String)
    for words in [
      "1 of 3 workloads is at risk", "4 findings not shown", "mitigated until 2026-12-24",
      "accepted until 2027-01-31", "waived until 2026-12-24 (mitigated): known", "mitigated 1",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  /// What is mitigated stands below all that counts, whatever its risk; it keeps its risk.
  @Test func mitigatedFindingsComeLast() throws {
    let entries = HTMLPage(DocumentSamples.setAside).entries.map(\.finding)
    #expect(entries.map(\.isMitigated) == [false, true])
    #expect(entries.map(\.risk) == [.medium, .critical])
    let html = String(decoding: render(DocumentSamples.setAside, as: .html), as: UTF8.self)
    let counted = try #require(html.range(of: "<tbody id=\"f0\""))
    let mitigated = try #require(html.range(of: "<tbody id=\"f1\""))
    #expect(counted.lowerBound < mitigated.lowerBound)
    #expect(html[counted.upperBound..<mitigated.lowerBound].contains("accepted until 2027-01-31"))
    #expect(html[mitigated.upperBound...].contains("mitigated until 2026-12-24"))
  }

  /// A row costs the same whatever stands before it.
  @Test func sizeGrowsWithTheFindingsAlone() {
    let sizes = [100, 200, 400].map { render(DocumentSamples.large($0), as: .html).count }
    let first = sizes[1] - sizes[0]
    let second = sizes[2] - sizes[1]
    #expect(second < first * 5 / 2)
    #expect(first / 100 < 3_000)
  }

  /// Each table has its heading and the next of the findings, in one order through all.
  @Test func manyFindingsAreInSeveralTables() {
    let html = String(decoding: render(DocumentSamples.large(1_201), as: .html), as: UTF8.self)
    let tables = html.components(
      separatedBy: "<div class=\"part\"><table class=\"table findings\">"
    )
    .dropFirst()
    let captions = tables.map { $0.components(separatedBy: "</caption>")[0] }
    #expect(
      captions.map { $0.components(separatedBy: ">").last } == [
        "Findings 1 to 500, worst first", "Findings 501 to 1,000, worst first",
        "Findings 1,001 to 1,201, worst first",
      ])
    let bodies = tables.map { $0.components(separatedBy: "<tbody id=\"f").dropFirst() }
    #expect(bodies.map(\.count) == [500, 500, 201])
    #expect(
      bodies.joined().map { $0.prefix { $0 != "\"" } } == (0..<1_201).map { Substring("\($0)") })
    #expect(tables.allSatisfy { $0.components(separatedBy: "<thead>").count == 2 })
  }

  @Test func theSoonestEventIsNext() throws {
    let timeline = try #require(Timeline(DocumentSamples.tenClusters))
    #expect(timeline.rows.map(\.rule.id) == ["istio-release", "k8s-gcr-io"])
    #expect(timeline.next?.date == "2026-12-01")
    #expect(
      timeline.next?.sentence
        == "Next on the calendar: removal of Istio's images outside Docker Hub, 2026-12-01 "
        + "(in 10 days)")
    #expect(timeline.position(timeline.first).text == "0.00%")
    #expect(timeline.position(timeline.last).text == "100.00%")
    #expect(timeline.position(.make("1999-01-01")).text == "0.00%")
    #expect(Timeline(SampleReports.clean) == nil)
  }
}
