extension Fate {
  /// One clause, for lists.
  package var meaning: String {
    switch self {
    case .gone: "pulls fail"
    case .retiring: "the day of its removal is known; brownouts may come before"
    case .frozen: "answers, but is never updated"
    case .moved: "the publisher left, the copy still answers"
    case .probe: "only the registry knows whether it still answers"
    case .limited: "works within rate limits"
    case .ok: "nothing is known against it"
    }
  }
}

extension Certainty {
  /// One clause, for lists.
  package var meaning: String {
    switch self {
    case .primary: "the vendor or the project says so"
    case .reported: "third parties report it; never enough for gone or retiring"
    case .inferred: "concluded from other facts; never enough for gone or retiring"
    }
  }
}

extension Exposure {
  /// One clause, for lists.
  package var meaning: String {
    switch self {
    case .failing: "a container waits now, because the image cannot be pulled"
    case .pulls: "the next start asks the registry"
    case .cached: "every node that it may run on holds the image"
    case .dormant: "nothing starts it without a person"
    case .history: "only a rollback brings it back, or it has completed"
    case .unknown: "it cannot be told, for instance because nodes may not be listed"
    }
  }
}
