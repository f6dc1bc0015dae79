import Foundation
import TestPrograms
import Testing

/// Manifests as another reader of YAML sees them, which `make test-real` installs.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct ScheduleRealToolsTests {
  @Test(arguments: ["a: b #c", "\"'\n- x", "$(HOME)", "yes", "\u{202E}\u{85}", "*a !b &c %d"])
  func whatPyYAMLReads(label: String) throws {
    let manifests = try RealProgram.run(
      "kubectl-gcr_report",
      [
        "schedule", "--offline", "--every", "0 6 * * *", "--image", "registry.example.com/x:1",
        "--team-label", label,
      ], path: [RealProgram.products.path])
    #expect(manifests.status == 0)
    let script = """
      import json, os, yaml
      print(json.dumps(list(yaml.safe_load_all(os.environ["MANIFESTS"]))))
      """
    let result = try RealProgram.run(
      "python3", ["-c", script], environment: ["MANIFESTS": manifests.text])
    #expect(result.status == 0, "\(result.errors)")
    let objects = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [[String: Any]])
    #expect(objects.count == 5)
    let job = try #require(objects.last)
    var node: Any? = job
    for key in ["spec", "jobTemplate", "spec", "template", "spec"] {
      node = (node as? [String: Any])?[key]
    }
    let containers = (node as? [String: Any])?["containers"] as? [[String: Any]]
    let arguments = containers?.first?["args"] as? [String]
    #expect(arguments?.contains("--team-label=\(label.replacing("$", with: "$$"))") == true)
    #expect((job["spec"] as? [String: Any])?["schedule"] as? String == "0 6 * * *")
  }
}
