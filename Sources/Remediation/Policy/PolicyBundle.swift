import RegistryCatalogue
import YAMLDocuments

/// A policy as text: one stream for standard output, or a folder with the steps in order.
package struct PolicyBundle {
  package struct File: Hashable, Sendable {
    package let name: String
    package let content: String
  }

  private let documents: PolicyDocuments
  private let options: PolicyOptions
  private let meaning: PolicyMeaning

  package init(_ meaning: PolicyMeaning, options: PolicyOptions) {
    documents = PolicyDocuments(meaning, options: options)
    self.options = options
    self.meaning = meaning
  }

  /// Everything that one action needs.
  package var text: String {
    stream(documents.definitions + documents.enforcement(options.action), [action(options.action)])
  }

  /// The steps, one file each, and a README that tells their order.
  package var files: [File] {
    [File(name: "README.md", content: PolicyReadme(meaning: meaning, options: options).text)]
      + steps.map { File(name: $0.file, content: stream($0.documents, [$0.words])) }
  }

  private struct Step {
    let file: String
    let words: String
    let documents: [YAMLTree]
  }

  private var steps: [Step] {
    let definitions = documents.definitions
    var steps: [Step] = []
    if !definitions.isEmpty {
      steps.append(
        Step(
          file: PolicyFiles.definitions, words: "What is judged. Alone it does nothing yet.",
          documents: definitions))
    }
    for action in options.engine.actions.inOrder {
      steps.append(
        Step(
          file: PolicyFiles.name(of: action), words: self.action(action),
          documents: documents.enforcement(action)))
    }
    return steps
  }

  private func stream(_ documents: [YAMLTree], _ words: [String]) -> String {
    var writer = YAMLWriter()
    writer.comment(
      ([
        "\(options.engine.words) of kubectl gcr-report, catalogue \(meaning.catalogueVersion), as of"
          + " \(meaning.day)."
      ] + words + ["Rules: \(meaning.rules.map(\.id).joined(separator: " "))"])
      .joined(separator: "\n"))
    for document in documents { writer.document(document) }
    return writer.text
  }

  private func action(_ action: PolicyAction) -> String {
    switch action {
    case .audit:
      "Audit: nothing is refused, and nobody is told but who reads the audit log or reports."
    case .warn: "Warn: nothing is refused; who applies such an object is told."
    case .deny: "Deny: such an object is refused; what is there already stays."
    case .rewrite: "Rewrite: new Pods get the image's new place, where a machine may tell it."
    }
  }
}
