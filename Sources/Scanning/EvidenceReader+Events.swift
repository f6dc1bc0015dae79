import Inventory
import KubernetesAPI

extension EvidenceReader {
  static let eventResource = APIResource(group: "", version: "v1", name: "events", kind: "Event")

  /// More would explain nothing.
  private static let maximumEvents = 20_000
  private static let longestMessage = 4096

  /// What events say of Pods that wait; asked for by reason, and not at all when none waits.
  func events(of waiting: WaitingPods) async throws -> [EventRecord] {
    guard options.events, !waiting.isEmpty else { return [] }
    guard options.namespaces.isEmpty else {
      return try await events(of: waiting, whereAllowedOf: options.namespaces)
    }
    do {
      return try await events(of: waiting, in: nil)
    } catch APIError.forbidden {
      let namespaces = await rights.alreadyAllowing(
        Self.eventResource, among: waiting.namespaces)
      guard !namespaces.isEmpty else {
        // One line says it all.
        ledger.note("events", .forbidden, holdsImages: false)
        return []
      }
      return try await events(of: waiting, whereAllowedOf: namespaces)
    }
  }

  /// Where Pods wait, namespace by namespace.
  private func events(
    of waiting: WaitingPods, whereAllowedOf namespaces: [String]
  ) async throws -> [EventRecord] {
    let places = waiting.namespaces.filter(Set(namespaces).contains)
    var found: [EventRecord] = []
    for namespace in places {
      do {
        found += try await events(of: waiting, in: namespace)
      } catch APIError.forbidden {
        ledger.note("events", namespace: namespace, .forbidden, holdsImages: false)
      }
    }
    return found
  }

  private func events(
    of waiting: WaitingPods, in namespace: String?
  ) async throws -> [EventRecord] {
    var found: [EventRecord] = []
    for reason in PodEvents.reasons {
      found += try await events(reason, of: waiting, in: namespace)
    }
    return found
  }

  private func events(
    _ reason: String, of waiting: WaitingPods, in namespace: String?
  ) async throws -> [EventRecord] {
    do {
      let records = try await client.list(
        Self.eventResource, namespace: namespace,
        options: ListOptions(
          chunkSize: chunkSize, fieldSelector: "involvedObject.kind=Pod,reason=\(reason)"),
        schema: .events, into: { [EventRecord]() },
        add: { events, event in
          guard waiting.pod(uid: event.involvedUID) != nil, events.count < Self.maximumEvents
          else { return }
          var event = event
          event.message = String(event.message.prefix(Self.longestMessage))
          events.append(event)
        },
        merge: { $0.append(contentsOf: $1.prefix(Self.maximumEvents - $0.count)) }
      ).shard
      ledger.note("events", namespace: namespace ?? "", .read, holdsImages: false)
      return records
    } catch let error as APIError {
      if case .forbidden = error { throw error }
      if case .notFound = error {
        ledger.note("events", .notServed, holdsImages: false)
        return []
      }
      guard error.isPartial else { throw error }
      ledger.note(
        "events", namespace: namespace ?? "", .failed, reason: wording(error), holdsImages: false)
      return []
    }
  }
}
