/// A share in hundredths of a percent, for coordinates that grow with the page.
struct Percent: Hashable, Sendable {
  private let hundredths: Int

  init(_ part: Int, of whole: Int) {
    hundredths = whole > 0 ? min(10_000, max(0, part * 10_000 / whole)) : 0
  }

  var text: String {
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
  }

  func isAtLeast(percent: Int) -> Bool { hundredths >= percent * 100 }
}
