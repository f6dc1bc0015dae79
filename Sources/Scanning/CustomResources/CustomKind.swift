import Inventory
import KubernetesAPI

/// A kind that a scan reads besides the built-in ones, and where it holds images.
struct CustomKind: Sendable {
  let resource: APIResource
  let fields: [ImageField]
  let lifecycle: ObjectLifecycle

  /// Nothing but the shape of its objects tells where images are.
  var isShapeOnly: Bool { fields.allSatisfy { $0.meaning == .freeForm && $0.confidence == .shape } }

  /// The most objects that are read of a kind that may hold no image at all.
  static let maximumShapeOnly = 5000

  /// Nil for a kind that holds no images.
  ///
  /// - Parameter schema: what its schema says; nil when there is none that could be read.
  init?(_ resource: APIResource, schema: [ImageField]?) {
    let known = KnownKind.find(group: resource.group, kind: resource.kind)
    self.resource = resource
    if let known {
      // The table says what the free-form parts hold; a search there would guess.
      fields = known.fields + (schema ?? []).filter { $0.meaning != .freeForm }
    } else {
      fields = schema ?? []
    }
    lifecycle = known?.lifecycle ?? (resource.kind.hasSuffix("Template") ? .template : .unknown)
    guard !fields.isEmpty else { return nil }
  }
}

extension CustomKind {
  /// Kinds of which one may hold images, each in the version that the server prefers.
  static func candidates(_ discovery: Discovery, aggregated: Set<String>) -> [APIResource] {
    var seen: Set<String> = []
    return discovery.resources.filter { resource in
      guard !builtInGroups.contains(resource.group), resource.verbs.contains("list"),
        !resource.name.contains("/"),
        !ExcludedKinds.contains(group: resource.group, kind: resource.kind)
      else { return false }
      if aggregated.contains(resource.group) {
        let known = KnownKind.find(group: resource.group, kind: resource.kind)
        guard known?.isAggregated == true else { return false }
      }
      return seen.insert(resource.qualifiedName).inserted
    }
  }

  /// The groups that kube-apiserver itself answers for (`k8s.io/api`, and those that left it).
  private static let builtInGroups: Set<String> = [
    "", "apps", "autoscaling", "batch", "extensions", "policy", "admissionregistration.k8s.io",
    "apiextensions.k8s.io", "apiregistration.k8s.io", "auditregistration.k8s.io",
    "authentication.k8s.io", "authorization.k8s.io", "certificates.k8s.io",
    "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io",
    "resource.k8s.io", "scheduling.k8s.io", "settings.k8s.io", "storage.k8s.io",
    "storagemigration.k8s.io",
  ]

  /// Groups that other API servers usually answer for: used where APIServices may not be listed.
  static let usuallyAggregated: Set<String> = [
    "apps.openshift.io", "authorization.openshift.io", "build.openshift.io",
    "image.openshift.io", "oauth.openshift.io", "project.openshift.io", "quota.openshift.io",
    "route.openshift.io", "security.openshift.io", "template.openshift.io", "user.openshift.io",
    "packages.operators.coreos.com", "metrics.k8s.io", "custom.metrics.k8s.io",
    "external.metrics.k8s.io", "subresources.kubevirt.io", "upload.cdi.kubevirt.io",
    "visibility.kueue.x-k8s.io", "projectcalico.org", "data.packaging.carvel.dev",
    "cluster.karmada.io", "clusterview.open-cluster-management.io",
    "proxy.open-cluster-management.io",
    "login.concierge.pinniped.dev", "identity.concierge.pinniped.dev", "tap.linkerd.io",
    "ext.cattle.io", "search.karmada.io",
  ]
}

extension ListedKind {
  init(
    _ kind: CustomKind, place: Int, recognizesText: @escaping CataloguedTextRecognizer
  ) {
    let served = kind.resource
    self.served = served
    qualifiedName = served.qualifiedName
    self.place = place
    isLarge = false
    // OLM copies a ClusterServiceVersion into every namespace that its operator watches.
    labelSelector =
      served.qualifiedName == "clusterserviceversions.operators.coreos.com"
      ? "!olm.copiedFrom" : nil
    maximumItems = kind.isShapeOnly ? CustomKind.maximumShapeOnly : nil
    isJSON = true
    let schema = CustomObjectSchema(
      apiVersion: served.groupVersion, kind: served.kind, fields: kind.fields,
      lifecycle: kind.lifecycle, recognizesText: recognizesText)
    list = { client, namespace, options in
      try await client.list(
        served, namespace: namespace, options: options, schema: .customObjects(schema),
        into: { InventoryBuilder() }, add: { $0.add($1) }, merge: { $0.merge($1) })
    }
  }
}
