import ImageReferences
import RegistryProbes
import Reports

/// The ways and hosts as tables, and what the hosts are for.
struct ConnectivityPage {
  let report: ConnectivityReport

  func text(_ options: RenderOptions) -> String {
    var lines = wayLines(options) + [""] + hostLines(options)
    let counts = ConnectivityReport.State.allCases.map { state in
      "\(report.hosts.count { $0.state == state }) \(state.rawValue)"
    }
    lines += ["", counts.joined(separator: " · ")]
    if report.hosts.contains(where: { $0.name == KubernetesBackend.registry }) {
      let width = min(options.width, 100)
      lines += [""] + Self.explanation.flatMap { TextLayout.wrap($0, to: width) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Facts of kubernetes/registry.k8s.io, docs and cmd/archeio.
  private static let explanation = [
    "registry.k8s.io answers itself only /v2/ and redirects the rest. Manifests and tags always come"
      + " from Artifact Registry (*.pkg.dev); so do blobs for clients on Google Cloud. Clients in a"
      + " region of AWS get blobs from that region's S3 bucket, everybody else since 2026-07-29 from"
      + " CloudFront: lists that allow the bucket of us-east-1 alone no longer do.",
    "The hosts are no promise: they may change any day. Kubernetes asks for a mirror of your own"
      + " rather than a list of what is allowed.",
  ]

  private func wayLines(_ options: RenderOptions) -> [String] {
    let rows = report.ways.flatMap { way in
      way.steps.map { step in
        [
          step.obstacle == nil ? "arrives" : "fails", step.part.rawValue, way.reference.canonical,
          Self.hops(step.hops), step.obstacle?.reason ?? "-",
        ]
      }
    }
    return FittingTable(titles: ["STATE", "PART", "IMAGE", "WAY", "NOTE"], rows: rows)
      .lines(options)
  }

  /// `registry.k8s.io 307 > us-east1-docker.pkg.dev 200`
  private static func hops(_ hops: [Hop]) -> String {
    hops.map { hop in
      if case .answered(let status) = hop.result { return "\(hop.host) \(status)" }
      return "\(hop.host) no answer"
    }.joined(separator: " > ")
  }

  /// A row for each host on the way and for each that is not well; the others by what they are for.
  private func hostLines(_ options: RenderOptions) -> [String] {
    var rows: [[String]] = []
    let isQuiet = { (host: ConnectivityReport.Host) in
      !host.isOnTheWay && (host.state == .reached || host.state == .blocked)
        && !host.region.isEmpty
    }
    for host in report.hosts where !isQuiet(host) {
      rows.append([
        host.state.rawValue, host.name, host.use, host.issuer ?? "-",
        host.reason ?? (host.isOnTheWay ? "on the way of a pull from here" : "-"),
      ])
    }
    for purpose in KubernetesBackend.Purpose.allCases {
      for state in ConnectivityReport.State.allCases {
        let group = report.hosts.filter {
          isQuiet($0) && $0.purpose == purpose && $0.state == state
        }
        if !group.isEmpty { rows.append(Self.row(of: group)) }
      }
    }
    return FittingTable(
      titles: ["STATE", "HOST", "FOR", "CERTIFICATE OF", "NOTE"], rows: rows
    ).lines(options)
  }

  private static func row(of group: [ConnectivityReport.Host]) -> [String] {
    let issuers = Set(group.map { $0.issuer ?? "-" }).sorted().joined(separator: ", ")
    let reason = group.compactMap(\.reason).first
    let regions = group.prefix(4).map(\.region).joined(separator: ", ")
    let more = group.count > 4 ? " and \(group.count - 4) more" : ""
    return [
      group[0].state.rawValue, group.count == 1 ? group[0].name : "\(group.count) others",
      group[0].useInGeneral, issuers, "\(regions)\(more)" + (reason.map { ": \($0)" } ?? ""),
    ]
  }
}

extension ConnectivityReport.Host {
  /// What pulls need it for.
  var use: String {
    switch purpose {
    case .bucket? where !region.isEmpty: "blobs, in AWS's \(region)"
    case .artifactRegistry? where !region.isEmpty: "manifests, blobs on Google Cloud (\(region))"
    default: useInGeneral
    }
  }

  fileprivate var useInGeneral: String {
    switch purpose {
    case .registry?: "every pull"
    case .artifactRegistry?: "manifests, blobs on Google Cloud"
    case .bucket?: "blobs, in a region of AWS"
    case .everywhere?: "blobs, elsewhere"
    case nil: "-"
    }
  }
}
