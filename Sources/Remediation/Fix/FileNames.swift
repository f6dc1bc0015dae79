/// Names of files that are safe and differ, whatever the names that they are made from.
struct FileNames {
  private let safe: (String) -> String
  private var taken: Set<String> = []

  init(safe: @escaping (String) -> String) {
    self.safe = safe
  }

  mutating func name(_ text: String) -> String {
    path("", text, "")
  }

  /// Below a folder that is safe already. Some file systems ignore case.
  mutating func path(_ folder: String, _ text: String, _ ending: String) -> String {
    let start = folder.isEmpty ? "" : "\(folder)/"
    let name = start + safe(text)
    var path = name + ending
    var number = 2
    while !taken.insert(path.lowercased()).inserted {
      path = "\(name)-\(number)\(ending)"
      number += 1
    }
    return path
  }
}
