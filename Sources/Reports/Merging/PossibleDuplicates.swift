/// Marks clusters that gave the same UID of kube-system and are not proven to be one.
///
/// A backup restored elsewhere has the UID of the original; only the certificate authority tells
/// the two apart. So both are kept, and whoever reads decides.
package enum PossibleDuplicates {
  package static func mark(_ clusters: inout [ClusterReport]) {
    var byUID: [String: [Int]] = [:]
    for (number, cluster) in clusters.enumerated() {
      guard let uid = cluster.clusterUID, !uid.isEmpty else { continue }
      byUID[uid, default: []].append(number)
    }
    for numbers in byUID.values where numbers.count > 1 {
      for number in numbers {
        let others = numbers.filter { $0 != number }.map { clusters[$0].displayName }
        clusters[number].possibleDuplicateOf = others
      }
    }
  }
}
