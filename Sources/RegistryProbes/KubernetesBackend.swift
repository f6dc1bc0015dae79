/// The hosts from which registry.k8s.io lets its clients fetch.
///
/// Nobody promises them: "the backends may change at any time". Regions of Artifact Registry are
/// those of the promoter's manifest (kubernetes/k8s.io, registry.k8s.io); buckets and the host of
/// everybody else are those of archeio (kubernetes/registry.k8s.io,
/// cmd/archeio/internal/app/buckets.go and main.go).
package struct KubernetesBackend: Hashable, Sendable {
  package enum Purpose: String, Hashable, Sendable, CaseIterable {
    case registry
    /// Manifests and tags of everybody; blobs of clients on Google Cloud.
    case artifactRegistry
    /// Blobs of clients in one region of AWS.
    case bucket
    /// Blobs of everybody else.
    case everywhere
  }

  package let host: String
  package let purpose: Purpose
  /// Empty where there is none.
  package let region: String

  package static let registry = "registry.k8s.io"

  package static let all: [KubernetesBackend] =
    [
      KubernetesBackend(host: registry, purpose: .registry, region: ""),
      KubernetesBackend(
        host: "d1be1w964nk82h.cloudfront.net", purpose: .everywhere, region: ""),
    ]
    + artifactRegistryRegions.map {
      KubernetesBackend(host: "\($0)-docker.pkg.dev", purpose: .artifactRegistry, region: $0)
    }
    + bucketRegions.map {
      KubernetesBackend(host: bucketHost($0), purpose: .bucket, region: $0)
    }

  /// What this host is for; nil when it is not known as a backend.
  package static func purpose(ofHost host: String) -> Purpose? {
    if let known = all.first(where: { $0.host == host }) { return known.purpose }
    if host.hasSuffix("-docker.pkg.dev") { return .artifactRegistry }
    if host.hasSuffix(".amazonaws.com") { return .bucket }
    return host.hasSuffix(".cloudfront.net") ? .everywhere : nil
  }

  private static func bucketHost(_ region: String) -> String {
    // The bucket of London has a name of its own.
    let bucket =
      region == "eu-west-2"
      ? "767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2"
      : "prod-registry-k8s-io-\(region)"
    return "\(bucket).s3.dualstack.\(region).amazonaws.com"
  }

  private static let artifactRegistryRegions = [
    "asia-east1", "asia-northeast1", "asia-northeast2", "asia-south1", "australia-southeast1",
    "europe-north1", "europe-southwest1", "europe-west1", "europe-west10", "europe-west2",
    "europe-west3", "europe-west4", "europe-west8", "europe-west9", "southamerica-west1",
    "us-central1", "us-east1", "us-east4", "us-east5", "us-south1", "us-west1", "us-west2",
  ]

  private static let bucketRegions = [
    "af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
    "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1",
    "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "mx-central-1", "sa-east-1",
    "us-east-1", "us-east-2", "us-west-1", "us-west-2",
  ]
}
