/// How kubectl is told which cluster to reach as whom: the same names, the same meaning.
struct ConnectionFlags: FlagGroup {
  static let category = FlagCategory.connection
  static let commands = CommandName.onFindings.union([.scan, .explain, .access, .schedule])

  let kubeconfig = Flag.path(
    "kubeconfig", "Path to the kubeconfig file to use; it must exist")
  let kubeconfigDirectory = Flag.path(
    "kubeconfig-dir", placeholder: "DIR",
    "Take every kubeconfig file of this folder and name its contexts file:context"
  ).completing(.folders)
  let context = Flag.text(
    "context", "NAME", "The kubeconfig context to use instead of the current one"
  ).completing(.contexts)
  let cluster = Flag.text("cluster", "NAME", "The kubeconfig cluster to use")
    .completing(.clusters)
  let user = Flag.text("user", "NAME", "The kubeconfig user to use")
    .completing(.users)
  let server = Flag.text(
    "server", short: "s", "URL", "The address and port of the Kubernetes API server")
  let token = Flag.text(
    "token", "TOKEN", isSecret: true, "Bearer token for authentication to the API server")
  let clientCertificate = Flag.path(
    "client-certificate", "Path to a client certificate file for TLS")
  let clientKey = Flag.path("client-key", "Path to a client key file for TLS")
  let certificateAuthority = Flag.path(
    "certificate-authority", "Path to the certificates of the authority that signed the server's")
  let insecureSkipTLSVerify = Flag.toggle(
    "insecure-skip-tls-verify",
    "Do not check the server's certificate; this makes the connection insecure")
  let tlsServerName = Flag.text(
    "tls-server-name", "NAME",
    "The name to expect in the server's certificate, when it is not the one of the URL")
  let impersonatedUser = Flag.text(
    "as", "NAME", "Username to impersonate: a user or a service account in a namespace")
  let impersonatedUID = Flag.text("as-uid", "UID", "UID to impersonate")
  let impersonatedGroups = Flag.list(
    "as-group", "NAME", commaSeparated: false, "Group to impersonate")
  let impersonatedExtra = Flag.list(
    "as-user-extra", "KEY=VALUE", commaSeparated: false, "User extra to impersonate")
  let username = Flag.text(
    "username", "NAME", "Username for basic authentication to the API server")
  let password = Flag.text(
    "password", "PASSWORD", isSecret: true, "Password for basic authentication to the API server")
  let requestTimeout = Flag.duration(
    "request-timeout",
    "How long to wait for a single request: seconds, or a duration such as 5s or 2m; 0 waits"
      + " without limit")
  let disableCompression = Flag.toggle(
    "disable-compression", "Ask the server for uncompressed answers")

  var flags: [any ReadableFlag] {
    [
      kubeconfig, kubeconfigDirectory, context, cluster, user, server, token, clientCertificate,
      clientKey, certificateAuthority, insecureSkipTLSVerify, tlsServerName, impersonatedUser,
      impersonatedUID, impersonatedGroups, impersonatedExtra, username, password, requestTimeout,
      disableCompression,
    ]
  }
}
