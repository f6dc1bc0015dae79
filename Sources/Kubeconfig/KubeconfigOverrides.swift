/// kubectl's flags about the connection; empty strings and lists mean "not given", as in client-go.
package struct KubeconfigOverrides: Hashable, Sendable {
  package var cluster = ""
  package var user = ""
  package var namespace = ""
  package var server = ""
  /// Without it `--server` also drops the kubeconfig's `tls-server-name`.
  package var tlsServerName = ""
  package var insecureSkipTLSVerify = false
  /// Paths; relative ones start from the working directory.
  package var certificateAuthority = ""
  package var clientCertificate = ""
  package var clientKey = ""
  package var token = Secret("")
  package var username = ""
  package var password = Secret("")
  package var asUser = ""
  package var asUID = ""
  package var asGroups: [String] = []
  package var asUserExtra: [String: [String]] = [:]
  package var proxyURL = Secret("")
  package var disableCompression = false

  package init() {}
}
