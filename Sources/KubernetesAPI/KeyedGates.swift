import Synchronization

/// One gate per key, made when first asked for.
final class KeyedGates: Sendable {
  private let limit: Int
  private let gates = Mutex<[String: RequestGate]>([:])

  init(limit: Int) {
    self.limit = limit
  }

  subscript(key: String) -> RequestGate {
    gates.withLock { gates in
      if let gate = gates[key] { return gate }
      let gate = RequestGate(limit: limit)
      gates[key] = gate
      return gate
    }
  }
}
