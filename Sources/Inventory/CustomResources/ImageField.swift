/// What stands at a place of a custom resource, as far as images go.
package enum FieldMeaning: String, Hashable, Sendable, CaseIterable {
  /// An object with a pod spec under `spec`.
  case podTemplate
  case podSpec
  /// A list of containers, by whatever name the kind calls them (steps, sidecars).
  case containers
  case initContainers
  /// The image of one container that has no list of its own.
  case containerImage
  /// An image that the kind's controller puts into containers it makes.
  case image
  /// prometheus-operator's `baseImage`, whose tag stands beside it.
  case baseImage
  /// A field that its schema names for an image: taken when the text reads like one.
  case likelyImage
  /// The same in an object that has a container's other fields.
  case likelyContainerImage
  /// A text, or an object of `repository` and `tag`, that is an image only if its registry is one
  /// that the catalogue knows: nothing but the text tells it from another name.
  case cataloguedImage
  /// `reference` of an image volume.
  case imageVolume
  /// An object of `repository` and `tag`, perhaps with `registry` and `digest`.
  case repository
  /// An OCI artifact: a reference, perhaps after `oci://` or `docker://`; other schemes are none.
  case artifact
  /// An object with `url` (`oci://…`) and `ref`.
  case artifactSource
  /// The namespace that the object's images will run in, where that is not its own.
  case targetNamespace
  /// OpenShift's `ObjectReference`: an image when its `kind` is `DockerImage`.
  case imageReference
  /// Kustomize's `[name=]image`.
  case kustomizeImage
  /// Kustomize's `name`, `newName`, `newTag` and `digest`.
  case kustomizeEntry
  /// Argo CD's Helm parameters: a list of `name` and `value`, the name a path into the values.
  case helmParameters
  /// Tekton's `taskRef` and `pipelineRef`: a `bundle`, or the parameter of that name for the
  /// resolver `bundles`.
  case tektonReference
  /// Objects whose `hub` and `tag` name Istio's images.
  case istioHub
  /// kubeadm's `imageRepository` of the control plane, of CoreDNS and of etcd.
  case kubeadmImages
  case kubeadmDNS
  case kubeadmEtcd
  /// A subtree without a schema: searched by shape.
  case freeForm
  /// A text in YAML, searched as if it stood there itself.
  case freeFormText
}

/// One place where objects of a kind name images.
package struct ImageField: Hashable, Sendable {
  package var path: FieldPath
  package var meaning: FieldMeaning
  package var confidence: UseConfidence

  package init(path: FieldPath, meaning: FieldMeaning, confidence: UseConfidence) {
    self.path = path
    self.meaning = meaning
    self.confidence = confidence
  }
}

/// What the objects of a kind are to the containers that they describe.
package enum ObjectLifecycle: String, Hashable, Sendable {
  /// Runs until it is deleted, suspended or scaled to zero.
  case service
  /// Runs once and ends.
  case job
  /// Something else must name it before anything runs.
  case template
  /// Settings for others; `suspend` and `replicas` have no meaning there.
  case configuration
  /// Not known: only what every kind calls the same is read.
  case unknown
}
