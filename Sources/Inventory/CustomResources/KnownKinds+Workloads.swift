// The table of documented image fields: what runs containers by templates of its own. Paths are
// those of the types that each comment names.

extension KnownKind {
  /// What Argo Workflows calls a template, below `base`
  /// (argo-workflows `pkg/apis/workflow/v1alpha1/workflow_types.go`, `Template`).
  private static func argoTemplates(_ base: String) -> [FieldMeaning: [String]] {
    let named = ["\(base).templates[]", "\(base).templateDefaults"]
    let inline = ["steps[][].inline", "dag.tasks[].inline"].map { "\(base).templates[].\($0)" }
    let templates = named + inline
    return [
      .containerImage: templates.flatMap { ["\($0).container.image", "\($0).script.image"] },
      .containers: templates.flatMap { ["\($0).containerSet.containers", "\($0).sidecars"] },
      .initContainers: templates.map { "\($0).initContainers" },
      .freeFormText: ["\(base).podSpecPatch"]
        + templates.flatMap { ["\($0).podSpecPatch", "\($0).resource.manifest"] },
    ]
  }

  /// `ApplicationSource`, one or several, below `base`.
  private static func argoSources(_ base: String) -> [FieldMeaning: [String]] {
    let sources = ["\(base).source", "\(base).sources[]"]
    return [
      .kustomizeImage: sources.map { "\($0).kustomize.images[]" },
      .freeForm: sources.map { "\($0).helm.valuesObject" },
      .helmParameters: sources.map { "\($0).helm.parameters" },
      .freeFormText: sources.map { "\($0).helm.values" },
    ]
  }

  /// Tekton's `TaskSpec`, below `base` (tektoncd/pipeline `pkg/apis/pipeline/v1/task_types.go`).
  private static func tektonTask(_ bases: String...) -> [FieldMeaning: [String]] {
    [
      .containers: bases.flatMap { ["\($0).steps", "\($0).sidecars"] },
      .containerImage: bases.map { "\($0).stepTemplate.image" },
    ]
  }

  static let workflows: [KnownKind] = [
    // argo-rollouts pkg/apis/rollouts/v1alpha1/{types,experiment_types,analysis_types}.go
    KnownKind("argoproj.io", ["Rollout"], [.podTemplate: ["spec.template"]]),
    KnownKind(
      "argoproj.io", ["Experiment"], lifecycle: .job, [.podTemplate: ["spec.templates[].template"]]),
    KnownKind(
      "argoproj.io", ["AnalysisTemplate", "ClusterAnalysisTemplate"], lifecycle: .template,
      [.podTemplate: ["spec.metrics[].provider.job.spec.template"]]),
    KnownKind(
      "argoproj.io", ["AnalysisRun"], lifecycle: .job,
      [.podTemplate: ["spec.metrics[].provider.job.spec.template"]]),
    KnownKind("argoproj.io", ["Workflow"], lifecycle: .job, argoTemplates("spec")),
    KnownKind(
      "argoproj.io", ["WorkflowTemplate", "ClusterWorkflowTemplate"], lifecycle: .template,
      argoTemplates("spec")),
    KnownKind("argoproj.io", ["CronWorkflow"], argoTemplates("spec.workflowSpec")),
    // argo-cd pkg/apis/application/v1alpha1/types.go
    KnownKind("argoproj.io", ["Application"], lifecycle: .configuration, argoSources("spec")),
    KnownKind(
      "argoproj.io", ["ApplicationSet"], lifecycle: .configuration,
      argoSources("spec.template.spec")),
    // tektoncd/pipeline pkg/apis/pipeline/{v1,v1beta1}
    KnownKind("tekton.dev", ["Task", "ClusterTask"], lifecycle: .template, tektonTask("spec")),
    KnownKind(
      "tekton.dev", ["TaskRun"], lifecycle: .job,
      tektonTask("spec.taskSpec").merging([.tektonReference: ["spec.taskRef"]]) { $0 + $1 }),
    KnownKind(
      "tekton.dev", ["Pipeline"], lifecycle: .template,
      tektonTask("spec.tasks[].taskSpec", "spec.finally[].taskSpec").merging(
        [.tektonReference: ["spec.tasks[].taskRef", "spec.finally[].taskRef"]]
      ) { $0 + $1 }),
    KnownKind(
      "tekton.dev", ["PipelineRun"], lifecycle: .job,
      tektonTask("spec.pipelineSpec.tasks[].taskSpec", "spec.pipelineSpec.finally[].taskSpec")
        .merging([
          .tektonReference: [
            "spec.pipelineRef", "spec.pipelineSpec.tasks[].taskRef",
            "spec.pipelineSpec.finally[].taskRef",
          ]
        ]) { $0 + $1 }),
    KnownKind(
      "tekton.dev", ["StepAction"], lifecycle: .template, [.containerImage: ["spec.image"]]),
    // kedacore/keda apis/keda/v1alpha1/scaledjob_types.go
    KnownKind("keda.sh", ["ScaledJob"], [.podTemplate: ["spec.jobTargetRef.template"]]),
    // kubernetes-sigs/jobset api/jobset/v1alpha2
    KnownKind(
      "jobset.x-k8s.io", ["JobSet"], lifecycle: .job,
      [.podTemplate: ["spec.replicatedJobs[].template.spec.template"]]),
    // kubernetes-sigs/lws api/{leaderworkerset,disaggregatedset}
    KnownKind(
      "leaderworkerset.x-k8s.io", ["LeaderWorkerSet"],
      [
        .podTemplate: [
          "spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate",
        ]
      ]),
    KnownKind(
      "*.x-k8s.io", ["DisaggregatedSet"],
      [
        .podTemplate: [
          "spec.roles[].spec.leaderWorkerTemplate.leaderTemplate",
          "spec.roles[].spec.leaderWorkerTemplate.workerTemplate",
        ]
      ]),
    // kubernetes-sigs/agent-sandbox api/v1alpha1
    KnownKind("agents.x-k8s.io", ["Sandbox"], [.podTemplate: ["spec.podTemplate"]]),
    KnownKind(
      "extensions.agents.x-k8s.io", ["SandboxTemplate"], lifecycle: .template,
      [.podTemplate: ["spec.podTemplate"]]),
    // actions/actions-runner-controller apis/actions.github.com/v1alpha1
    KnownKind(
      "actions.github.com", ["AutoscalingRunnerSet", "EphemeralRunnerSet", "EphemeralRunner"],
      [.podTemplate: ["spec.template", "spec.listenerTemplate", "spec.ephemeralRunnerSpec"]]),
    // openkruise/kruise apis/apps/v1alpha1, v1beta1
    KnownKind(
      "apps.kruise.io", ["CloneSet", "StatefulSet", "DaemonSet"],
      [.podTemplate: ["spec.template"]]),
    KnownKind(
      "apps.kruise.io", ["BroadcastJob"], lifecycle: .job, [.podTemplate: ["spec.template"]]),
    KnownKind(
      "apps.kruise.io", ["AdvancedCronJob"],
      [
        .podTemplate: [
          "spec.template.jobTemplate.spec.template",
          "spec.template.broadcastJobTemplate.spec.template",
        ]
      ]),
    KnownKind(
      "apps.kruise.io", ["UnitedDeployment"],
      [
        .podTemplate: [
          "spec.template.statefulSetTemplate.spec.template",
          "spec.template.advancedStatefulSetTemplate.spec.template",
          "spec.template.cloneSetTemplate.spec.template",
          "spec.template.deploymentTemplate.spec.template",
        ]
      ]),
    KnownKind(
      "apps.kruise.io", ["SidecarSet"],
      [.containers: ["spec.containers"], .initContainers: ["spec.initContainers"]]),
    KnownKind("apps.kruise.io", ["ImagePullJob"], lifecycle: .job, [.image: ["spec.image"]]),
    KnownKind("apps.kruise.io", ["ImageListPullJob"], lifecycle: .job, [.image: ["spec.images[]"]]),
    KnownKind(
      "apps.kruise.io", ["EphemeralJob"], lifecycle: .job,
      [.containers: ["spec.template.ephemeralContainers"]]),
  ]
}
