/// One revision of a Helm release: the objects with images that it applied, and its hooks.
package struct ReleaseRecord: Hashable, Sendable {
  /// Of the object that stores it.
  package var namespace: String
  package var name: String
  package var revision: Int
  /// Where its objects go by default: nearly always `namespace`.
  package var installNamespace: String
  /// Of the object that stores it.
  package var uid = ""
  /// `deployed`, `superseded`, `failed` …
  package var status = ""
  /// Name and version, `ingress-nginx-4.12.1`; empty when the release does not say.
  package var chart = ""
  package var objects: [ReleaseObject] = []

  package init(namespace: String, name: String, revision: Int) {
    self.namespace = namespace
    self.name = name
    self.revision = revision
    installNamespace = namespace
  }

  /// Helm has no API of its own: the identity is that of the Secret type `helm.sh/release.v1`.
  /// (Flux's `HelmRelease` is a custom resource, and another object.)
  package var identity: WorkloadIdentity {
    WorkloadIdentity(apiVersion: "helm.sh/v1", kind: "Release", namespace: namespace, name: name)
  }

  var source: String { "Helm release \"\(namespace)/\(name)\"\(chartWords)" }

  var chartWords: String { chart.isEmpty ? "" : " chart \(chart)" }
}

/// One object of a release's manifest.
package struct ReleaseObject: Hashable, Sendable {
  package struct Image: Hashable, Sendable {
    /// Its path is from the root of this object.
    package var use: ExtractedImage
    /// The value that set it, in words; nil where that cannot be told.
    package var setBy: String?

    package init(use: ExtractedImage, setBy: String? = nil) {
      self.use = use
      self.setBy = setBy
    }
  }

  package var kind: String
  package var namespace: String
  package var name: String
  /// When it runs (`pre-upgrade` …), of a hook; nil for an object of the manifest.
  package var hookEvents: [String]?
  package var images: [Image] = []

  package init(kind: String, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }
}
