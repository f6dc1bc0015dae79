// The table of documented image fields: packaging, delivery, meshes and the clusters themselves.

extension KnownKind {
  /// Cluster API `bootstrap/kubeadm/api/{v1beta1,v1beta2}`, `KubeadmConfigSpec`, below `base`: the
  /// cluster's images, the sandbox image among a kubelet's arguments, and static Pods among files.
  private static func kubeadm(_ base: String) -> [FieldMeaning: [String]] {
    [
      .cataloguedImage: ["initConfiguration", "joinConfiguration"].flatMap { configuration in
        ["{}", "[].value"].map {
          "\(base)\(configuration).nodeRegistration.kubeletExtraArgs\($0)"
        }
      },
      .freeFormText: ["\(base)files[].content"],
      .kubeadmImages: ["\(base)clusterConfiguration"],
      .kubeadmDNS: ["\(base)clusterConfiguration.dns"],
      .kubeadmEtcd: ["\(base)clusterConfiguration.etcd.local"],
    ]
  }

  static let platforms: [KnownKind] = [
    // crossplane apis/pkg/{v1,v1beta1}
    KnownKind(
      "pkg.crossplane.io", ["Provider", "Configuration", "Function"],
      [.artifact: ["spec.package"]]),
    KnownKind(
      "pkg.crossplane.io", ["DeploymentRuntimeConfig"],
      [.podTemplate: ["spec.deploymentTemplate.spec.template"]]),
    // operator-framework/api pkg/operators/v1alpha1
    KnownKind(
      "operators.coreos.com", ["ClusterServiceVersion"],
      [
        .podTemplate: ["spec.install.spec.deployments[].spec.template"],
        .image: ["spec.relatedImages[].image"],
      ]),
    KnownKind("operators.coreos.com", ["CatalogSource"], [.image: ["spec.image"]]),
    // fluxcd/helm-controller api/v2 (`chart.spec` has a `url` where `chart.kind` is OCIRepository);
    // fluxcd/source-controller api/v1
    KnownKind(
      "helm.toolkit.fluxcd.io", ["HelmRelease"], lifecycle: .configuration,
      [
        .freeForm: ["spec.values"], .artifactSource: ["spec.chart.spec"],
        .kustomizeEntry: ["spec.postRenderers[].kustomize.images[]"],
        .targetNamespace: ["spec.targetNamespace"],
      ]),
    // fluxcd/kustomize-controller api/v1
    KnownKind(
      "kustomize.toolkit.fluxcd.io", ["Kustomization"], lifecycle: .configuration,
      [.kustomizeEntry: ["spec.images[]"]]),
    KnownKind(
      "source.toolkit.fluxcd.io", ["OCIRepository", "HelmRepository"], lifecycle: .configuration,
      [.artifactSource: ["spec"]]),
    // k3s-io/helm-controller pkg/apis/helm.cattle.io/v1/types.go
    KnownKind(
      "helm.cattle.io", ["HelmChart", "HelmChartConfig"], lifecycle: .configuration,
      [.freeFormText: ["spec.valuesContent"], .image: ["spec.jobImage"]]),
    // istio/api operator/v1alpha1; istio-ecosystem/sail-operator api/v1
    KnownKind(
      "install.istio.io", ["IstioOperator"], [.istioHub: ["spec", "spec.values.global"]]),
    KnownKind(
      "sailoperator.io", ["Istio", "IstioCNI", "ZTunnel"], [.istioHub: ["spec.values.global"]]),
    // istio/api extensions/v1alpha1: without a scheme the address is that of an OCI artifact
    KnownKind("extensions.istio.io", ["WasmPlugin"], [.artifact: ["spec.url"]]),
    // envoyproxy/gateway api/v1alpha1/wasm_types.go
    KnownKind(
      "gateway.envoyproxy.io", ["EnvoyExtensionPolicy"], lifecycle: .configuration,
      [.artifact: ["spec.wasm[].code.image.url"]]),
    // kubernetes-sigs/cluster-api bootstrap/kubeadm, controlplane/kubeadm
    KnownKind("bootstrap.cluster.x-k8s.io", ["KubeadmConfig"], kubeadm("spec.")),
    KnownKind(
      "bootstrap.cluster.x-k8s.io", ["KubeadmConfigTemplate"], lifecycle: .template,
      kubeadm("spec.template.spec.")),
    KnownKind(
      "controlplane.cluster.x-k8s.io", ["KubeadmControlPlane"], kubeadm("spec.kubeadmConfigSpec.")),
    KnownKind(
      "controlplane.cluster.x-k8s.io", ["KubeadmControlPlaneTemplate"], lifecycle: .template,
      kubeadm("spec.template.spec.kubeadmConfigSpec.")),
    // openshift/api apps/v1, build/v1, image/v1
    KnownKind(
      "apps.openshift.io", ["DeploymentConfig"], isAggregated: true,
      [.podTemplate: ["spec.template"]]),
    KnownKind(
      "build.openshift.io", ["BuildConfig"], lifecycle: .configuration, isAggregated: true,
      [
        .imageReference: [
          "spec.strategy.dockerStrategy.from", "spec.strategy.sourceStrategy.from",
          "spec.strategy.customStrategy.from", "spec.source.images[].from", "spec.output.to",
        ]
      ]),
    KnownKind(
      "image.openshift.io", ["ImageStream"], lifecycle: .configuration, isAggregated: true,
      [.imageReference: ["spec.tags[].from"], .artifact: ["spec.dockerImageRepository"]]),
  ]
}
