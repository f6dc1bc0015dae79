/// What a scan keeps of a Node.
package struct NodeRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var isUnschedulable = false
  package var taints: [TaintRecord] = []
  /// `nodeInfo.containerRuntimeVersion`, for example `containerd://1.7.2`.
  package var containerRuntimeVersion = ""
  package var kubeletVersion = ""
  /// For example `Ubuntu 24.04.2 LTS`.
  package var osImage = ""
  package var operatingSystem = ""
  package var architecture = ""
  /// `status.images`: each entry's names, tags and digests. The kubelet caps the list at 50.
  package var images: [[String]] = []

  package init() {}
}

package struct TaintRecord: Hashable, Sendable {
  package var key = ""
  package var value = ""
  package var effect = ""

  package init() {}
}

/// A Namespace, or any object of which only the metadata matters.
package struct MetadataRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()

  package init() {}
}

/// What a scan keeps of a `core/v1` Event.
package struct EventRecord: Hashable, Sendable {
  package var involvedUID = ""
  /// `involvedObject.fieldPath`, for example `spec.containers{app}`.
  package var involvedFieldPath = ""
  package var reason = ""
  package var message = ""

  package init() {}
}

/// A ConfigMap's text data (`binaryData` is never read).
package struct ConfigMapRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var data: [String: String] = [:]

  package init() {}
}

/// One entry of the `data` of a Secret or ConfigMap.
package struct DataEntryRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  /// The entry's own bytes, without the base64 that JSON writes a Secret in; empty when absent.
  package var value: [UInt8] = []

  package init() {}
}

/// A ControllerRevision: the raw JSON of `data` (a strategic-merge patch of the owner's template).
package struct ControllerRevisionRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var revision: Int64 = 0
  package var data: [UInt8] = []

  package init() {}
}
