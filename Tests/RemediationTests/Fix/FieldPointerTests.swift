import Testing

@testable import Remediation

@Suite struct FieldPointerTests {
  @Test(arguments: [
    (Optional("/spec/template/spec/containers/0/image"), "spec.template.spec.containers[0].image"),
    ("/spec/a~1b/c~0d", "spec.a/b.c~d"),
    ("/spec/values/my.key \"x\\y\"/0/image", #"spec.values["my.key \"x\\y\""][0].image"#),
    // A line of a text, words before a path, and things that no path is.
    (nil, "data.config:12"), (nil, "manifest: Job/x spec.image"), (nil, ""), (nil, "."),
    (nil, "a..b"), (nil, "a[b]"), (nil, "a[0"), (nil, "a[\"b"), (nil, "a[\"b\"x]"), (nil, "a[0]b"),
    (nil, "a[-1]"), (nil, ".a"),
  ])
  func paths(pointer: String?, path: String) {
    #expect(FieldPointer(path: path)?.text == pointer)
  }
}

@Suite struct ManagerTests {
  @Test(arguments: [
    ("Helm release \"web\"", Manager.Kind.helmRelease, "", "web", ""),
    ("Helm release \"shop/web\" chart web-1.2.3", .helmRelease, "shop", "web", "web-1.2.3"),
    ("Flux HelmRelease \"a/b\" chart c", .fluxHelmRelease, "a", "b", "c"),
    ("Flux Kustomization \"flux-system/apps\"", .fluxKustomization, "flux-system", "apps", ""),
    ("Argo CD Application \"shop\"", .argoApplication, "", "shop", ""),
    ("OLM ClusterServiceVersion \"a/b.v1\"", .operatorLifecycleManager, "a", "b.v1", ""),
    (
      "the kubelet: edit the static pod file on node \"n1\", not the API object", .kubelet, "",
      "n1", ""
    ),
    ("the kubelet: edit the static pod file on its node, not the API object", .kubelet, "", "", ""),
    (
      "the addon manager: edit its manifest on the control plane, which overwrites the object",
      .addonManager, "", "", ""
    ),
    ("Somebody \"x\"", .other, "", "x", ""), ("", .other, "", "", ""),
    ("Helm release \"a\" chart x\" chart y", .helmRelease, "", "a\" chart x", "y"),
  ])
  func marks(words: String, kind: Manager.Kind, namespace: String, name: String, chart: String) {
    let manager = Manager(words)
    #expect(manager.kind == kind)
    #expect([manager.namespace, manager.name, manager.chart] == [namespace, name, chart])
  }
}
