import Foundation
import Glibc

/// How many clusters are read at once.
///
/// Most of a scan is waiting, so there are more clusters than processors; each needs descriptors
/// for its connections, and more for a credential plugin.
enum SweepLimits {
  private static let clustersPerProcessor = 16
  private static let most = 64
  /// Four connections and what a credential plugin takes.
  private static let descriptorsPerCluster = 8
  /// Standard streams, files that are written, the runtime's own.
  private static let otherDescriptors = 64

  /// - Parameter wish: `--parallel-clusters`; 0 leaves the choice.
  /// - Returns: at least 1, at most what the open files allow.
  static func parallelClusters(wish: Int, processors: Int, descriptors: Int) -> Int {
    let allowed = max(1, (descriptors - otherDescriptors) / descriptorsPerCluster)
    let wanted = wish > 0 ? wish : min(most, max(1, processors) * clustersPerProcessor)
    return min(wanted, allowed)
  }

  static func processors() -> Int {
    ProcessInfo.processInfo.activeProcessorCount
  }

  /// The soft limit of open files (getrlimit(2)).
  static func descriptors() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(Int32.max)
    else { return 1024 }
    return Int(limit.rlim_cur)
  }
}
