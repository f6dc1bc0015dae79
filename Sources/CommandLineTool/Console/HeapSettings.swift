import CHeap

/// How the heap of this process behaves.
package enum HeapSettings {
  /// Twice the size of a chunk of an answer: chunks come and go on the heap, what is larger is
  /// mapped apart.
  private static let largeBlock: Int32 = 512 * 1024

  /// Keeps the heap small. Must run before a second thread starts.
  package static func keepSmall() {
    cheap_keep_small(largeBlock)
  }

  /// Once, when all is loaded that a scan needs: its lists need the memory that starting took.
  static func releaseStart() {
    cheap_release_start()
  }
}
