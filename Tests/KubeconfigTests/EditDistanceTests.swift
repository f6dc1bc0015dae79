import Kubeconfig
import Testing

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("scan", "scan", 0), ("sacn", "scan", 1),
    ("scn", "scan", 1), ("scann", "scan", 1), ("scam", "scan", 1), ("kitten", "sitting", 3),
    ("ca", "abc", 3),
  ])
  func distances(left: String, right: String, expected: Int) {
    #expect(EditDistance.between(left, right) == expected)
    #expect(EditDistance.between(right, left) == expected)
  }
}
