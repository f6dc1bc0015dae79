package import Kubeconfig

/// What of a context is known before its server is asked anything.
package struct SweepMember: Hashable, Sendable {
  /// What the server's certificate is checked against; nil where it is not checked, or nothing is
  /// known of the context at all: such a context is never taken for another.
  package var authority: String?
  package var access: SweepAccess?

  package init(authority: String? = nil, access: SweepAccess? = nil) {
    self.authority = authority
    self.access = access
  }
}

/// As whom a context reads, and where it begins when it may not list namespaces: two contexts of
/// one cluster that agree in this read the same.
package struct SweepAccess: Hashable, Sendable {
  private let credentials: UserCredentials
  private let impersonation: Impersonation?
  private let namespace: String?

  package init(_ target: ClusterTarget) {
    credentials = target.credentials
    impersonation = target.impersonation
    namespace = target.namespace
  }
}
