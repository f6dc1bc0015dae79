package import YAMLDocuments

/// A scan that a cluster makes of itself: all that its manifests depend on.
///
/// Texts are checked before (`ScheduleValue`, `CronExpression`); here they are only placed.
package struct ScheduledScan: Hashable, Sendable {
  /// Where reports go.
  package enum Claim: Hashable, Sendable {
    /// A PersistentVolumeClaim that exists.
    case existing(String)
    /// One of this size, made with the rest.
    case new(storage: String)
  }

  /// A text that the scan reads as a file.
  package struct File: Hashable, Sendable {
    /// Without a folder.
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package var name: String
  package var namespace: String
  /// Whether the namespace is made with the rest, closed to Pods with rights on their node.
  package var createsNamespace = false
  package var expression: CronExpression
  package var timeZone: String
  package var image: String
  package var claim: Claim
  /// Rules of the ClusterRole.
  package var rules: [YAMLTree]
  /// Text above the ClusterRole; empty for none.
  package var remark = ""
  /// What follows `scan`.
  package var arguments: [String]
  package var files: [File] = []
  /// Retries after a failure; 0 where a failure may be what the scan was asked to tell.
  package var retries = 1
  /// False where the platform gives each namespace its own users (OpenShift) and refuses others.
  package var choosesUser = true

  package init(
    name: String, namespace: String, expression: CronExpression, timeZone: String, image: String,
    claim: Claim, rules: [YAMLTree], arguments: [String]
  ) {
    self.name = name
    self.namespace = namespace
    self.expression = expression
    self.timeZone = timeZone
    self.image = image
    self.claim = claim
    self.rules = rules
    self.arguments = arguments
  }

  /// Where the volume for reports is mounted.
  package static let reportFolder = "/reports"
  /// Where `files` are.
  package static let fileFolder = "/etc/gcr-report"
  /// Emptied with every Pod.
  package static let scratchFolder = "/tmp"
  /// A CronJob's name has 52 characters at most.
  package static let nameLimit = 52
}
