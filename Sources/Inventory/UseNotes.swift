/// Notes of image uses that are read again further on: a report that was stored keeps nothing but
/// their words.
package enum UseNotes {
  /// Of an image whose tag stands nowhere.
  package static let unknownTag = "its tag is not known: no field says it, and it may be any"
  /// Of an image whose tag is the newest of a range (Flux's `ref.semver`).
  package static func range(_ range: String) -> String {
    "its tag is not fixed: the newest that the range \"\(range)\" allows"
  }
  /// Of an image of a release that its controller installs into another namespace.
  package static func landing(in namespace: String) -> String {
    "it is installed into namespace \"\(namespace)\""
  }
  /// Of an image whose tag or digest stands in another field than its name.
  package static let joined = "its tag or digest stands in a field beside it"
  /// Of the beginning of references; what it is judged by follows.
  package static let repositoryPrefix = "a repository prefix, judged by "
  /// The same, whatever follows the beginning.
  package static let prefixOfAll = repositoryPrefix + "the rule for all images below it"
  /// Of an argument; its flag follows.
  package static let argument = "in the argument "
  /// Of an image of a Helm release; the keys of the value, or of several, follow.
  package static let helmValue = "set by Helm value "
  package static let helmValues = "set by Helm values "
  package static let helmStarts = [helmValue, helmValues]
  /// Behind the keys: nobody has set them.
  package static let chartDefault = " (the chart's default)"
  /// Behind a key: its value holds the tag or digest too.
  package static let wholeValue = " with its tag"
}
