import Kubeconfig
import KubernetesAPI
import Scanning

extension AccessSurvey {
  /// Of what a scan with these flags would ask for.
  init(_ invocation: Invocation, client: APIClient, target: ClusterTarget) {
    let diagnostics = invocation.diagnostics
    var options = ScanOptions(invocation.arguments)
    options.cacheDirectory = CacheDirectory.path(invocation)
    self.init(
      client: client, options: options, contextNamespace: target.namespace ?? "default",
      wording: { describe($0) }, warn: { diagnostics.warning($0) })
  }
}
