/// Where an object of a file stands once a kustomization is built.
package struct KustomizedObject: Hashable, Sendable {
  /// What the outermost kustomization with a `namespace` says; nil: the object's own holds.
  package let namespace: String?
  /// What stands before and after the object's name.
  package let namePrefix: String
  package let nameSuffix: String
  /// The file that says the namespace; the outermost one where none does.
  package let file: String

  package init(namespace: String?, namePrefix: String, nameSuffix: String, file: String) {
    self.namespace = namespace
    self.namePrefix = namePrefix
    self.nameSuffix = nameSuffix
    self.file = file
  }

  /// The name that the object gets.
  func name(of name: String) -> String { namePrefix + name + nameSuffix }
}
