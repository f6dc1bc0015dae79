import Archives
import Inventory
import Manifests

/// What a packaged chart may cost whoever reads it, the charts packed inside it included.
struct PackedLimits: Hashable, Sendable {
  /// Unpacked; Helm itself refuses more than 100 MiB.
  var bytes = 100 << 20
  var files = 10_000
  /// Archives in archives.
  var depth = 4
}

/// The files of a packaged chart (`.tgz`), unpacked in memory.
///
/// Names in it are labels: nothing is written, so that no name can lead anywhere.
struct PackagedChart {
  let files: [TarArchive.File]
  /// Folders with a `Chart.yaml`, by their labels.
  let charts: Set<String>
  /// Why some of it was not read; nil when all was.
  let problem: String?

  /// - Parameter limits: reduced by what was unpacked.
  init(_ packed: [UInt8], limits: inout PackedLimits) {
    let (bytes, fault) = Gunzip.prefix(
      of: packed, limits: Gunzip.Limits(maximumBytes: limits.bytes))
    let archive = TarArchive(bytes, maximumFiles: limits.files)
    files = archive.files
    limits.bytes -= bytes.count
    limits.files -= archive.files.count
    charts = Set(
      archive.files.compactMap { file in
        guard file.name == "Chart.yaml" || file.name.hasSuffix("/Chart.yaml") else { return nil }
        return String(file.name.dropLast("/Chart.yaml".count))
      })
    problem = fault.map(Self.words) ?? archive.fault.map(Self.words)
  }

  /// An archive of something else is a binary file like any other.
  var isChart: Bool { !charts.isEmpty }

  private static func words(_ fault: Gunzip.Fault) -> String {
    switch fault {
    case .truncated: "the archive ends too early"
    case .damaged: "the archive is damaged"
    case .tooLarge(let limit):
      "more than \(limit >> 20) MiB when unpacked, the charts inside it included"
    case .bomb(let ratio): "it grows more than \(ratio)-fold when unpacked, as no chart does"
    case .outOfMemory: "out of memory while unpacking it"
    }
  }

  private static func words(_ fault: TarArchive.Fault) -> String {
    switch fault {
    case .truncated: "the archive ends too early"
    case .damaged: "the archive is damaged"
    case .tooManyFiles: "too many files in the archive"
    }
  }
}

extension FilesScan {
  static let packedObstacle =
    "it lies in a packaged chart: change the chart's source and package it again"

  /// A packaged chart, and the charts packed inside it.
  mutating func add(archive bytes: [UInt8], name: String, isCutAt limit: Int? = nil) {
    var limits = PackedLimits()
    add(archive: bytes, name: name, isCutAt: limit, limits: &limits)
  }

  private mutating func add(
    archive bytes: [UInt8], name: String, isCutAt limit: Int?, limits: inout PackedLimits
  ) {
    let chart = PackagedChart(bytes, limits: &limits)
    // Where not one file could be told, nobody knows what it is.
    guard chart.isChart || (chart.files.isEmpty && chart.problem != nil) else {
      binaryFiles += 1
      return
    }
    if let limit {
      add(gap: name, "larger than \(limit >> 20) MiB; read as far as that")
    } else if let problem = chart.problem {
      add(gap: name, chart.files.isEmpty ? problem : "\(problem); read as far as that")
    }
    for file in chart.files {
      let label = "\(name)!/\(file.name)"
      let kind = SourceKind.of(file.name) { chart.charts.contains($0) }
      guard kind == .archive else {
        add(Array(file.content), name: label, kind: kind, obstacle: Self.packedObstacle)
        continue
      }
      guard limits.depth > 0 else {
        add(gap: label, "archives in archives; read no deeper")
        continue
      }
      limits.depth -= 1
      add(archive: Array(file.content), name: label, isCutAt: nil, limits: &limits)
      limits.depth += 1
    }
  }

}
