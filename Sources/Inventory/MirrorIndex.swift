package import ImageReferences

/// An object that tells OpenShift's nodes to ask mirrors: `ImageDigestMirrorSet`,
/// `ImageTagMirrorSet` (`config.openshift.io/v1`), `ImageContentSourcePolicy`
/// (`operator.openshift.io/v1alpha1`).
package struct MirrorSetRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var kind = ""
  package var mirrors: [MirrorRecord] = []

  package init() {}
}

package struct MirrorRecord: Hashable, Sendable {
  /// A registry, a repository or a part of one; `*.example.com` for every host below.
  package var source = ""
  package var mirrors: [String] = []
  /// `AllowContactingSource`, the default, or `NeverContactSource`.
  package var sourcePolicy = ""

  package init() {}
}

/// Which references a cluster's own mirror configuration covers.
package struct MirrorIndex: Hashable, Sendable {
  package static let tagKind = "ImageTagMirrorSet"

  fileprivate struct Entry: Hashable, Sendable {
    let set: String
    let isForTags: Bool
    let record: MirrorRecord
  }

  private let entries: [Entry]

  package init(_ sets: [MirrorSetRecord] = []) {
    entries = sets.flatMap { set in
      set.mirrors.map {
        Entry(
          set: "\(set.kind)/\(set.metadata.name)", isForTags: set.kind == Self.tagKind, record: $0)
      }
    }
    .filter { !$0.record.source.isEmpty }
    .sorted {
      ($0.record.source.utf8.count, $1.set) > ($1.record.source.utf8.count, $0.set)
    }
  }

  /// A sentence for reports about the mirror of the longest matching source; nil without one.
  ///
  /// A reference with a digest is pulled by it, so ImageTagMirrorSets do not count for it; one
  /// without is covered by them alone.
  package func note(for reference: ImageReference) -> String? {
    let entry = entries.first {
      $0.isForTags == (reference.digest == nil) && $0.covers(reference)
    }
    guard let entry else { return nil }
    let mirrors = entry.record.mirrors.joined(separator: ", ")
    let isClosed = entry.record.sourcePolicy == "NeverContactSource"
    let policy = isClosed ? "NeverContactSource" : "AllowContactingSource"
    return "mirrored by \(entry.set) to \(mirrors.isEmpty ? "nothing" : mirrors) (source policy"
      + " \(policy): the source is "
      + (isClosed ? "never asked" : "asked when no mirror answers")
      + "); whether a mirror holds the image is not known, so the risk stands"
  }
}

extension MirrorIndex.Entry {
  /// At a boundary only: `k8s.gcr.io/dns` covers `k8s.gcr.io/dns/x`, not `k8s.gcr.io/dnsmasq`.
  fileprivate func covers(_ reference: ImageReference) -> Bool {
    let source = record.source
    if source.hasPrefix("*.") {
      return reference.registry.hasSuffix(source.dropFirst())
    }
    return [reference.name, "\(reference.matchingHost)/\(reference.repository)"].contains {
      $0 == source || $0.hasPrefix("\(source)/")
    }
  }
}
