/// The releases of containerd that are configured alike.
///
/// https://github.com/containerd/containerd/blob/main/docs/cri/config.md
package enum ContainerdVersion: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// Before 1.5: there is no certs.d.
  case before1_5
  case from1_5
  case from2_0
  case from2_1
  case from2_3
  case unknown

  /// - Parameter runtime: as a node says it, `containerd://1.7.22`.
  init(runtime: String) {
    self = .unknown
    guard runtime.hasPrefix("containerd://") else { return }
    let parts = runtime.dropFirst("containerd://".count).drop { $0 == "v" }
      .split(separator: ".", maxSplits: 2)
    guard parts.count >= 2, let major = Int(parts[0]),
      let minor = Int(parts[1].prefix { $0.isASCII && $0.isNumber })
    else { return }
    switch (major, minor) {
    case (0, _), (1, 0..<5): self = .before1_5
    case (1, _): self = .from1_5
    case (2, 0): self = .from2_0
    case (2, 1...2): self = .from2_1
    default: self = .from2_3
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  var words: String {
    switch self {
    case .before1_5: "containerd before 1.5"
    case .from1_5: "containerd 1.5 to 1.7"
    case .from2_0: "containerd 2.0"
    case .from2_1: "containerd 2.1 and 2.2"
    case .from2_3: "containerd 2.3 and later"
    case .unknown: "containerd of an unknown version"
    }
  }

  var slug: String {
    switch self {
    case .before1_5: "containerd-1.4"
    case .from1_5: "containerd-1.5"
    case .from2_0: "containerd-2.0"
    case .from2_1: "containerd-2.1"
    case .from2_3: "containerd-2.3"
    case .unknown: "containerd"
    }
  }

  /// The versions of config.toml that it reads, its own first. Version 1 is read before 2.0.
  var configVersions: [Int] {
    switch self {
    case .before1_5, .from1_5: [2]
    case .from2_0, .from2_1: [3, 2]
    case .from2_3: [4, 3, 2]
    case .unknown: [4, 3, 2]
    }
  }

  /// Whether hosts.toml is passed over when `config_path` names several folders, parted by colons
  /// (containerd issues 12415, 12636, 12808).
  var mayIgnoreFolderLists: Bool {
    switch self {
    case .before1_5, .from1_5, .from2_0: false
    case .from2_1, .from2_3, .unknown: true
    }
  }
}
