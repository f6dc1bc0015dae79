package import ImageReferences

/// What is known of an `ImageUse`: one image reference at one place of one workload.
///
/// A template and the Pods made from it are one use; Pods that differ from their template are
/// uses of their own (`origin` says why).
package struct ImageUseFields: Hashable, Sendable {
  package var workload: WorkloadIdentity
  /// Of this use: an old revision of an active Deployment is `history`.
  package var activity: Activity
  /// Where the text stands, from the root of the object that `workload` or `origin` names:
  /// `spec.template.spec.initContainers[0].image`.
  package var path: String
  package var container: String
  package var role: ContainerRole
  package var image: ImageText
  package var pullPolicy: PullPolicy
  package var origin: UseOrigin
  package var confidence: UseConfidence
  /// Pods that hold this use now, ended ones left out.
  package var podCount: Int
  /// Names of the nodes these Pods are bound to, sorted.
  package var nodes: [String]
  /// Of these, the nodes on which a container runs with this image now: proof that they got it.
  package var runningNodes: [String]
  /// Which nodes its Pods may be bound to.
  package var placement: PodPlacement
  /// What the kubelet says of containers that cannot start with this image; sorted, at most
  /// `maximumFailures` kept.
  package var failures: [StartFailure]
  /// `failures` that there were in all.
  package var failureCount: Int
  /// More that a reader should know, in words.
  package var notes: [String] = []
  /// Of a repository prefix (`k8s.gcr.io`): the text that was judged in its place.
  package var representative: String?
  /// Nil for what a cluster holds.
  package var place: SourcePlace? {
    get { boxedPlace?.place }
    set { boxedPlace = newValue.map(BoxedPlace.at) }
  }

  /// Apart, as a cluster's many uses have none.
  private var boxedPlace: BoxedPlace?

  private indirect enum BoxedPlace: Hashable {
    case at(SourcePlace)

    var place: SourcePlace {
      switch self {
      case .at(let place): place
      }
    }
  }

  package init(
    workload: WorkloadIdentity, activity: Activity, path: String, container: String,
    role: ContainerRole, image: ImageText, pullPolicy: PullPolicy, origin: UseOrigin = .template,
    confidence: UseConfidence = .known,
    podCount: Int = 0, nodes: [String] = [], runningNodes: [String] = [],
    placement: PodPlacement = PodPlacement(), failures: [StartFailure] = [],
    failureCount: Int? = nil
  ) {
    self.workload = workload
    self.activity = activity
    self.path = path
    self.container = container
    self.role = role
    self.image = image
    self.pullPolicy = pullPolicy
    self.origin = origin
    self.confidence = confidence
    self.podCount = podCount
    self.nodes = nodes
    self.runningNodes = runningNodes
    self.placement = placement
    self.failures = failures
    self.failureCount = failureCount ?? failures.count
  }
}
