import ImageReferences

/// What a search of free text asks the catalogue.
extension Catalogue {
  /// Whether a rule is about everything below this place (`gcr.io/istio-release`), so that the
  /// place alone stands for images and is none itself.
  package func coversAll(below place: String) -> Bool {
    guard let image = ImageText.parse("\(place)/image").reference else { return false }
    let host = image.matchingHost
    return rules.contains { rule in
      rule.matches.contains { pattern in
        guard case .prefix = pattern.path, pattern.tags.isEmpty else { return false }
        return pattern.find(image, host: host)?.path == "image"
      }
    }
  }

  /// Repositories of Docker Hub that a rule names, as they are written without a registry; sorted.
  package var hubRepositories: [String] {
    Set(
      hubPaths.compactMap { path in
        guard case .repository(let name) = path else { return nil }
        return name
      }
    ).sorted()
  }

  /// Accounts of Docker Hub of which a rule says something: the first part of a name; sorted.
  package var hubAccounts: [String] {
    Set(
      hubPaths.compactMap { path -> String? in
        switch path {
        case .any: return nil
        case .repository(let name), .prefix(let name):
          let account = name.split(separator: "/").first.map(String.init) ?? name
          // Official images are written without it.
          return account.contains("*") || account == "library" ? nil : account
        }
      }
    ).sorted()
  }

  private var hubPaths: [ReferencePattern.Path] {
    rules.flatMap(\.matches).filter { $0.host == "docker.io" }.map(\.path)
  }
}
