import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import Remediation

@Suite struct HelmSettingTests {
  private func answer(
    _ note: String, _ image: String = "k8s.gcr.io/a/web:1.0",
    to replacement: String = "registry.k8s.io/a/web:1.0"
  ) -> HelmSetting.Answer? {
    HelmSetting.read(.make(image: image, to: replacement, notes: ["in revision 2", note]))
  }

  @Test(arguments: [
    ("set by Helm value image.repository", ["image.repository=registry.k8s.io/a/web"]),
    ("set by Helm value initImage with its tag", ["initImage=registry.k8s.io/a/web:1.0"]),
    (
      "set by Helm values image.registry and image.repository (the chart's default)",
      ["image.registry=registry.k8s.io", "image.repository=a/web"]
    ),
    ("set by Helm values x.hub and x.image", ["x.hub=registry.k8s.io/a", "x.image=web"]),
    (
      "set by Helm values a.registry and a.image with its tag",
      ["a.registry=registry.k8s.io", "a.image=a/web:1.0"]
    ),
    // The registry stands beside it: the pair is meant.
    (
      "set by Helm values image.repository or image.registry and image.repository",
      ["image.registry=registry.k8s.io", "image.repository=a/web"]
    ),
    (#"set by Helm value a\.b.image"#, [#"a\.b.image=registry.k8s.io/a/web"#]),
  ])
  func edits(note: String, expected: [String]) {
    guard case .edits(let edits) = answer(note) else {
      Issue.record("no edits of \(note)")
      return
    }
    #expect(edits.map { "\($0.key)=\($0.new)" } == expected)
  }

  @Test(arguments: [
    ("set by Helm value a.image or b.image", "one of these values sets it: a.image or b.image"),
    (
      "set by Helm value x[0].image",
      "x[0].image stands in a list: a values file replaces lists whole, so copy the list and"
        + " change it"
    ),
    (
      "set by Helm values global.imageRegistry and image.repository",
      "global.imageRegistry is shared by other images of the chart: with"
        + " global.imageRegistry=registry.k8s.io and image.repository=a/web this one is at its new"
        + " place, and so must the others be"
    ),
    (
      "set by Helm value a b'c",
      "a b'c stands in a list: a values file replaces lists whole, so copy the list and change it"
    ),
  ])
  func unclear(note: String, why: String) {
    #expect(answer(note) == .unclear(why))
  }

  @Test func nothingIsSaid() {
    #expect(answer("set by somebody") == nil)
  }

  @Test func stepsOfKeys() {
    guard case .edits(let edits) = answer(#"set by Helm value a\.b.c.image"#) else {
      Issue.record("no edits")
      return
    }
    #expect(edits.first?.steps == ["a.b", "c", "image"])
    #expect(edits.first?.old == "k8s.gcr.io/a/web")
  }
}
