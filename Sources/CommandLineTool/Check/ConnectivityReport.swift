import CurlTransport
import ImageReferences
import RegistryProbes

/// What this machine can reach on the way of a pull.
struct ConnectivityReport: Sendable {
  enum State: String, Hashable, Sendable, CaseIterable {
    case reached
    /// No answer comes from there.
    case blocked
    /// An answer comes, of somebody else.
    case intercepted
    /// Sent to where no pull ends.
    case redirected
  }

  /// One host, and what it is to pulls.
  struct Host: Hashable, Sendable {
    let name: String
    let purpose: KubernetesBackend.Purpose?
    let region: String
    /// Whether a pull from here led over it.
    let isOnTheWay: Bool
    let state: State
    let status: Int?
    let issuer: String?
    /// What is wrong; nil when it was reached.
    let reason: String?
  }

  let ways: [PullWay]
  /// In the order of the ways, then of the backends.
  let hosts: [Host]

  /// Questions in flight.
  private static let parallel = 16

  /// - Parameter backends: hosts to knock at besides those on the way.
  init(
    of references: [ImageReference], backends: [KubernetesBackend], probe: RegistryProbe
  ) async throws {
    var ways: [PullWay] = []
    for reference in references { ways.append(try await probe.way(of: reference)) }
    var met: [String: Hop] = [:]
    var order: [String] = []
    for hop in ways.flatMap(\.steps).flatMap(\.hops) {
      if met[hop.host] == nil { order.append(hop.host) }
      // A failure says more than the answers before it.
      if met[hop.host] == nil || hop.isFailure { met[hop.host] = hop }
    }
    let onTheWay = order
    order += backends.map(\.host).filter { met[$0] == nil }
    // Who has failed is asked once more, for its certificate.
    let missing = order.filter { met[$0]?.isFailure ?? true }
    for hop in try await Self.knock(missing, probe) {
      // What failed on the way stays failed, whatever it answers now.
      if let first = met[hop.host] {
        met[hop.host] = Hop(host: first.host, result: first.result, issuer: hop.issuer)
      } else {
        met[hop.host] = hop
      }
    }
    let strays = Self.strays(ways)
    self.ways = ways
    hosts = order.compactMap { name in
      met[name].map { hop in
        Host(
          hop, backends.first { $0.host == name }, isOnTheWay: onTheWay.contains(name),
          stray: strays[name])
      }
    }
  }

  /// Nothing stands in the way of a pull.
  var isOpen: Bool {
    ways.allSatisfy(\.isOpen) && hosts.allSatisfy { !$0.isOnTheWay || $0.state == .reached }
  }

  private static func knock(_ hosts: [String], _ probe: RegistryProbe) async throws -> [Hop] {
    var waiting = hosts[...]
    return try await withThrowingTaskGroup(of: Hop.self) { group in
      var hops: [Hop] = []
      var running = 0
      while running > 0 || !waiting.isEmpty {
        if running < parallel, let host = waiting.popFirst() {
          running += 1
          let isRegistry = KubernetesBackend.purpose(ofHost: host).map {
            $0 == .registry || $0 == .artifactRegistry
          }
          group.addTask {
            try await probe.knock(host, path: isRegistry ?? true ? "/v2/" : "/")
          }
        } else if let hop = try await group.next() {
          running -= 1
          hops.append(hop)
        }
      }
      return hops
    }
  }

  /// Hosts that answered, and not as a registry does or not where a pull of Kubernetes' images
  /// ends.
  private static func strays(_ ways: [PullWay]) -> [String: (State, String)] {
    var strays: [String: (State, String)] = [:]
    for way in ways {
      for step in way.steps {
        guard let last = step.hops.last else { continue }
        switch step.obstacle {
        case .unknown(.notAManifest(let type))?:
          let what = type.isEmpty ? "something" : type
          strays[last.host] = (
            .intercepted, "answers with \(what) instead of a manifest, in the registry's place"
          )
        case .unknown(.digestMismatch)?:
          strays[last.host] = (.intercepted, "answers with other bytes than the digest says")
        case .unknown(.unsafeRedirect(let place))?:
          strays[last.host] = (
            .redirected, "redirects to \(place.isEmpty ? "nowhere" : "\"\(place)\"")"
          )
        default: break
        }
        guard way.reference.registry == KubernetesBackend.registry else { continue }
        for hop in step.hops where KubernetesBackend.purpose(ofHost: hop.host) == nil {
          strays[hop.host] = (
            .redirected, "a redirect leads here, which is no backend that is known"
          )
        }
      }
    }
    return strays
  }
}

extension Hop {
  fileprivate var isFailure: Bool {
    if case .failed = result { return true }
    return false
  }
}

extension ConnectivityReport.Host {
  init(
    _ hop: Hop, _ backend: KubernetesBackend?, isOnTheWay: Bool,
    stray: (ConnectivityReport.State, String)? = nil
  ) {
    name = hop.host
    purpose = backend?.purpose ?? KubernetesBackend.purpose(ofHost: hop.host)
    region = backend?.region ?? ""
    self.isOnTheWay = isOnTheWay
    issuer = hop.issuer
    switch hop.result {
    case .failed(let error):
      status = nil
      state = error.isOfTheCertificate ? .intercepted : .blocked
      reason = words(for: Doubt.transport(error))
    case .answered(let code):
      status = code
      if let stray {
        (state, reason) = stray
      } else if let issuer, PublicAuthorities.areExpected(of: hop.host),
        !PublicAuthorities.hold(issuer)
      {
        state = .intercepted
        reason =
          "its certificate is of \"\(issuer)\", which is no public authority that is known:"
          + " something on the way likely opens the connection"
      } else {
        state = .reached
        reason = nil
      }
    }
  }
}

extension TransportError {
  /// Somebody answers, with a certificate that proves nothing.
  fileprivate var isOfTheCertificate: Bool {
    guard case .tls(let failure) = self else { return false }
    switch failure {
    case .handshake, .authorityFileInvalid, .clientCertificateRequired, .proxy: return false
    default: return true
    }
  }
}
