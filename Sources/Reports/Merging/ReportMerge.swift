import Inventory
import RegistryCatalogue

/// Reports that were made elsewhere, as one.
///
/// Two clusters are the same only when both have the same UID of kube-system and the same
/// certificate authority: the newest scan is kept, under all the names. With the same UID and
/// another authority, or one that is not known, both are kept and marked. One that could not be
/// read told no UID: it is the one with the same name, server and authority. A cluster that was not
/// scanned as the merged report says (another time, day, catalogue, release) carries its own scan.
package struct ReportMerge: Sendable {
  /// A report and where it came from, in words.
  package struct Input: Sendable {
    package let name: String
    package let report: Report

    package init(name: String, report: Report) {
      self.name = name
      self.report = report
    }
  }

  package let report: Report
  /// What a reader of the merged report should know, in sentences.
  package let remarks: [String]

  /// - Parameter inputs: in the order in which their clusters are to stand; at least one.
  package init?(_ inputs: [Input]) {
    // Of equals the first one, so that a single report stays as it is.
    guard let newest = inputs.max(by: { $0.report.scannedAt < $1.report.scannedAt })?.report else {
      return nil
    }
    var remarks = Self.differences(inputs)
    var merged = newest
    merged.isSample = inputs.contains { $0.report.isSample }
    merged.includesHistory = inputs.contains { $0.report.includesHistory }
    merged.includesCleanImages = inputs.contains { $0.report.includesCleanImages }
    // A merged report is not whole when a part of it is not.
    merged.filter = inputs.map(\.report.filter).first { !$0.isEmpty } ?? merged.filter
    merged.rules = Self.rules(inputs.map(\.report), newest: newest)
    var entries = Entries()
    for input in inputs {
      for cluster in input.report.clusters {
        if let remark = entries.add(Entry(cluster, of: input)) { remarks.append(remark) }
      }
    }
    var clusters = entries.all.map { entry in
      var cluster = entry.cluster
      cluster.stamp = entry.stamp == merged.stamp ? nil : entry.stamp
      // Of one sweep, and of several reports together, anew.
      cluster.possibleDuplicateOf = []
      return cluster
    }
    PossibleDuplicates.mark(&clusters)
    remarks += Self.equalNames(clusters)
    merged.clusters = clusters
    report = merged
    self.remarks = remarks
  }

  /// Nothing but a name stands in most formats.
  private static func equalNames(_ clusters: [ClusterReport]) -> [String] {
    Dictionary(grouping: clusters, by: \.title).filter { $1.count > 1 }.sorted { $0.key < $1.key }
      .map { name, clusters in
        "\(clusters.count) clusters are named \"\(name)\"; --cluster-name, where each is scanned,"
          + " tells them apart"
      }
  }

  private struct Identity: Hashable {
    let uid: String
    let authority: String

    init?(_ cluster: ClusterReport) {
      guard let uid = cluster.clusterUID, let authority = cluster.authority else { return nil }
      self.uid = uid
      self.authority = authority
    }
  }

  /// What a kubeconfig knows of a cluster, for those that said nothing themselves.
  private struct Address: Hashable {
    let context: String
    let server: String
    let authority: String

    static func all(of cluster: ClusterReport) -> [Address] {
      guard let authority = cluster.authority else { return [] }
      return cluster.contexts.map {
        Address(context: $0, server: cluster.server, authority: authority)
      }
    }
  }

  /// The clusters so far.
  private struct Entries {
    private(set) var all: [Entry] = []
    private var places: [Identity: Int] = [:]
    private var addresses: [Address: Int] = [:]

    /// What is to be said where it is one of those that are there.
    mutating func add(_ entry: Entry) -> String? {
      let identity = Identity(entry.cluster)
      let addresses = Address.all(of: entry.cluster)
      let place = identity.flatMap { places[$0] } ?? self.place(of: entry, addresses)
      let remark = place.map { all[$0].take(entry) }
      if place == nil { all.append(entry) }
      let number = place ?? all.count - 1
      if let identity { places[identity] = number }
      for address in addresses where self.addresses[address] == nil {
        self.addresses[address] = number
      }
      return remark
    }

    /// By its address, where this one or the other could not be read.
    private func place(of entry: Entry, _ addresses: [Address]) -> Int? {
      addresses.compactMap { self.addresses[$0] }.first {
        entry.cluster.failure != nil || all[$0].cluster.failure != nil
      }
    }
  }

  private struct Entry {
    var cluster: ClusterReport
    var stamp: ScanStamp
    var input: String

    init(_ cluster: ClusterReport, of input: Input) {
      self.cluster = cluster
      stamp = input.report.stamp(of: cluster)
      self.input = input.name
    }

    /// Keeps the newer of two scans of one cluster, and says so. What could be read goes before
    /// what could not.
    mutating func take(_ other: Entry) -> String {
      let contexts =
        cluster.contexts + other.cluster.contexts.filter { !cluster.contexts.contains($0) }
      let isOtherBetter =
        (cluster.failure != nil) == (other.cluster.failure != nil)
        ? other.stamp.scannedAt > stamp.scannedAt : cluster.failure != nil
      let (kept, left) = isOtherBetter ? (other, self) : (self, other)
      var remark =
        "\(kept.title) is in \"\(kept.input)\" and \"\(left.input)\"; kept the scan of"
        + " \(Timestamp.text(secondsSince1970: kept.stamp.scannedAt)), left out that of"
        + " \(Timestamp.text(secondsSince1970: left.stamp.scannedAt))"
      let (gaps, otherGaps) = (kept.gaps, left.gaps)
      if left.cluster.failure != nil, kept.cluster.failure == nil {
        remark += ", which could read nothing"
      } else if gaps > otherGaps {
        remark += ", which had read more (\(otherGaps) gaps instead of \(gaps))"
      }
      self = kept
      cluster.contexts = contexts
      return remark
    }

    private var title: String {
      "cluster \"\(cluster.displayName)\""
    }

    private var gaps: Int {
      cluster.coverage.count(where: \.isGap)
    }
  }

  /// Those of the newest report first; a rule that several explain is explained by the newest.
  private static func rules(_ reports: [Report], newest: Report) -> [RuleSummary] {
    var known = Set(newest.rules.map(\.id))
    var rules = newest.rules
    for report in reports.sorted(by: { $0.scannedAt > $1.scannedAt }) {
      for rule in report.rules where known.insert(rule.id).inserted { rules.append(rule) }
    }
    return rules
  }

  private static func differences(_ inputs: [Input]) -> [String] {
    func spoken(_ what: String, _ value: (Report) -> String) -> String? {
      var names: [(value: String, inputs: [String])] = []
      for input in inputs {
        let text = value(input.report)
        if let place = names.firstIndex(where: { $0.value == text }) {
          names[place].inputs.append(input.name)
        } else {
          names.append((text, [input.name]))
        }
      }
      guard names.count > 1 else { return nil }
      let list = names.map { name in
        let first = name.inputs.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
        let more = name.inputs.count > 3 ? " and \(name.inputs.count - 3) more" : ""
        return "\(name.value) (\(first)\(more))"
      }
      return "\(what): \(list.joined(separator: ", "))"
    }
    return [
      spoken("judged by different catalogues") {
        "\($0.catalogue.version), sha256 \($0.catalogue.sha256.prefix(12))"
      },
      spoken("judged as of different days") { $0.asOf.description },
      spoken("filtered differently") { $0.filter.isEmpty ? "whole" : $0.filter.words },
      spoken("history is listed in some only") {
        $0.includesHistory ? "listed" : "counted"
      },
      spoken("images without findings are listed in some only") {
        $0.includesCleanImages ? "listed" : "left out"
      },
    ].compactMap { $0 }
  }
}
