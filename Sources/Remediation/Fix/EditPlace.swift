import Inventory
import Reports

/// Where a change to an image lasts: the place that nothing overwrites.
enum EditPlace: Hashable, Sendable {
  /// The object itself, in the cluster.
  case object
  /// What a tool installs from: a release's values, a repository, a subscription.
  case manager(Manager)
  /// A static pod's file; the node's name is empty where it is not known.
  case nodeFile(node: String)
  /// kubeadm's ConfigMap, which it reads at the next upgrade.
  case kubeadm
  /// Text inside of a ConfigMap.
  case configMap
  /// What puts a container into Pods as they are made; the container's name.
  case injector(String)
  /// Pods differ from their template, which has this image.
  case drift(String)
  /// The custom resource whose controller made this object.
  case controller(of: String)
  /// A rollout under way: an older or newer object of the same workload.
  case rollout(of: String)
  /// An owner that could not be read.
  case unreadOwner
  /// Fields that nobody may change while the object exists.
  case recreation
  /// Runs once: what starts it is to be changed.
  case run
  /// Several fields of a custom resource that make one reference.
  case parts
  /// Found by its shape: a person must know what the field means.
  case guess
  /// The runtime's own configuration on nodes.
  case sandbox
  /// A name that cannot stand in a command.
  case untypable

  init(_ finding: Finding) {
    let use = finding.use
    let workload = finding.workload
    if use.role == .sandbox || use.workload.kind == "Node" {
      self = .sandbox
      return
    }
    let manager = workload.managedBy.map(Manager.init)
    if manager?.kind == .kubelet {
      self = .nodeFile(node: manager?.name ?? "")
      return
    }
    if let place = Self.inPods(use) {
      self = place
      return
    }
    if let manager {
      self = .manager(manager)
      return
    }
    if use.workload.kind == "ClusterServiceVersion" {
      self = .manager(
        Manager(
          "OLM ClusterServiceVersion \"\(use.workload.namespace)/\(use.workload.name)\""))
      return
    }
    if !workload.wasRead {
      self = .unreadOwner
      return
    }
    if case .dependent(let name) = use.origin {
      self = BuiltInKind(use.workload) == nil ? .controller(of: name) : .rollout(of: name)
      return
    }
    self = Self.ownPlace(finding)
  }

  /// What only Pods have.
  private static func inPods(_ use: ImageUse) -> EditPlace? {
    switch use.origin {
    case .injected: .injector(use.container)
    case .drifted(let image): .drift(image)
    case .podsOnly: use.role == .ephemeral ? .recreation : .unreadOwner
    case .template, .dependent: nil
    }
  }

  private static func ownPlace(_ finding: Finding) -> EditPlace {
    let use = finding.use
    let identity = use.workload
    if identity.kind == "ConfigMap", identity.apiVersion == "v1" {
      return (identity.namespace, identity.name) == ("kube-system", "kubeadm-config")
        ? .kubeadm : .configMap
    }
    if use.role == .ephemeral { return .recreation }
    if let kind = BuiltInKind(identity) {
      switch kind {
      // `spec.template` of a Job is immutable (`batch/v1` validation).
      case .workload(.job): return .recreation
      // Of a Pod's containers only images may change (`core/v1` ValidatePodUpdate).
      case .pod
      where !(use.role == .container || use.role == .initContainer || use.role == .sidecar):
        return .recreation
      default: break
      }
    } else {
      let known = KnownKind.find(group: identity.group, kind: identity.kind)
      if known?.lifecycle == .job { return .run }
      if use.confidence == .shape || use.confidence == .inferred { return .guess }
      // The fields whose readers join several texts, or read a part of one (see `FieldMeaning`).
      let steps = FieldPointer(path: use.path)?.steps ?? []
      if ["repository", "hub", "imageRepository", "url", "name", "newName"]
        .contains(steps.last ?? "") || steps.dropLast().suffix(2) == ["kustomize", "images"]
        || use.notes.contains(UseNotes.joined)
      {
        return .parts
      }
    }
    guard ObjectName.isSubdomain(identity.name),
      identity.namespace.isEmpty || ObjectName.isLabel(identity.namespace),
      ObjectName.isWord(identity.kind),
      identity.apiVersion.split(separator: "/").allSatisfy({ ObjectName.isWord(String($0)) }),
      ImageChange(finding) != nil
    else { return .untypable }
    return .object
  }
}

/// A kind of the API server's own that runs Pods.
enum BuiltInKind: Hashable, Sendable {
  case pod
  case workload(WorkloadKind)

  init?(_ identity: WorkloadIdentity) {
    let group = identity.apiVersion.split(separator: "/")
    let isBuiltIn = group.count == 1 || ["apps", "batch", "extensions"].contains(group[0])
    guard isBuiltIn else { return nil }
    if identity.kind == "Pod" {
      self = .pod
    } else if let kind = WorkloadKind(rawValue: identity.kind) {
      self = .workload(kind)
    } else {
      return nil
    }
  }

  /// From the object's root to its pod spec.
  var podSpec: [String] {
    switch self {
    case .pod: ["spec"]
    case .workload(let kind): kind.podSpecPath.split(separator: ".").map(String.init)
    }
  }
}

extension WorkloadIdentity {
  /// `shop/Deployment/web`
  var label: String {
    [namespace, kind, name].filter { !$0.isEmpty }.joined(separator: "/")
  }
}
