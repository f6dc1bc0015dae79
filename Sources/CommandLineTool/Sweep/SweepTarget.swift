import Kubeconfig
import Scanning

/// One context of a sweep: where it leads, or why it leads nowhere.
struct SweepTarget: Sendable {
  let context: String
  let target: Result<ClusterTarget, KubeconfigError>

  var authority: String? {
    resolved.flatMap(CertificateAuthorities.name)
  }

  var server: String {
    resolved?.server.text ?? ""
  }

  private var resolved: ClusterTarget? {
    if case .success(let target) = target { target } else { nil }
  }

  /// What decides which contexts may be one cluster.
  var member: SweepMember {
    guard let target = resolved else { return SweepMember() }
    return SweepMember(authority: authority, access: SweepAccess(target))
  }
}
