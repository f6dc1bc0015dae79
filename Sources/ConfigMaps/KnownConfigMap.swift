package import Inventory

/// A ConfigMap whose images have a documented meaning.
package struct KnownConfigMap: Hashable, Sendable {
  /// How its text names images.
  package enum Reading: Hashable, Sendable {
    /// kubeadm's `ClusterConfiguration`.
    case kubeadm
    /// Every field whose name ends in `image`.
    case imageFields
    /// Istio's Helm values as JSON: `global.hub`, `global.tag`, `global.proxy.image`.
    case istioValues
    /// Mappings called `image` with `name` and `version`, as Linkerd's values have them.
    case namesAndVersions
    /// The whole text is one image.
    case wholeText
  }

  package let namespace: String
  package let name: String
  /// By data key; what is not listed is not read.
  package let readings: [(key: String, reading: Reading)]
  /// What it is for, in a few words.
  package let purpose: String

  private init(
    _ namespace: String, _ name: String, _ readings: [(key: String, reading: Reading)],
    purpose: String
  ) {
    self.namespace = namespace
    self.name = name
    self.readings = readings
    self.purpose = purpose
  }

  /// Istio installs revisions side by side, each with an object of its own:
  /// `istio-sidecar-injector-1-29` (https://istio.io/latest/docs/setup/upgrade/canary/).
  private var hasRevisions: Bool { name == "istio-sidecar-injector" }

  /// Its names where these revisions are in use.
  package func names(ofRevisions revisions: [String]) -> [String] {
    [name] + (hasRevisions ? revisions.map { "\(name)-\($0)" } : [])
  }

  /// The revisions of Istio that namespaces ask for, sorted; the one without a name is none.
  package static func revisions(in namespaces: [ObjectMetadata]) -> [String] {
    let revisions = Set(namespaces.compactMap { $0.labels["istio.io/rev"] })
    return Array(revisions.subtracting(["", "default"]).sorted().prefix(maximumRevisions))
  }

  /// More than anybody runs side by side.
  private static let maximumRevisions = 16

  /// Whether this is the object, or that of a revision.
  func covers(_ metadata: ObjectMetadata) -> Bool {
    guard namespace == metadata.namespace else { return false }
    return name == metadata.name || (hasRevisions && metadata.name.hasPrefix("\(name)-"))
  }

  /// The table; the documentation of each program names the object and its keys.
  package static let all: [KnownConfigMap] = [
    // https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
    KnownConfigMap(
      "kube-system", "kubeadm-config", [("ClusterConfiguration", .kubeadm)],
      purpose: "kubeadm reads it when a control plane is upgraded or joined"),
    // https://istio.io/latest/docs/ops/configuration/mesh/injection-concepts/
    KnownConfigMap(
      "istio-system", "istio-sidecar-injector",
      [("config", .imageFields), ("values", .istioValues)],
      purpose: "Istio injects it into the Pods of meshed namespaces"),
    // https://linkerd.io/2/reference/cli/install/: the values of the installation.
    KnownConfigMap(
      "linkerd", "linkerd-config", [("values", .namesAndVersions)],
      purpose: "Linkerd injects it into the Pods of meshed namespaces"),
    // https://argo-workflows.readthedocs.io/en/latest/workflow-controller-configmap/
    KnownConfigMap(
      "argo", "workflow-controller-configmap",
      [
        ("config", .imageFields), ("executor", .imageFields), ("executorImage", .wholeText),
        ("mainContainer", .imageFields),
      ],
      purpose: "Argo Workflows runs it beside each step"),
    // https://tekton.dev/docs/pipelines/additional-configs/
    KnownConfigMap(
      "tekton-pipelines", "config-defaults", [("default-pod-template", .imageFields)],
      purpose: "Tekton adds it to the Pods of its runs"),
    // https://knative.dev/docs/serving/configuration/deployment/
    KnownConfigMap(
      "knative-serving", "config-deployment",
      [("queue-sidecar-image", .wholeText), ("queueSidecarImage", .wholeText)],
      purpose: "Knative adds it to the Pods of each revision"),
    // https://kserve.github.io/website/: `inferenceservice-config`.
    KnownConfigMap(
      "kserve", "inferenceservice-config", kserve,
      purpose: "KServe adds it to the Pods of inference services"),
    KnownConfigMap(
      "kubeflow", "inferenceservice-config", kserve,
      purpose: "KServe adds it to the Pods of inference services"),
  ]

  private static let kserve: [(key: String, reading: Reading)] = [
    "agent", "batcher", "explainers", "logger", "predictors", "router", "storageInitializer",
  ].map { ($0, .imageFields) }

  package static func == (left: KnownConfigMap, right: KnownConfigMap) -> Bool {
    (left.namespace, left.name) == (right.namespace, right.name)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(namespace)
    hasher.combine(name)
  }
}
