import ImageReferences
import Inventory
import Testing

@testable import ConfigMaps

@Suite struct ConfigMapReaderTests {
  private static let reader = ConfigMapReader(
    recognizes: { ["k8s.gcr.io", "gcr.io"].contains($0.registry) },
    recognizesText: {
      $0 == "gcr.io/istio-release" ? .prefix(representative: "\($0)/pause") : nil
    })

  private static func record(
    _ data: [String: String], namespace: String = "shop", name: String = "config"
  ) -> ConfigMapRecord {
    var record = ConfigMapRecord()
    (record.metadata.namespace, record.metadata.name) = (namespace, name)
    record.data = data
    return record
  }

  private static func known(_ name: String, _ data: [String: String]) throws -> [String] {
    let known = try #require(KnownConfigMap.all.first { $0.name == name })
    let record = record(data, namespace: known.namespace, name: name)
    return reader.read(record, as: known)?.images.map { "\($0.path) \($0.image)" } ?? []
  }

  @Test(arguments: [
    // A value of its own.
    ("sandbox_image = \"k8s.gcr.io/pause:3.2\"", ["k8s.gcr.io/pause:3.2"]),
    ("a: k8s.gcr.io/pause:3.2", ["k8s.gcr.io/pause:3.2"]),
    ("- k8s.gcr.io/pause:3.2", ["k8s.gcr.io/pause:3.2"]),
    ("k8s.gcr.io/pause:3.2", ["k8s.gcr.io/pause:3.2"]),
    ("a = k8s.gcr.io/pause", ["k8s.gcr.io/pause"]),
    ("A=k8s.gcr.io/pause:3.2", ["k8s.gcr.io/pause:3.2"]),
    ("x --pod-infra-container-image=gcr.io/p/a:1 --y", ["gcr.io/p/a:1"]),
    ("run -image gcr.io/p/a:1 -v", ["gcr.io/p/a:1"]),
    (
      #"{"a": "k8s.gcr.io/a:1", "b": ["k8s.gcr.io/b:1", "k8s.gcr.io/c:1"]}"#,
      ["k8s.gcr.io/a:1", "k8s.gcr.io/b:1", "k8s.gcr.io/c:1"]
    ),
    ("image: k8s.gcr.io/pause:3.2  # old", ["k8s.gcr.io/pause:3.2"]),
    // Prose, comments, addresses, other hosts.
    ("Old: k8s.gcr.io/pause:3.1 -> new: registry.k8s.io/pause:3.9", []),
    ("# image = \"k8s.gcr.io/busybox:1\"", []),
    ("// image: k8s.gcr.io/busybox:1", []),
    ("see https://k8s.gcr.io/ for k8s.gcr.io", []),
    ("registry: k8s.gcr.io", []),
    ("image: mirror.corp/k8s.gcr.io/pause:3.2", []),
    ("image: k8s.gcr.io.evil.com/pause:3.2", []),
    ("image: quay.io/a/b:1", []),
    ("image: busybox:1.36", []),
    ("image: \"k8s.gcr.io/pause:3.2", []),
    ("", []),
  ])
  func freeText(_ text: String, images: [String]) {
    let found = Self.reader.search(Self.record(["a.txt": text]))
    #expect((found?.images.map(\.image) ?? []) == images)
  }

  @Test func prefixesOfImagesAreNoImages() throws {
    let found = try #require(
      Self.reader.search(Self.record(["a": "hub: gcr.io/istio-release\ntag: 1.29.1"])))
    #expect(found.images.map(\.image) == ["gcr.io/istio-release"])
    #expect(found.images.map(\.representative) == ["gcr.io/istio-release/pause"])
    #expect(found.images.map(\.notes) == [[UseNotes.prefixOfAll]])
  }

  @Test(arguments: [("istio-system", true), ("shop", false)])
  func injectorsOfRevisionsAreKnown(namespace: String, isKnown: Bool) {
    let values =
      #"{"global":{"hub":"gcr.io/istio-release","tag":"1.29.1","proxy":{"image":"proxyv2"}}}"#
    let record = Self.record(
      ["values": values], namespace: namespace, name: "istio-sidecar-injector-1-29")
    let image = isKnown ? "gcr.io/istio-release/proxyv2:1.29.1" : "gcr.io/istio-release"
    #expect(Self.reader.search(record)?.images.map(\.image) == [image])
  }

  @Test func podSpecsInYAMLGiveAllTheirImages() {
    let text = """
      # A worker.
      spec:
        initContainers: [{name: init, image: "busybox:1.36"}]
        containers:
        - name: base
          image: k8s.gcr.io/git-sync:v3
        volumes:
        - rbd: {image: pool/disk}
      """
    let found = Self.reader.search(Self.record(["pod.yaml": text]))
    #expect(found?.images.map(\.path) == ["data.pod.yaml:3", "data.pod.yaml:6"])
    #expect(found?.images.map(\.image) == ["busybox:1.36", "k8s.gcr.io/git-sync:v3"])
    #expect(
      found?.images.allSatisfy { $0.role == .configuration && $0.confidence == .shape } == true)
  }

  @Test(arguments: ["README", "readme.md", "_example", "NOTES.txt", "howto.MD"])
  func manualsAreNotConfiguration(_ key: String) {
    #expect(Self.reader.search(Self.record([key: "image: k8s.gcr.io/pause:3.2"])) == nil)
  }

  @Test func hugeValuesAreNotRead() {
    let text = "image: k8s.gcr.io/pause:3.2\n" + String(repeating: "x", count: 1 << 20)
    #expect(Self.reader.search(Self.record(["a": text])) == nil)
  }

  @Test func kubeadm() throws {
    let text = """
      apiVersion: kubeadm.k8s.io/v1beta3
      kind: ClusterConfiguration
      kubernetesVersion: v1.23.17
      imageRepository: k8s.gcr.io
      dns: {imageTag: v1.8.6}
      etcd: {local: {imageRepository: gcr.io/etcd-development, imageTag: v3.5.1}}
      """
    let record = Self.record(
      ["ClusterConfiguration": text], namespace: "kube-system", name: "kubeadm-config")
    let images = try #require(Self.reader.search(record)).images
    #expect(
      images.map(\.path) == [
        "data.ClusterConfiguration.imageRepository",
        "data.ClusterConfiguration.etcd.local.imageRepository",
      ])
    #expect(images.map(\.image) == ["k8s.gcr.io", "gcr.io/etcd-development"])
    #expect(
      images.map(\.representative) == [
        "k8s.gcr.io/kube-apiserver:v1.23.17", "gcr.io/etcd-development/etcd:v3.5.1",
      ])
    #expect(
      images[0].notes == [
        "a repository prefix, judged by k8s.gcr.io/kube-apiserver:v1.23.17",
        "kubeadm asks for k8s.gcr.io/coredns here; for registry.k8s.io alone it is"
          + " registry.k8s.io/coredns/coredns",
        "kubeadm reads it when a control plane is upgraded or joined",
      ])
    #expect(images[1].notes.count == 2)
  }

  @Test(arguments: [
    "", "imageRepository: [", "- a", "imageRepository: ''", "dns: k8s.gcr.io", "{}",
  ])
  func kubeadmWithoutARepository(_ text: String) throws {
    #expect(try Self.known("kubeadm-config", ["ClusterConfiguration": text]).isEmpty)
  }

  @Test func theDefaultRepositoryHasNoTrap() throws {
    let known = try #require(KnownConfigMap.all.first { $0.name == "kubeadm-config" })
    let record = Self.record(["ClusterConfiguration": "imageRepository: registry.k8s.io"])
    let notes = try #require(Self.reader.read(record, as: known)).images[0].notes
    #expect(!notes.contains { $0.contains("coredns") })
  }

  @Test func istio() throws {
    let config = """
      templates:
        sidecar: |
          - name: a
            image: gcr.io/istio-release/proxyv2:1.19.3
          - image: "{{ .Values.global.proxy.image }}"
          - image: auto
      """
    let values =
      #"{"global":{"hub":"gcr.io/istio-release","tag":"1.19.3","proxy":{"image":"proxyv2"}}}"#
    // The values name the same image again.
    #expect(
      try Self.known("istio-sidecar-injector", ["config": config, "values": values])
        == ["data.config:4 gcr.io/istio-release/proxyv2:1.19.3"])
    #expect(
      try Self.known("istio-sidecar-injector", ["values": values])
        == ["data.values:1 gcr.io/istio-release/proxyv2:1.19.3"])
    let whole = #"{"global":{"hub":"x","proxy":{"image":"corp.example/proxyv2:9"}}}"#
    #expect(
      try Self.known("istio-sidecar-injector", ["values": whole])
        == ["data.values:1 corp.example/proxyv2:9"])
  }

  @Test func otherInjectors() throws {
    let linkerd = """
      linkerdVersion: stable-2.14.1
      proxy:
        image: {name: cr.l5d.io/linkerd/proxy, version: ""}
      proxyInit:
        image:
          name: cr.l5d.io/linkerd/proxy-init
          version: v2.2.3
      """
    #expect(
      try Self.known("linkerd-config", ["values": linkerd]) == [
        "data.values:3 cr.l5d.io/linkerd/proxy:stable-2.14.1",
        "data.values:6 cr.l5d.io/linkerd/proxy-init:v2.2.3",
      ])
    #expect(
      try Self.known(
        "config-deployment",
        [
          "queue-sidecar-image": "gcr.io/knative-releases/queue:v1",
          "_example": "queue-sidecar-image: gcr.io/other/queue:v1",
        ]) == ["data.queue-sidecar-image:1 gcr.io/knative-releases/queue:v1"])
    #expect(
      try Self.known(
        "workflow-controller-configmap", ["executor": "imagePullPolicy: Always\nimage: argoexec:v2"]
      )
        == ["data.executor:2 argoexec:v2"])
    #expect(
      try Self.known(
        "inferenceservice-config",
        [
          "storageInitializer":
            #"{"image" : "gcr.io/kfserving/storage-initializer:v0.6", "memory": "1"}"#
        ])
        == ["data.storageInitializer:1 gcr.io/kfserving/storage-initializer:v0.6"])
  }
}
