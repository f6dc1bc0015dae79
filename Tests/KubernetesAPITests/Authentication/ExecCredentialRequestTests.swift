import Kubeconfig
import Testing

@testable import KubernetesAPI

@Suite struct ExecCredentialRequestTests {
  @Test(arguments: [ExecPlugin.APIVersion.v1, .v1beta1])
  func `without cluster information`(version: ExecPlugin.APIVersion) {
    let request = ExecCredentialRequest(apiVersion: version, isInteractive: true, cluster: nil)
    #expect(
      request.json == """
        {"kind":"ExecCredential","apiVersion":"\(version.rawValue)","spec":{"interactive":true}}
        """)
  }

  @Test func `with all there is to know about the cluster`() {
    let cluster = ExecPlugin.Cluster(
      server: "https://[::1]:6443/prefix", tlsServerName: "api.example",
      insecureSkipTLSVerify: true, certificateAuthorityData: Array("PEM".utf8),
      proxyURL: Secret("socks5://proxy:1080"), disableCompression: true,
      configuration: Secret(#"{"audience":"a","nested":[1,null]}"#))
    let request = ExecCredentialRequest(
      apiVersion: .v1, isInteractive: false, cluster: cluster)
    #expect(
      request.json == """
        {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":\
        {"cluster":{"server":"https://[::1]:6443/prefix","tls-server-name":"api.example",\
        "insecure-skip-tls-verify":true,"certificate-authority-data":"UEVN",\
        "proxy-url":"socks5://proxy:1080","disable-compression":true,\
        "config":{"audience":"a","nested":[1,null]}},"interactive":false}}
        """)
  }

  @Test func `what is empty is left out, what is odd is escaped`() {
    let request = ExecCredentialRequest(
      apiVersion: .v1, isInteractive: false,
      cluster: ExecPlugin.Cluster(server: "a\"b\\c\n\u{1}é"))
    #expect(
      request.json == #"""
        {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":\#
        {"cluster":{"server":"a\"b\\c\u000a\u0001é"},"interactive":false}}
        """#)
  }

  @Test func `a target gives the plugin what client-go gives`() throws {
    var config = ExecConfig()
    config.command = "plugin"
    config.apiVersion = "client.authentication.k8s.io/v1"
    config.interactiveMode = .never
    config.provideClusterInfo = true
    config.clusterConfig = Secret("{}")
    var target = try ClusterTarget.make(
      trust: .certificates(pem: Array("CA".utf8), origin: "a test"))
    target.tlsServerName = "name"
    target.proxy = ProxyAddress("http://proxy:3128")
    target.disableCompression = true
    #expect(
      try ExecPlugin(config, for: target).cluster
        == ExecPlugin.Cluster(
          server: "https://cluster.example:6443", tlsServerName: "name",
          certificateAuthorityData: Array("CA".utf8), proxyURL: Secret("http://proxy:3128"),
          disableCompression: true, configuration: Secret("{}")))
    target.trust = .insecure
    #expect(try ExecPlugin(config, for: target).cluster?.insecureSkipTLSVerify == true)
  }

  @Test func `what a plugin is not told does not tell two plugins apart`() throws {
    var config = ExecConfig()
    config.command = "plugin"
    config.apiVersion = "client.authentication.k8s.io/v1"
    config.interactiveMode = .never
    let one = try ExecPlugin(config, for: .make())
    config.clusterConfig = Secret("{}")
    let other = try ExecPlugin(config, for: .make(server: "https://other.example"))
    #expect(one == other && one.cluster == nil)
    config.provideClusterInfo = true
    #expect(try one != ExecPlugin(config, for: .make()))
  }

  @Test func `interactiveMode is required by v1 and defaulted by v1beta1`() throws {
    var config = ExecConfig()
    config.command = "plugin"
    config.apiVersion = "client.authentication.k8s.io/v1beta1"
    #expect(try ExecPlugin(config, for: .make()).interactiveMode == .ifAvailable)
    config.apiVersion = "client.authentication.k8s.io/v1"
    #expect(throws: CredentialError.plugin(command: "plugin", .interactiveModeMissing)) {
      try ExecPlugin(config, for: .make())
    }
    config.apiVersion = "client.authentication.k8s.io/v1alpha1"
    #expect(
      throws: CredentialError.plugin(
        command: "plugin", .unsupportedAPIVersion("client.authentication.k8s.io/v1alpha1"))
    ) {
      try ExecPlugin(config, for: .make())
    }
  }
}
