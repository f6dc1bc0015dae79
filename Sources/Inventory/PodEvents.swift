import ImageReferences

/// What events say of Pods that wait (`pkg/kubelet/events`): the reasons that speak of images.
package enum PodEvents {
  /// `BackOff` is of type Normal; `Failed` and `BackOff` have other meanings too, told apart by
  /// their messages.
  package static let reasons = [
    "Failed", "BackOff", StartFailureReasons.sandbox, "InspectFailed",
  ]

  /// The failure that an event tells of; nil when it is about something else, a crash for one.
  static func failure(_ event: EventRecord, pod: String) -> StartFailure? {
    switch event.reason {
    case "Failed":
      // `Error: ErrImagePull` repeats the status.
      guard event.message.hasPrefix("Failed to pull image") else { return nil }
    case "BackOff":
      guard event.message.hasPrefix("Back-off pulling image") else { return nil }
    case StartFailureReasons.sandbox, "InspectFailed": break
    default: return nil
    }
    return StartFailure(
      pod: pod, reason: event.reason, message: event.message, isFromEvent: true)
  }

  /// The sandbox image that a `FailedCreatePodSandBox` event names; nil when the sandbox failed for
  /// another reason.
  ///
  /// containerd: `failed to get sandbox image "P": failed to pull image …`; CRI-O: `error creating
  /// pod sandbox with name "…": initializing source docker://P: …`; dockershim: `failed pulling
  /// image "P": …`.
  static func sandboxImage(_ message: String) -> ImageReference? {
    for (marker, end) in markers {
      guard let range = message.firstRange(of: marker) else { continue }
      let text = message[range.upperBound...].prefix { !end.contains($0) }
      // CRI-O ends the name with ": reading manifest …".
      let name = text.last == ":" ? text.dropLast() : text
      if let reference = ImageText.parse(String(name)).reference { return reference }
    }
    return nil
  }

  private static let markers: [(String, Set<Character>)] = [
    ("failed to get sandbox image \"", ["\""]),
    ("failed pulling image \"", ["\""]),
    ("initializing source docker://", [" "]),
  ]
}

extension ClusterInventory {
  /// Lays what events say beside the uses that they speak of; a sandbox image that cannot be pulled
  /// becomes a use of the Pod's workload.
  ///
  /// Events of Pods that do not wait are left out. The order of the events does not show.
  package mutating func add(_ events: [EventRecord]) {
    var failures: [Place: Set<StartFailure>] = [:]
    var sandboxes: [Sandbox: Set<StartFailure>] = [:]
    for event in events {
      guard let pod = waiting.pod(uid: event.involvedUID),
        let failure = PodEvents.failure(event, pod: pod.name)
      else { continue }
      if event.reason == StartFailureReasons.sandbox {
        guard let image = PodEvents.sandboxImage(event.message) else { continue }
        sandboxes[Sandbox(workload: pod.workload, image: image), default: []].insert(failure)
      } else {
        for slot in pod.slots(of: event) {
          let place = Place(
            workload: pod.workload, role: slot.role, container: slot.name, image: slot.image)
          failures[place, default: []].insert(failure)
        }
      }
    }
    for index in uses.indices {
      let use = uses[index]
      let place = Place(
        workload: use.workload, role: use.role, container: use.container, image: use.image.text)
      guard !use.activity.isPast, let found = failures[place] else { continue }
      uses[index].failures += found.sorted().prefix(ImageUse.maximumFailures)
    }
    uses += sandboxes.map { sandbox, failures in
      ImageUse(
        workload: sandbox.workload, activity: .active(desired: nil), path: "", container: "",
        role: .sandbox, image: .reference(sandbox.image), pullPolicy: .unspecified,
        origin: .podsOnly, podCount: Set(failures.map(\.pod)).count,
        failures: Array(failures.sorted().prefix(ImageUse.maximumFailures)),
        failureCount: failures.count)
    }
    uses.sort(by: Attribution.precedes)
  }

  private struct Place: Hashable {
    let workload: WorkloadIdentity
    let role: ContainerRole
    let container: String
    let image: String
  }

  private struct Sandbox: Hashable {
    let workload: WorkloadIdentity
    let image: ImageReference
  }
}
