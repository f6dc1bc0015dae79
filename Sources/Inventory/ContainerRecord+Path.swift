extension ContainerRecord {
  /// Where the image text stands, below the pod spec: `initContainers[0].image`.
  package var pathInPodSpec: String {
    switch role {
    case .initContainer, .sidecar: "initContainers[\(index)].image"
    case .ephemeral: "ephemeralContainers[\(index)].image"
    case .imageVolume: "volumes[\(index)].image.reference"
    default: "containers[\(index)].image"
    }
  }
}
