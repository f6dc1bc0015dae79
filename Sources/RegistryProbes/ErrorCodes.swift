/// The error codes of a registry's answer (OCI distribution, "Error Codes").
enum ErrorCodes {
  static func read(_ bytes: [UInt8]) -> Set<String> {
    guard let answer = JSONAnswer.read(bytes, as: Answer.self) else { return [] }
    return Set(answer.errors.map(\.code))
  }

  private struct Answer: Decodable {
    let errors: [Entry]
  }

  private struct Entry: Decodable {
    let code: String
  }
}
