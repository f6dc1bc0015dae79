import Inventory
import RegistryProbes
import Reports
import YAMLDocuments

/// Pods that look from nodes what registry.k8s.io's clients need: one for each pool.
struct ConnectivityPods {
  /// curl's own image at Docker Hub, which none of the hosts in question serves; agreed by many
  /// public manifests that pin it.
  static let image =
    "docker.io/curlimages/curl:8.11.1"
    + "@sha256:c1fe1679c34d9784c1b0d1e5f62ac0a79fca01fb6377cdd33e90473c6f9f9a69"
  private static let name = "gcr-report-connectivity"

  /// Nodes that are alike.
  struct Pool: Hashable, Sendable {
    /// `key=value`; nil where no label is known that names a pool.
    let label: String?
    let platform: String
    let nodes: Int
  }

  private let pools: [(context: String, pools: [Pool])]
  let hasUnreadNodes: Bool

  init(clusters: [ClusterReport]) {
    pools = clusters.map { cluster in
      (cluster.displayName, Self.pools(of: cluster.nodes ?? []))
    }
    hasUnreadNodes = clusters.contains { $0.nodes?.isEmpty ?? true }
  }

  /// Sorted by label, then platform; at least one.
  static func pools(of nodes: [NodeReport]) -> [Pool] {
    let groups = Dictionary(grouping: nodes) { [$0.pool.map(label) ?? "", $0.platform] }
    let pools = groups.map { key, nodes in
      Pool(label: key[0].isEmpty ? nil : key[0], platform: key[1], nodes: nodes.count)
    }
    .sorted { ($0.label ?? "", $0.platform) < ($1.label ?? "", $1.platform) }
    return pools.isEmpty ? [Pool(label: nil, platform: "", nodes: 0)] : pools
  }

  /// `key=value`; the label of a role has an empty value (kubeadm's, and Kubernetes' own use).
  private static func label(_ pool: NodePoolLabel) -> String {
    "\(pool.label)=\(pool.isRole ? "" : pool.name)"
  }

  // MARK: Text

  func text() -> String {
    pools.map { context, pools in
      let isOneOfMany = self.pools.count > 1
      let documents = pools.enumerated().map { Self.document($1, number: $0 + 1) }
      return Self.head(isOneOfMany ? context : nil) + documents.joined()
    }.joined()
  }

  private static func head(_ context: String?) -> String {
    let cluster = context.map { "# Cluster: \(TerminalText.sanitized($0))\n" } ?? ""
    return cluster + """
      # What nodes can reach on the way of a pull from registry.k8s.io. A Pod for each pool uses the
      # network of its node, reads what a pull would read, and ends. Nothing else is changed.
      #
      #   kubectl apply -f FILE
      #   kubectl wait -n default --for=jsonpath='{.status.phase}'=Succeeded --timeout=10m \\
      #     pod -l app.kubernetes.io/name=\(name)
      #   kubectl logs -n default -l app.kubernetes.io/name=\(name) --prefix --tail=-1
      #   kubectl delete -n default pod -l app.kubernetes.io/name=\(name)
      #
      # A line of the log for each host, then one for each part of a pull:
      #   reached      an answer came, of any status. Compare "issuer": Google's hosts show certificates
      #                of Google Trust Services, Amazon's of Amazon. Another name is a proxy's that
      #                opens the connection.
      #   intercepted  somebody answers whose certificate curl does not trust: the issuer says who. A
      #                node may trust an authority of your own that this image does not know.
      #   blocked      no answer: curl says whether it was the name, the route, a refusal or a proxy.
      #   way          manifest, image and blob with the last host and its status: 200 arrives.
      # Hosts of other regions may be blocked: manifests come from the region of Artifact Registry that
      # "way" names, blobs from there on Google Cloud, from the region's S3 bucket on AWS, else from
      # CloudFront. The container runtime of a node may use a proxy: set HTTPS_PROXY below as it has it.
      # A namespace that enforces a Pod Security Standard refuses hostNetwork: choose another one.

      """
  }

  private static func document(_ pool: Pool, number: Int) -> String {
    let parts = pool.label.map { label in
      label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    let nodes = pool.nodes == 0 ? "any node" : CountWords.text(pool.nodes, "node")
    let title = TerminalText.sanitized(
      (pool.label.map { "Pool \($0)" } ?? "Nodes without the label of a pool")
        + (pool.platform.isEmpty ? "" : ", \(pool.platform)"))
    guard pool.platform.isEmpty || pool.platform.hasPrefix("linux/") else {
      return "---\n# \(title): \(nodes). No Pod: the image is for Linux only.\n"
    }
    var selector = ["kubernetes.io/os": "linux"]
    if let parts, parts.count == 2 { selector[parts[0]] = parts[1] }
    let architecture = pool.platform.split(separator: "/").dropFirst().first.map(String.init)
    if let architecture { selector["kubernetes.io/arch"] = architecture }
    let lines = selector.sorted { $0.key < $1.key }
      .map { "    \(YAMLWriter.doubleQuoted($0.key)): \(YAMLWriter.doubleQuoted($0.value))\n" }
      .joined()
    let script = Self.script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "      \($0)" }.joined(separator: "\n")
    return """
      ---
      # \(title): \(nodes).
      apiVersion: v1
      kind: Pod
      metadata:
        name: \(name)-\(number)
        namespace: default
        labels: {app.kubernetes.io/name: \(name)}
        annotations: {gcr-report/pool: \(YAMLWriter.doubleQuoted(pool.label ?? ""))}
      spec:
        restartPolicy: Never
        activeDeadlineSeconds: 600
        terminationGracePeriodSeconds: 0
        hostNetwork: true
        dnsPolicy: Default
        automountServiceAccountToken: false
        enableServiceLinks: false
        nodeSelector:
      \(lines)  tolerations: [{operator: Exists}]
        securityContext:
          runAsNonRoot: true
          runAsUser: 65532
          seccompProfile: {type: RuntimeDefault}
        containers:
        - name: look
          image: \(image)
          imagePullPolicy: IfNotPresent
          resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          command: [sh, -c]
          args:
          - |
      \(script)

      """
  }

  /// For a POSIX shell with curl, sed, grep, tr, head and tail; nothing is written to a disk.
  static var script: String {
    let hosts = KubernetesBackend.all.map { backend in
      let isRegistry = backend.purpose == .registry || backend.purpose == .artifactRegistry
      return "look \(backend.host) \(isRegistry ? "/v2/" : "/")"
    }
    return """
      issuer() { sed -n 's/^\\* *issuer: //p' | tail -n 1; }
      look() {
        said=$(curl -sSvI --connect-timeout 4 -m 10 -o /dev/null -w '%{http_code}' "https://$1$2" 2>&1)
        code=$?
        why=$(printf '%s\\n' "$said" | grep '^curl: ' | tail -n 1)
        case $code in
        0) echo "reached $1 status $(printf '%s\\n' "$said" | tail -n 1) issuer $(printf '%s\\n' "$said" | issuer)" ;;
        51 | 60) echo "intercepted $1 $why issuer $(curl -sSvkI -m 10 -o /dev/null "https://$1/" 2>&1 | issuer)" ;;
        *) echo "blocked $1 $why" ;;
        esac
      }
      types='Accept: application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
      digest() { tr -d ' \\n' | grep -o '"digest":"sha256:[0-9a-f]*"' | head -n 1 | grep -o 'sha256:[0-9a-f]*'; }
      way() {
        end=$(curl -sSL -m 60 -H "$types" -o /dev/null -w '%{http_code} %{url_effective}' "https://registry.k8s.io/v2/pause/$2" 2>&1)
        echo "way $1 ${end%%\\?*}"
      }
      get() { curl -sSL -m 60 -H "$types" "https://registry.k8s.io/v2/pause/manifests/$1" 2>/dev/null | digest; }
      \(hosts.joined(separator: "\n"))
      way manifest manifests/3.9
      child=$(get 3.9)
      if [ -n "$child" ]; then
        way image "manifests/$child"
        blob=$(get "$child")
        [ -z "$blob" ] || way blob "blobs/$blob"
      fi
      echo done
      """
  }
}
