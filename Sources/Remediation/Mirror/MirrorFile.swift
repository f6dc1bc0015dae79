/// A file of the plan.
package struct MirrorFile: Hashable, Sendable {
  /// Below the folder of the plan; each part is plain.
  package let path: String
  package let content: String
  package var isExecutable = false

  package init(path: String, content: String, isExecutable: Bool = false) {
    self.path = path
    self.content = content
    self.isExecutable = isExecutable
  }

  static let copyScript = "copy.sh"
  static let readme = "README.md"
}
