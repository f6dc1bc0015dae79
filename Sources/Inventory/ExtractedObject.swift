/// An object other than the built-in workloads whose fields name images: a custom resource, a
/// ConfigMap, a Helm release.
package struct ExtractedObject: Hashable, Sendable {
  package var apiVersion: String
  package var kind: String
  package var metadata = ObjectMetadata()
  package var images: [ExtractedImage] = []
  /// Whether something starts containers of it by itself.
  package var activity: Activity

  package init(
    apiVersion: String, kind: String, metadata: ObjectMetadata = ObjectMetadata(),
    images: [ExtractedImage] = [], activity: Activity = .active(desired: nil)
  ) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.metadata = metadata
    self.images = images
    self.activity = activity
  }

  package var identity: WorkloadIdentity {
    WorkloadIdentity(
      apiVersion: apiVersion, kind: kind, namespace: metadata.namespace, name: metadata.name)
  }

  /// A revision or a run of what owns it: its containers are those of the owner's template, now or
  /// at another time, so what is the same there is one use with it.
  var isRevision: Bool {
    Self.revisions[WorkloadIdentity.group(of: apiVersion)]?.contains(kind) == true
  }

  private static let revisions: [String: Set<String>] = [
    "apps": ["ControllerRevision"],
    "argoproj.io": ["Workflow", "AnalysisRun", "Experiment"],
    "serving.knative.dev": ["Configuration", "Revision"],
    "sparkoperator.k8s.io": ["SparkApplication"],
    "tekton.dev": ["PipelineRun", "TaskRun"],
  ]
}

/// One field that names an image.
package struct ExtractedImage: Hashable, Sendable {
  /// From the object's root: `spec.nodeSets[0].podTemplate.spec.containers[0].image`.
  package var path: String
  /// The container's name, or the field's, where there is no container.
  package var container: String
  package var role: ContainerRole
  package var image: String
  package var pullPolicy: PullPolicy
  package var confidence: UseConfidence
  package var placement: PodPlacement
  /// Nil: as active as its object.
  package var activity: Activity?
  /// More that a reader should know, in words.
  package var notes: [String] = []
  /// Where the text is only the beginning of references, such as kubeadm's `imageRepository`: one
  /// of these, to be judged in its place. The text itself where only the tag is not known.
  package var representative: String?

  package init(
    path: String, container: String, role: ContainerRole, image: String,
    pullPolicy: PullPolicy = .unspecified, confidence: UseConfidence,
    placement: PodPlacement = PodPlacement(), activity: Activity? = nil
  ) {
    self.path = path
    self.container = container
    self.role = role
    self.image = image
    self.pullPolicy = pullPolicy
    self.confidence = confidence
    self.placement = placement
    self.activity = activity
  }
}

/// How sure it is that a field names an image that will be pulled.
package enum UseConfidence: String, Hashable, Sendable, CaseIterable {
  /// A field of a built-in kind, or of one whose meaning is documented.
  case known
  /// The kind's published schema has a pod spec, or a field named for an image, there.
  case schema
  /// A subtree that looks like a pod spec, or a text that the catalogue recognises.
  case shape
  /// Concluded from something else, and not read.
  case inferred

  /// A sentence for reports; nil for the ordinary case.
  package var note: String? {
    switch self {
    case .known: nil
    // The risk's own reasons say so.
    case .inferred: nil
    case .schema: "found by the kind's schema"
    case .shape: "found by its shape; check the field's meaning"
    }
  }
}
