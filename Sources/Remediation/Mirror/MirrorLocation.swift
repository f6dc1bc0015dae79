/// A place in a registry: host, and the path below it that a repository's name is put after.
package struct MirrorLocation: Hashable, Sendable {
  package let registry: String
  /// Without slashes at its ends; may be empty.
  package let path: String

  /// `registry.corp.example/mirror/k8s.gcr.io`
  var text: String { MirrorTarget.joined([registry, path]) }

  /// Where the registry answers. Docker Hub does so under a name of its own.
  var server: String {
    "https://\(registry == "docker.io" ? "registry-1.docker.io" : registry)"
  }

  /// What a client puts before a repository's name.
  var endpoint: String {
    path.isEmpty ? server : "\(server)/v2/\(path)"
  }
}
