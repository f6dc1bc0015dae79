"""A cluster that has left the old registries: a scan must call all of it clean.

What is left of k8s.gcr.io is history only: ten old ReplicaSets, finished Jobs and their Pods,
evicted Pods.
"""

import builder
from builder import container, pod_spec, template

NEW = "registry.k8s.io/metrics-server/metrics-server:v0.7.2"
OLD = "k8s.gcr.io/metrics-server/metrics-server:v0.%d.0"


def build():
    world = builder.World("v1.31.2")
    for name in ("apps", "default", "kube-system"):
        world.namespace(name)
    world.add("nodes", builder.node("n-1", [NEW]), builder.node("n-2", [NEW]))
    spec = pod_spec([container("server", NEW)])
    top, current = world.deploy("metrics", "apps", 3, spec, revision=11)
    world.pods_of(current, "ReplicaSet", 3, node="n-1")
    for revision in range(1, 11):
        old = world.revision(top, 0, pod_spec([container("server", OLD % revision)]), revision)
        if revision > 8:
            world.pods_of(
                old, "ReplicaSet", 2, phase="Failed", node="n-2", reason="Evicted",
                message="The node was low on resource: memory.",
            )  # fmt: skip
    for name, outcome, phase in (
        ("migrate-schema", "Complete", "Succeeded"),
        ("migrate-retry", "Failed", "Failed"),
    ):
        spec = pod_spec([container("job", "k8s.gcr.io/kubectl:v1.21.0")], restartPolicy="Never")
        value = builder.job(name, "apps", template(name, spec), outcome)
        world.add("jobs", value, group="batch")
        world.pods_of(value, "Job", 1, phase=phase, node="n-1")
    spec = pod_spec([container("proxy", "registry.k8s.io/kube-proxy:v1.31.2")])
    proxy = builder.daemon_set("kube-proxy", "kube-system", 2, template("kube-proxy", spec))
    world.add("daemonsets", proxy, group="apps")
    for node in ("n-1", "n-2"):
        world.add(
            "pods",
            builder.pod(
                "kube-proxy-" + node,
                "kube-system",
                spec,
                node=node,
                owners=[builder.owned_by(proxy, "apps/v1", "DaemonSet")],
            ),
        )
    return world.cluster()
