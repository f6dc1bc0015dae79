import ImageReferences
import Reports
import YAMLDocuments

/// The copy plan as files for `skopeo sync --src yaml`, one for each folder of the target: skopeo
/// puts an image below it by the last part of its name.
struct SyncFiles {
  struct Part: Hashable {
    let path: String
    let content: String
    /// What `skopeo sync` is given as destination.
    let destination: String
  }

  let parts: [Part]
  /// Targets that this form cannot reach: their last name differs from the source's.
  let unreachable: [String]

  init(_ plan: CopyPlan, header: String) {
    var folders: [String: [String: [String: Set<String>]]] = [:]
    var unreachable: [String] = []
    for image in plan.images {
      guard let source = ImageText.parse(image.source).reference,
        let target = ImageText.parse(image.target).reference
      else { continue }
      let folder = Self.folder(of: target.name)
      guard
        source.name.dropFirst(Self.folder(of: source.name).count)
          == target.name.dropFirst(folder.count)
      else {
        unreachable.append(image.target)
        continue
      }
      let version = source.digest ?? source.tag ?? "latest"
      folders[folder, default: [:]][source.registry, default: [:]][source.repository, default: []]
        .insert(version)
    }
    self.unreachable = unreachable
    parts = folders.sorted { $0.key < $1.key }.enumerated().map { number, folder in
      var writer = YAMLWriter()
      writer.comment(header)
      writer.document(
        .mapping(
          folder.value.sorted { $0.key < $1.key }.map { registry, repositories in
            YAMLTreePair(
              key: registry,
              value: .fields([
                "images": .mapping(
                  repositories.sorted { $0.key < $1.key }.map { repository, versions in
                    YAMLTreePair(key: repository, value: .strings(versions.sorted()))
                  })
              ]))
          }))
      return Part(
        path: "images/sync-\(number + 1).yaml", content: writer.text, destination: folder.key)
    }
  }

  private static func folder(of name: String) -> String {
    name.lastIndex(of: "/").map { String(name[..<$0]) } ?? name
  }
}

extension SyncFiles {
  /// Runs every part; a part that fails does not keep the others from running.
  func script(header: String) -> String {
    let lines = parts.compactMap { part in
      ShellWord.text(part.destination).map { destination in
        "sync \(part.path) \(destination)"
      }
    }
    return """
      #!/bin/sh
      # \(header)
      # Copies images whole, with all their platforms and unchanged digests. Layers that the target
      # has are not sent again. Log in to the target first: skopeo login.
      set -u
      cd "$(dirname "$0")" || exit 1
      failed=0

      sync() { # FILE DESTINATION
        skopeo sync --all --preserve-digests --keep-going --src yaml --dest docker "$1" "$2" ||
          failed=$((failed + 1))
      }

      \(lines.joined(separator: "\n"))

      [ "$failed" -eq 0 ]

      """
  }
}
