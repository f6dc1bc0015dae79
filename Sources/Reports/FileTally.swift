/// What was read where no cluster was: a report of files is one "cluster" without a server, whose
/// findings have a place (`ImageUse.place`).
package struct FileTally: Hashable, Sendable {
  /// As they were named.
  package var paths: [String]
  package var read: Int
  /// Not searched.
  package var binary: Int
  /// References in comments, which nothing pulls.
  package var mentionsInComments: Int

  package init(paths: [String], read: Int, binary: Int = 0, mentionsInComments: Int = 0) {
    self.paths = paths
    self.read = read
    self.binary = binary
    self.mentionsInComments = mentionsInComments
  }
}
