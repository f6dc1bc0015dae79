import Testing

@testable import Inventory

/// The grammar and the meaning of apimachinery's `pkg/labels/selector.go`.
@Suite struct LabelSelectorTests {
  private static let labels = [
    "app": "web", "tier": "", "rank": "7", "example.com/team": "a-1", "in": "x",
  ]

  @Test(arguments: [
    ("", true), ("  ", true), ("app", true), ("!app", false), ("nope", false), ("!nope", true),
    ("! nope", true), ("app=web", true), ("app==web", true), ("app = web", true),
    ("app=api", false), ("app!=api", true), ("app!=web", false), ("nope!=web", true),
    ("nope=web", false), ("app in (web,api)", true), ("app in (api)", false),
    ("nope in (web)", false), ("app notin (api, job)", true), ("app notin (web)", false),
    ("nope notin (web)", true), ("tier=", true), ("tier", true), ("tier in (,a)", true),
    ("app=,tier", false), ("app=web,tier=", true), ("app=web,!tier", false), ("rank>6", true),
    ("rank > 7", false), ("rank<8", true), ("app>1", false), ("nope<1", false),
    ("example.com/team=a-1", true), ("example.com/team in ( a-1 )", true), ("in=x", true),
    ("in in (x)", true), ("app in (in,notin,web)", true), ("app\tin\n(web)", true),
    ("!app,nope", false),
  ])
  func meaning(text: String, expected: Bool) throws {
    #expect(try LabelSelector(text).matches(Self.labels) == expected)
  }

  @Test(arguments: [
    ("app in (web", "expected \",\" or \")\", found the end"),
    ("app in web", "expected \"(\", found \"web\""),
    ("app in ()", "expected values for \"app\" between the parentheses"),
    ("app in (a b)", "expected \",\" or \")\", found \"b\""),
    ("app=web,", "expected a label key or \"!\", found the end"),
    (",app", "expected a label key or \"!\", found \",\""),
    ("!", "expected a label key, found the end"),
    ("!!app", "expected a label key, found \"!\""),
    ("!app=web", "expected \",\" or the end, found \"=\""),
    ("app web", "expected =, ==, !=, in, notin, > or <, found \"web\""),
    ("app=web tier", "expected \",\" or the end, found \"tier\""),
    ("app=(web)", "expected a label value, found \"(\""),
    ("app===web", "expected a label value, found \"=\""),
    ("rank>x", "\"x\" is no whole number"), ("rank>", "\"\" is no whole number"),
    ("/app", "\"/app\" is no label key; expected NAME or PREFIX/NAME"),
    ("a/b/c", "\"a/b/c\" is no label key; expected NAME or PREFIX/NAME"),
    ("Ex.com/a", "\"Ex.com/a\" is no label key; expected NAME or PREFIX/NAME"),
    ("-a", "\"-a\" is no label key; expected NAME or PREFIX/NAME"),
    (
      "app=we*b",
      "\"we*b\" is no label value; expected at most 63 letters, digits, \"-\", \"_\" and \".\","
        + " with a letter or digit at both ends"
    ),
  ])
  func whatIsWrong(text: String, expected: String) {
    do {
      _ = try LabelSelector(text)
      Issue.record("it was accepted")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test func longValuesAreRefused() throws {
    let value = String(repeating: "a", count: 63)
    #expect(try LabelSelector("app=\(value)").matches(["app": value]))
    #expect(throws: LabelSelectorError.invalidValue(value + "a")) {
      try LabelSelector("app=\(value)a")
    }
  }
}
