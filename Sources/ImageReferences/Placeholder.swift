/// Texts that stand for an image which something else fills in.
///
/// Only well-defined conventions are here: a name such as `replace_me` is a valid Hub reference,
/// and a cluster would try to pull it.
enum Placeholder {
  /// Why the text is a placeholder, or nil when it is none.
  static func reason(_ bytes: Span<UInt8>, _ text: Range<Int>) -> String? {
    // Istio's injection templates: the injector replaces the image `auto` of `istio-proxy`
    // (istio.io, "Installing Gateways").
    if ReferenceGrammar.matches(bytes, text, "auto") {
      return "\"auto\" is filled in by Istio's sidecar injector"
    }
    // The last of each, so that a hostile text is not searched again and again.
    let lastBrace = text.last { bytes[$0] == UInt8(ascii: "}") }
    let lastParenthesis = text.last { bytes[$0] == UInt8(ascii: ")") }
    var percent: Int?
    var angle: Int?
    var index = text.lowerBound
    while index < text.upperBound {
      let byte = bytes[index]
      let next = index + 1 < text.upperBound ? bytes[index + 1] : 0
      switch (byte, next) {
      case (UInt8(ascii: "{"), UInt8(ascii: "{")), (UInt8(ascii: "}"), UInt8(ascii: "}")):
        return "an unrendered template expression ({{ … }})"
      case (UInt8(ascii: "$"), UInt8(ascii: "{")):
        if let lastBrace, lastBrace > index + 2 {
          return "an unexpanded variable (${…})"
        }
      case (UInt8(ascii: "$"), UInt8(ascii: "(")):
        if let lastParenthesis, lastParenthesis > index + 2 {
          return "an unexpanded variable ($(…))"
        }
      case (UInt8(ascii: "<"), _):
        angle = index
      case (UInt8(ascii: ">"), _):
        if let angle, index > angle + 1 { return "a placeholder in angle brackets (<…>)" }
      case (UInt8(ascii: "%"), _):
        if let percent, index > percent + 1 { return "a placeholder in percent signs (%…%)" }
        percent = index
      default:
        break
      }
      index += 1
    }
    return nil
  }
}
