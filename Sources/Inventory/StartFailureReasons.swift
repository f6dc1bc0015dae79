/// Waiting reasons of the kubelet that speak of an image (`pkg/kubelet/images/types.go`).
package enum StartFailureReasons {
  /// The pull was tried and failed.
  package static let pulling: Set<String> = [
    "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable", "ImageInspectError",
    "SignatureValidationFailed",
  ]
  package static let neverPull = "ErrImageNeverPull"
  package static let invalidName = "InvalidImageName"
  /// The container itself is fine; one of the Pod's image volumes is not.
  package static let imageVolume = "ImageVolumeMountFailed"
  /// An event, never a waiting reason: the Pod stays in `ContainerCreating`.
  package static let sandbox = "FailedCreatePodSandBox"

  /// Whether an inventory keeps a status that waits for this reason. `CrashLoopBackOff` is none
  /// of these: a container that crashes has its image.
  package static func isKept(_ reason: String) -> Bool {
    pulling.contains(reason) || reason == neverPull || reason == invalidName
      || reason == imageVolume
  }
}
