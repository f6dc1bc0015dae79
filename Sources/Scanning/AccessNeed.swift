import ConfigMaps
package import Inventory
package import KubernetesAPI

/// One thing that a scan asks a server for, as the right that it takes.
package struct AccessNeed: Hashable, Sendable {
  /// What the report knows from it.
  package enum Purpose: Hashable, Sendable {
    case pods
    case workloads(WorkloadKind)
    /// Old templates of DaemonSets and StatefulSets.
    case revisions
    case helmReleases
    case nodes
    /// A kind that changes replicas by itself: `HorizontalPodAutoscaler`.
    case autoscalers(kind: String)
    /// Mirrors that OpenShift's objects configure.
    case mirrors
    /// APIServices: which groups another API server answers for.
    case apiServices
    /// CustomResourceDefinitions, where the server publishes no OpenAPI v3.
    case definitions
    case customResources
    case namespaces
    /// A namespace that was asked for by name.
    case namedNamespace
    /// The UID of one namespace names the cluster.
    case clusterIdentity
    /// `--configmaps`.
    case configMaps
    /// A ConfigMap that is known by name.
    case namedConfigMap
    /// Of Pods that wait.
    case events
  }

  package let purpose: Purpose
  /// `list`, or `get` of one object.
  package let verb: String
  package let resource: APIResource
  /// The one object that is asked for; nil for lists.
  package let objectName: String?
  /// Where that object is; nil for an object without a namespace, and for any namespace.
  package let objectNamespace: String?
  /// Whether rights in single namespaces serve as well: the scan reads it namespace by namespace,
  /// where that was asked for or all that is allowed.
  package let isReadByNamespace: Bool

  /// `pods`, `deployments.apps`, `namespaces/kube-system`.
  package var name: String {
    objectName.map { "\(resource.qualifiedName)/\($0)" } ?? resource.qualifiedName
  }

  /// The question whether it is allowed for the whole cluster.
  var question: AccessQuestion {
    AccessQuestion(
      verb: verb, group: resource.group, resource: resource.name,
      // A request for a namespace stands in that namespace (k8s.io/apiserver, RequestInfo).
      namespace: purpose == .namedConfigMap ? objectNamespace : objectName, name: objectName)
  }

  package init(
    _ purpose: Purpose, _ resource: APIResource, verb: String = "list",
    objectName: String? = nil, objectNamespace: String? = nil, isReadByNamespace: Bool = false
  ) {
    self.purpose = purpose
    self.verb = verb
    self.resource = resource
    self.objectName = objectName
    self.objectNamespace = objectNamespace
    self.isReadByNamespace = isReadByNamespace
  }
}

extension AccessNeed {
  /// All that `ClusterScanner` asks for with these options, from the tables that it reads by.
  ///
  /// - Parameter discovery: leaves out kinds that are not served; nil when the server would not
  ///   tell.
  /// - Parameter custom: the custom kinds that hold images.
  /// - Parameter revisions: of Istio, as far as namespaces say which are in use.
  static func all(
    _ options: ScanOptions, discovery: Discovery?, custom: CustomKindFinder.Found = .init(),
    revisions: [String] = []
  ) -> [AccessNeed] {
    let resources = (ScannedResource.all + ScannedResource.extras(options)).filter {
      options.kinds.includes($0)
    }
    var needs = resources.compactMap { scanned in
      ResourceReader.candidates(for: scanned, discovery).first.map {
        AccessNeed(scanned.content.purpose, $0, isReadByNamespace: true)
      }
    }
    needs += custom.definitions.map {
      AccessNeed($0 == APIService.resource ? .apiServices : .definitions, $0)
    }
    needs += custom.kinds.map {
      AccessNeed(.customResources, $0.resource, isReadByNamespace: $0.resource.isNamespaced)
    }
    needs.append(AccessNeed(.nodes, EvidenceReader.nodeResource))
    needs += EvidenceReader.mirrorResources(discovery).map { AccessNeed(.mirrors, $0) }
    needs += Scaler.all.compactMap { scaler in
      scaler.resource(discovery).map {
        AccessNeed(.autoscalers(kind: scaler.kind), $0, isReadByNamespace: true)
      }
    }
    needs.append(
      AccessNeed(.events, EvidenceReader.eventResource, isReadByNamespace: true))
    let readsNamed = !options.configMaps && options.kinds.includes(ScannedResource.configMaps)
    needs += readsNamed ? namedConfigMaps(options.namespaces, revisions) : []
    let identity = ClusterScanner.identityNamespace
    if !options.namespaces.isEmpty {
      needs += options.namespaces.filter { $0 != identity }.map {
        AccessNeed(.namedNamespace, NamespaceList.resource, verb: "get", objectName: $0)
      }
    } else {
      needs.append(AccessNeed(.namespaces, NamespaceList.resource))
    }
    needs.append(
      AccessNeed(.clusterIdentity, NamespaceList.resource, verb: "get", objectName: identity))
    return needs
  }

  /// By name, in the namespaces of the scan; in a scan of all, wherever a namespace has them.
  private static func namedConfigMaps(
    _ namespaces: [String], _ revisions: [String]
  ) -> [AccessNeed] {
    let resource = APIResource(group: "", version: "v1", name: "configmaps", kind: "ConfigMap")
    guard namespaces.isEmpty else {
      return KnownConfigMap.all.filter { namespaces.contains($0.namespace) }.map {
        AccessNeed(
          .namedConfigMap, resource, verb: "get", objectName: $0.name,
          objectNamespace: $0.namespace)
      }
    }
    let names = KnownConfigMap.all.flatMap { $0.names(ofRevisions: revisions) }
    return Set(names).sorted().map {
      AccessNeed(.namedConfigMap, resource, verb: "get", objectName: $0)
    }
  }
}

extension ScannedResource.Content {
  fileprivate var purpose: AccessNeed.Purpose {
    switch self {
    case .pods: .pods
    case .workloads(let kind): .workloads(kind)
    case .configMaps: .configMaps
    case .controllerRevisions: .revisions
    case .helmReleases: .helmReleases
    }
  }
}
