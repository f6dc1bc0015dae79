import Dispatch
import Glibc
import Inventory
import Synchronization

extension FilesScan {
  /// Every file of a walk, several at once; what comes of them stands in the order of the walk.
  package mutating func add(_ walk: FileWalk) {
    for failure in walk.failures {
      coverage.append(CoverageEntry(resource: failure.path, state: .failed, reason: failure.why))
    }
    for part in parts(of: walk) { add(part) }
  }

  /// Files that one worker takes at a time: enough that taking them costs nothing.
  private static let batch = 16
  /// More than these wait for each other's memory.
  private static let mostWorkers = 8

  private func parts(of walk: FileWalk) -> [FilesScan] {
    let batches = stride(from: 0, to: walk.files.count, by: Self.batch).map { start in
      start..<min(start + Self.batch, walk.files.count)
    }
    let state = Mutex((next: 0, parts: [FilesScan?](repeating: nil, count: batches.count)))
    let workers = max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), Self.mostWorkers))
    let (empty, files, charts) = (emptyPart, walk.files, walk.charts)
    DispatchQueue.concurrentPerform(iterations: min(workers, max(1, batches.count))) { _ in
      while true {
        let number = state.withLock { state in
          defer { state.next += 1 }
          return state.next
        }
        guard number < batches.count else { return }
        var part = empty
        for file in files[batches[number]] {
          part.add(file: file) { charts.contains($0) }
        }
        state.withLock { $0.parts[number] = part }
      }
    }
    return state.withLock { $0.parts.compactMap(\.self) }
  }
}
