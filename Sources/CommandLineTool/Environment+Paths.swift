extension Environment {
  /// A path as typed, made absolute: a relative one begins in the current directory.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(currentDirectory)/\(path)"
  }
}
