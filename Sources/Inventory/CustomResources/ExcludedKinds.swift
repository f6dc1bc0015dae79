/// Custom resources that are never read: they repeat images or speak about them, and run none.
package enum ExcludedKinds {
  /// Whether no kind of this group is ever read.
  package static func contains(group: String) -> Bool {
    stores.contains(group) || policies.contains(group)
  }

  /// Whether objects of this kind only report on, copy, mirror or police images.
  package static func contains(group: String, kind: String) -> Bool {
    if contains(group: group) { return true }
    if kinds[group]?.contains(kind) == true { return true }
    return suffixes.contains { kind.hasSuffix($0) } || words.contains { kind.contains($0) }
  }

  /// Whether objects of this kind name images to allow, refuse, verify or mirror them: with another
  /// name they would mean something else.
  package static func isPolicy(group: String, kind: String) -> Bool {
    policies.contains(group) || group == "admissionregistration.k8s.io"
      || kind == "ImageContentSourcePolicy"
  }

  /// Where scanners and runtimes leave what they saw.
  private static let stores: Set<String> = [
    // Trivy operator, Starboard
    "aquasecurity.github.io",
    // PolicyReports, OpenReports, Kyverno's intermediate reports
    "wgpolicyk8s.io", "openreports.io", "reports.kyverno.io",
    // Kubescape's storage: an aggregated API in most installations
    "spdx.softwarecomposition.kubescape.io", "softwarecomposition.kubescape.io",
    // Quay's container security operator, OpenShift's image registry and compliance operator
    "secscan.quay.redhat.com", "compliance.openshift.io",
    "results.tekton.dev", "zora.undistro.io", "metrics.k8s.io", "custom.metrics.k8s.io",
    "external.metrics.k8s.io", "packages.operators.coreos.com",
  ]

  /// Rules that name images to allow, refuse, verify or mirror.
  private static let policies: Set<String> = [
    "kyverno.io", "policies.kyverno.io", "constraints.gatekeeper.sh", "templates.gatekeeper.sh",
    "mutations.gatekeeper.sh", "config.gatekeeper.sh", "status.gatekeeper.sh",
    "expansion.gatekeeper.sh", "policy.sigstore.dev", "config.openshift.io",
    "policies.kubewarden.io",
  ]

  private static let kinds: [String: Set<String>] = [
    "image.openshift.io": ["Image", "ImageStreamTag", "ImageTag", "ImageStreamImage"],
    "operator.openshift.io": ["ImageContentSourcePolicy"],
    // Written by Kruise itself from its pull jobs.
    "apps.kruise.io": ["NodeImage", "NodePodProbe"],
    // Where to look for newer tags, and what was found there; nothing is pulled to run.
    "image.toolkit.fluxcd.io": ["ImageRepository", "ImagePolicy", "ImageUpdateAutomation"],
    "argocd-image-updater.argoproj.io": ["ImageUpdater"],
    "kargo.akuity.io": ["Freight", "Warehouse"],
    // A copy of a Pod or template that another object of the same group holds.
    "kueue.x-k8s.io": ["Workload"],
  ]

  private static let suffixes = [
    "Report", "Reports", "ReportSummary", "ScanResult", "ScanResults", "ScanSummary",
  ]
  private static let words = ["Vulnerabilit", "SBOM", "Sbom"]
}
