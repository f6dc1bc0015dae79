/// A certificate or key that is given as data or as a file; data goes first.
struct PEMSource {
  /// As in `client-key`; the data field is `client-key-data`.
  let field: String
  let subject: String
  let data: [UInt8]
  let path: String

  /// In words, for errors.
  var origin: String {
    data.isEmpty ? "\(field) \(quoted(path)) of \(subject)" : "\(field)-data of \(subject)"
  }

  /// The bytes, if `marker` stands in them.
  func read(
    _ files: any KubeconfigFiles, marker: String
  ) throws(KubeconfigError) -> [UInt8] {
    var bytes = data
    if bytes.isEmpty {
      do {
        bytes = try files.read(path)
      } catch {
        throw .unreadable(what: "\(field) of \(subject)", path: path, reason: error.inWords)
      }
    }
    guard bytes.contains(marker) else {
      throw .invalid(
        subject: origin, file: nil, problem: "expected PEM text with \(quoted(marker))")
    }
    return bytes
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
    return (0...(count - wanted.count)).contains { start in
      self[start] == first && self[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}
