import Foundation
import Kubeconfig
import Testing

@Suite struct CaseTests {
  @Test func thereAreCases() {
    #expect(NamedCase.all.count >= 60)
  }

  @Test(arguments: NamedCase.all) func resolves(_ item: NamedCase) throws {
    do throws(KubeconfigError) {
      let kubeconfig = try KubeconfigLoader(sources: item.sources).load()
      let target = try kubeconfig.resolve(context: item.content.context, overrides: item.overrides)
      #expect(words(for: target) == item.content.resolution?.mapValues(item.expand))
      #expect(item.content.error == nil)
      let warnings = (kubeconfig.warnings + target.warnings).map(\.description)
      #expect(warnings == (item.content.warnings ?? []).map(item.expand))
    } catch {
      #expect(error.description == item.content.error.map(item.expand))
      #expect(item.content.resolution == nil)
    }
  }

  /// Whatever is printed of a configuration, a target or an error, no secret is in it.
  @Test(arguments: NamedCase.all) func nothingShowsSecrets(_ item: NamedCase) throws {
    var shown = ""
    do throws(KubeconfigError) {
      let kubeconfig = try KubeconfigLoader(sources: item.sources).load()
      dump(kubeconfig, to: &shown)
      shown += "\(kubeconfig) \(item.overrides)"
      dump(item.overrides, to: &shown)
      let target = try kubeconfig.resolve(context: item.content.context, overrides: item.overrides)
      dump(target, to: &shown)
      shown += "\(target) " + String(reflecting: target)
    } catch {
      shown += "\(error) " + String(reflecting: error)
    }
    for secret in [
      "secret-one", "secret-two", "from-flag", "hunter2", "me:pw", "06e3", "get-token",
    ] {
      #expect(!shown.contains(secret))
    }
    for value in ["id-token: abc", "\"abc\""] { #expect(!shown.contains(value)) }
  }
}
