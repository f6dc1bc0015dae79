// The table of documented image fields: serving, data processing and machine learning.

extension KnownKind {
  /// ray-project/kuberay `ray-operator/apis/ray/v1/raycluster_types.go`, `RayClusterSpec`.
  private static func rayCluster(_ base: String) -> [FieldMeaning: [String]] {
    [
      .podTemplate: [
        "\(base).headGroupSpec.template", "\(base).workerGroupSpecs[].template",
      ],
      .containerImage: ["\(base).autoscalerOptions.image"],
    ]
  }

  /// kubeflow/spark-operator `api/v1beta2/sparkapplication_types.go`, `SparkApplicationSpec`.
  private static func spark(_ base: String) -> [FieldMeaning: [String]] {
    [
      .image: ["\(base).image", "\(base).driver.image", "\(base).executor.image"],
      .initContainers: ["\(base).driver.initContainers", "\(base).executor.initContainers"],
      .containers: ["\(base).driver.sidecars", "\(base).executor.sidecars"],
      .podTemplate: ["\(base).driver.template", "\(base).executor.template"],
    ]
  }

  /// kubeflow/training-operator `pkg/apis/kubeflow.org/v1`: one map of replicas for each framework.
  private static let kubeflowReplicas = [
    "pytorchReplicaSpecs", "tfReplicaSpecs", "mpiReplicaSpecs", "xgbReplicaSpecs",
    "mxReplicaSpecs", "paddleReplicaSpecs", "jaxReplicaSpecs",
  ].map { "spec.\($0){}.template" }

  static let services: [KnownKind] = [
    // knative/serving pkg/apis/serving/v1; knative/caching pkg/apis/caching/v1alpha1
    KnownKind(
      "serving.knative.dev", ["Service", "Configuration"], [.podTemplate: ["spec.template"]]),
    KnownKind("serving.knative.dev", ["Revision"], [.podSpec: ["spec"]]),
    KnownKind("caching.internal.knative.dev", ["Image"], [.image: ["spec.image"]]),
    // knative/operator pkg/apis/operator/base/common.go, `Registry`
    KnownKind(
      "operator.knative.dev", ["KnativeServing", "KnativeEventing"], lifecycle: .configuration,
      [.image: ["spec.registry.override{}"]]),
    KnownKind("sparkoperator.k8s.io", ["SparkApplication"], lifecycle: .job, spark("spec")),
    KnownKind("sparkoperator.k8s.io", ["ScheduledSparkApplication"], spark("spec.template")),
    // apache/flink-kubernetes-operator FlinkDeploymentSpec
    KnownKind(
      "flink.apache.org", ["FlinkDeployment"],
      [
        .image: ["spec.image"],
        .podTemplate: [
          "spec.podTemplate", "spec.jobManager.podTemplate", "spec.taskManager.podTemplate",
        ],
      ]),
    KnownKind("ray.io", ["RayCluster"], rayCluster("spec")),
    KnownKind(
      "ray.io", ["RayJob"], lifecycle: .job,
      rayCluster("spec.rayClusterSpec").merging(
        [.podTemplate: ["spec.submitterPodTemplate"]]
      ) { $0 + $1 }),
    KnownKind("ray.io", ["RayService"], rayCluster("spec.rayClusterConfig")),
    KnownKind(
      "ray.io", ["RayCronJob"],
      rayCluster("spec.jobTemplate.rayClusterSpec").merging(
        [.podTemplate: ["spec.jobTemplate.submitterPodTemplate"]]
      ) { $0 + $1 }),
    KnownKind(
      "kubeflow.org",
      ["PyTorchJob", "TFJob", "MPIJob", "XGBoostJob", "MXJob", "PaddleJob", "JAXJob"],
      lifecycle: .job, [.podTemplate: kubeflowReplicas]),
    KnownKind("kubeflow.org", ["Notebook"], [.podTemplate: ["spec.template"]]),
    // volcano-sh/apis pkg/apis/batch/v1alpha1
    KnownKind(
      "batch.volcano.sh", ["Job"], lifecycle: .job, [.podTemplate: ["spec.tasks[].template"]]),
    // grafana/k6-operator api/v1alpha1
    KnownKind(
      "k6.io", ["TestRun", "K6"], lifecycle: .job,
      [.image: ["initializer", "starter", "runner"].map { "spec.\($0).image" }]),
    // velero pkg/apis/velero/v1/restore_types.go
    KnownKind(
      "velero.io", ["Restore"], lifecycle: .job,
      [.initContainers: ["spec.hooks.resources[].postHooks[].init.initContainers"]]),
    // kubeflow/trainer pkg/apis/trainer/v1alpha1
    KnownKind(
      "trainer.kubeflow.org", ["TrainJob"], lifecycle: .job,
      [
        .containerImage: ["spec.trainer.image"]
      ]),
    KnownKind(
      "trainer.kubeflow.org", ["TrainingRuntime", "ClusterTrainingRuntime"], lifecycle: .template,
      [.podTemplate: ["spec.template.spec.replicatedJobs[].template.spec.template"]]),
    // kubevirt.io api/core/v1/schema.go; containerized-data-importer api core/v1beta1
    KnownKind(
      "kubevirt.io", ["VirtualMachine"],
      [
        .image: [
          "spec.template.spec.volumes[].containerDisk.image",
          "spec.template.spec.domain.firmware.kernelBoot.container.image",
        ],
        .artifact: ["spec.dataVolumeTemplates[].spec.source.registry.url"],
      ]),
    KnownKind(
      "kubevirt.io", ["VirtualMachineInstance", "VirtualMachineInstanceReplicaSet"],
      [
        .image: [
          "spec.volumes[].containerDisk.image",
          "spec.domain.firmware.kernelBoot.container.image",
          "spec.template.spec.volumes[].containerDisk.image",
          "spec.template.spec.domain.firmware.kernelBoot.container.image",
        ]
      ]),
    KnownKind(
      "kubevirt.io", ["KubeVirt"],
      [.image: ["spec.configuration.network.binding{}.sidecarImage"]]),
    KnownKind(
      "cdi.kubevirt.io", ["DataVolume"], lifecycle: .job,
      [.artifact: ["spec.source.registry.url"]]),
    KnownKind(
      "cdi.kubevirt.io", ["DataImportCron"], [.artifact: ["spec.template.spec.source.registry.url"]]
    ),
  ]
}
