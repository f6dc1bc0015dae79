"""The second population: another cluster by hand, with kinds and edge cases the first one lacks.

What a scan must find in it is written by hand in
Tests/Fixtures/second-population/expected.json. Whoever changes one file changes the other;
test_populations.py compares the two.
"""

import builder
import second_custom
import second_helm
import second_hostile
from builder import container, owned_by, owner, pod, pod_spec, template, waiting

ISTIO = "gcr.io/istio-release/proxyv2:1.28.1"
GPU_DIGEST = "sha256:dc6ac35fc913e52aee449073cd4fec0906f3c56c5a3783003664c17b58540951"
TEKTON_DIGEST = "sha256:85ee2e1a93e78523b4a10c7e9ce4339613bf70395641f8cacd365e256396e0ab"


def build():
    world = builder.World("v1.33.4")
    _namespaces(world)
    _bazaar(world)
    _freight(world)
    _harbourmaster(world)
    _observability(world)
    _research(world)
    _storage_lab(world)
    _lookalikes(world)
    _kube_system(world)
    _nodes(world)
    second_hostile.add(world)
    second_custom.add(world)
    second_helm.add(world)
    return world.cluster()


def _namespaces(world):
    for name in (
        "default", "freight", "ghost-town", "harbourmaster", "kube-system", "lookalikes",
        "observability", "operators", "quiet", "research", "storage-lab", "vandal",
    ):  # fmt: skip
        world.namespace(name)
    world.namespace("bazaar", labels={"team": "storefront"})
    world.namespace("leaving", phase="Terminating", deletionTimestamp="2026-11-20T23:00:00Z")


def _bazaar(world):
    # Injected sidecars: in the Pods, not in the template.
    spec = pod_spec(
        [container("web", "k8s.gcr.io/nginx-slim:0.8")],
        initContainers=[container("warm-cache", "k8s.gcr.io/e2e-test-images/busybox:1.29-4")],
    )
    _, current = world.deploy("storefront", "bazaar", 3, spec)
    meshed = dict(
        spec,
        containers=spec["containers"] + [container("istio-proxy", ISTIO)],
        initContainers=[container("istio-init", ISTIO)] + spec["initContainers"],
    )
    world.pods_of(current, "ReplicaSet", 3, meshed)

    # A stuck rollout: revision 4 still runs, revision 5 cannot pull. Revision 3 is history.
    new_image = "docker.io/minio/mc:RELEASE.2025-08-13T08-35-41Z"
    new = pod_spec([container("checkout", new_image)])
    old = pod_spec([container("checkout", "k8s.gcr.io/echoserver:1.4")])
    oldest = pod_spec([container("checkout", "gcr.io/google_containers/echoserver:1.0")])
    top, fresh = world.deploy("checkout", "bazaar", 2, new, revision=5, ready=2)
    fresh["spec"]["replicas"] = fresh["status"]["replicas"] = 1
    fresh["status"]["readyReplicas"] = 0
    stuck = waiting(
        "checkout", new_image, "ImagePullBackOff",
        'Back-off pulling image "%s": ErrImagePull: failed to pull and unpack image "%s": failed '
        "to resolve reference: pull access denied, repository does not exist or may require "
        "authorization: server message: insufficient_scope: authorization failed"
        % (new_image, new_image),
    )  # fmt: skip
    world.pods_of(fresh, "ReplicaSet", 1, phase="Pending", statuses={"checkout": stuck})
    world.pods_of(world.revision(top, 2, old, 4), "ReplicaSet", 2)
    world.revision(top, 0, oldest, 3)

    # A drifted Pod: somebody ran `kubectl set image pod/…`.
    spec = pod_spec([container("catalogue", "registry.k8s.io/pause:3.9")])
    _, current = world.deploy("catalogue", "bazaar", 2, spec)
    world.pods_of(current, "ReplicaSet", 1)
    drifted = pod_spec([container("catalogue", "k8s.gcr.io/pause:3.2")])
    world.add(
        "pods",
        pod(
            current["metadata"]["name"] + "-drift",
            "bazaar",
            drifted,
            owners=[owned_by(current, "apps/v1", "ReplicaSet")],
            labels=dict(current["spec"]["template"]["metadata"]["labels"]),
        ),
    )

    spec = pod_spec([container("postgresql", "docker.io/bitnami/postgresql:15.4.0-debian-11-r45")])
    ledger = builder.stateful_set("ledger", "bazaar", 2, template("ledger", spec))
    world.add("statefulsets", ledger, group="apps")
    for index in range(2):
        world.add(
            "pods",
            pod(
                "ledger-%d" % index,
                "bazaar",
                spec,
                owners=[owned_by(ledger, "apps/v1", "StatefulSet")],
                labels={"app": "ledger"},
            ),
        )

    # Zero replicas: one that only a person can start, one that KEDA starts.
    world.deploy(
        "kiosk", "bazaar", 0, pod_spec([container("kiosk", "k8s.gcr.io/serve_hostname:1.1")])
    )
    world.deploy(
        "seasonal",
        "bazaar",
        0,
        pod_spec([container("seasonal", "gcr.io/google-containers/pause-amd64:3.1")]),
    )


def _freight(world):
    # A ReplicaSet that no Deployment owns.
    spec = pod_spec(
        [container("crane", "k8s.gcr.io/cluster-proportional-autoscaler-amd64:1.8.1")]
    )
    crane = builder.replica_set("bare-crane", "freight", 2, template("bare-crane", spec))
    world.add("replicasets", crane, group="apps")
    world.pods_of(crane, "ReplicaSet", 2)

    spec = pod_spec([container("dockhand", "gcr.io/google_containers/echoserver:1.10")])
    dockhand = {
        "metadata": builder.metadata("ReplicationController", "dockhand", "freight"),
        "spec": {
            "replicas": 1,
            "selector": {"app": "dockhand"},
            "template": template("dockhand", spec),
        },
        "status": {"replicas": 1, "readyReplicas": 1},
    }
    world.add("replicationcontrollers", dockhand)
    world.pods_of(dockhand, "ReplicationController", 1)

    # Jobs: finished, failed, suspended, running.
    _job(world, "manifest-import", "k8s.gcr.io/kubectl:v1.22.0", "Complete", "Succeeded")
    _job(world, "manifest-retry", "gcr.io/heptio-images/velero:v1.0.0", "Failed", "Failed")
    _job(world, "reload-index", "k8s.gcr.io/hyperkube:v1.18.20", None, None, suspend=True)
    _job(world, "relabel", "eu.gcr.io/google_containers/busybox:1.24", None, "Running")

    spec = pod_spec(
        [container("sweep", "gcr.io/ml-pipeline/frontend:2.0.5")], restartPolicy="OnFailure"
    )
    nightly = builder.cron_job("nightly-sweep", "freight", template("nightly-sweep", spec))
    world.add("cronjobs", nightly, group="batch")
    child = builder.job(
        "nightly-sweep-29384720",
        "freight",
        template("nightly-sweep", spec),
        "Complete",
        [owned_by(nightly, "batch/v1", "CronJob")],
    )
    world.add("jobs", child, group="batch")
    world.pods_of(child, "Job", 1, phase="Succeeded")
    spec = pod_spec(
        [container("audit", "quay.io/k8scsi/csi-resizer:v1.1.0")], restartPolicy="Never"
    )
    yearly = builder.cron_job("yearly-audit", "freight", template("yearly-audit", spec), True)
    world.add("cronjobs", yearly, group="batch")

    # Evicted Pods of an old revision beside a migrated one.
    now = pod_spec([container("scale", "registry.k8s.io/metrics-server/metrics-server:v0.7.2")])
    before = pod_spec([container("scale", "k8s.gcr.io/metrics-server-amd64:v0.3.6")])
    top, current = world.deploy("weighbridge", "freight", 1, now, revision=2)
    world.pods_of(current, "ReplicaSet", 1)
    gone = world.revision(top, 0, before, 1)
    world.pods_of(
        gone, "ReplicaSet", 4, phase="Failed", reason="Evicted",
        message="The node was low on resource: ephemeral-storage.",
    )  # fmt: skip

    spare = {
        "metadata": builder.metadata("PodTemplate", "spare", "freight"),
        "template": template("spare", pod_spec([container("spare", "k8s.gcr.io/pause:3.4.1")])),
    }
    world.add("podtemplates", spare)


def _job(world, name, image, outcome, phase, suspend=False):
    spec = pod_spec([container(name, image)], restartPolicy="Never")
    value = builder.job(name, "freight", template(name, spec), outcome, suspend=suspend)
    world.add("jobs", value, group="batch")
    if phase:
        world.pods_of(value, "Job", 1, phase=phase)


def _harbourmaster(world):
    # Fully migrated: ten old revisions must leave it clean.
    spec = pod_spec([container("pilotage", "registry.k8s.io/ingress-nginx/controller:v1.12.1")])
    top, current = world.deploy("pilotage", "harbourmaster", 2, spec, revision=11)
    world.pods_of(current, "ReplicaSet", 2)
    for revision in range(1, 11):
        image = "k8s.gcr.io/ingress-nginx/controller:v1.%d.0" % (revision - 1)
        world.revision(top, 0, pod_spec([container("pilotage", image)]), revision)


def _observability(world):
    # A native sidecar, and a DaemonSet that runs everywhere.
    spec = pod_spec(
        [
            container(
                "lens", "k8s.gcr.io/node-problem-detector/node-problem-detector:v0.8.12"
            )
        ],
        initContainers=[
            container("cadvisor", "gcr.io/cadvisor/cadvisor:v0.47.2", restartPolicy="Always")
        ],
        tolerations=[{"operator": "Exists"}],
    )
    lens = builder.daemon_set("node-lens", "observability", 2, template("node-lens", spec))
    world.add("daemonsets", lens, group="apps")
    for index, node in enumerate(("w-1", "w-2")):
        world.add(
            "pods",
            pod(
                "node-lens-%d" % index,
                "observability",
                spec,
                node=node,
                owners=[owned_by(lens, "apps/v1", "DaemonSet")],
                labels={"app": "node-lens"},
            ),
        )

    # No node matches: zero desired, but the next GPU node starts it.
    image = "k8s.gcr.io/nvidia-gpu-device-plugin@" + GPU_DIGEST
    spec = pod_spec([container("plugin", image)], nodeSelector={"accelerator": "a100"})
    world.add(
        "daemonsets",
        builder.daemon_set("gpu-probe", "observability", 0, template("gpu-probe", spec)),
        group="apps",
    )

    # The same container name among init and regular containers.
    spec = pod_spec(
        [container("main", "quay.io/prometheus/alertmanager:v0.28.1")],
        initContainers=[container("main", "k8s.gcr.io/git-sync:v3.1.6")],
    )
    _, current = world.deploy("twins", "observability", 1, spec)
    world.pods_of(current, "ReplicaSet", 1)

    # Somebody debugs: an ephemeral container.
    spec = pod_spec([container("prometheus", "quay.io/prometheus/prometheus:v2.54.1")])
    _, current = world.deploy("lens-ui", "observability", 1, spec)
    debugger = container("debugger-x7k2p", "k8s.gcr.io/e2e-test-images/agnhost:2.39")
    debugger["targetContainerName"] = "prometheus"
    world.pods_of(current, "ReplicaSet", 1, dict(spec, ephemeralContainers=[debugger]))


def _research(world):
    # The owner's kind is not served: only its Pods name it.
    spec = pod_spec([container("worker", "gcr.io/tfx-oss-public/tfx:1.12.0")])
    ray = owner("ray.io/v1", "RayCluster", "sim", builder.uid("RayCluster", "sim"))
    world.add(
        "pods",
        *(pod("sim-worker-%d" % index, "research", spec, owners=[ray]) for index in range(2))
    )

    # A bare Pod with image volumes, one of which cannot be mounted.
    spec = pod_spec(
        [container("server", "docker.io/vllm/vllm-openai:v0.9.1")],
        volumes=[
            {
                "name": "weights",
                "image": {"reference": "quay.io/acme/weights:v3", "pullPolicy": "IfNotPresent"},
            },
            {
                "name": "tokenizer",
                "image": {
                    "reference": "gcr.io/kubernetes-e2e-test-images/volume/iscsi:2.0",
                    "pullPolicy": "Always",
                },
            },
        ],
    )
    stuck = waiting(
        "server", "docker.io/vllm/vllm-openai:v0.9.1", "ImageVolumeMountFailed",
        'Failed to pull image "gcr.io/kubernetes-e2e-test-images/volume/iscsi:2.0": '
        "rpc error: code = NotFound desc = not found",
    )  # fmt: skip
    world.add(
        "pods",
        pod("model-server", "research", spec, phase="Pending", statuses={"server": stuck}),
    )

    # Tekton: a finished TaskRun's Pod, and the controller in a crash loop (which is no pull error).
    entrypoint = "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/entrypoint:v0.50.0"
    spec = pod_spec(
        [container("step-build", "gcr.io/kaniko-project/executor:v1.9.1")],
        initContainers=[container("prepare", entrypoint)],
        restartPolicy="Never",
    )
    run = owner("tekton.dev/v1", "TaskRun", "build-42", builder.uid("TaskRun", "build-42"))
    world.add("pods", pod("build-42-pod", "research", spec, phase="Succeeded", owners=[run]))
    image = (
        "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v0.44.0@"
        + TEKTON_DIGEST
    )
    spec = pod_spec([container("tekton-pipelines-controller", image)])
    _, current = world.deploy("tekton-pipelines-controller", "research", 1, spec)
    looping = waiting(
        "tekton-pipelines-controller", image, "CrashLoopBackOff",
        "back-off 5m0s restarting failed container=tekton-pipelines-controller",
    )  # fmt: skip
    world.pods_of(
        current, "ReplicaSet", 1, statuses={"tekton-pipelines-controller": looping}
    )


def _storage_lab(world):
    image = "docker.io/minio/minio:RELEASE.2025-09-07T16-13-09Z"
    spec = pod_spec([container("minio", image)])
    _, current = world.deploy("objectstore", "storage-lab", 1, spec)
    message = (
        'failed to pull and unpack image "%s": failed to resolve reference "%s": pull access '
        "denied, repository does not exist or may require authorization" % (image, image)
    )
    failing = waiting("minio", image, "ErrImagePull", message)
    made = world.pods_of(current, "ReplicaSet", 1, phase="Pending", statuses={"minio": failing})
    place = "spec.containers{minio}"
    failed = 'Failed to pull image "%s": %s' % (image, message)
    back_off = 'Back-off pulling image "%s"' % image
    world.add(
        "events",
        builder.event("storage-lab", made[0], "Failed", failed, path=place),
        builder.event("storage-lab", made[0], "BackOff", back_off, "Normal", place),
    )

    upper = "registry.k8s.io/Pause:3.9"
    parse = waiting(
        "upper", upper, "InvalidImageName",
        'Failed to apply default image tag "%s": couldn\'t parse image name "%s": invalid '
        "reference format: repository name (Pause) must be lowercase" % (upper, upper),
    )  # fmt: skip
    spec = pod_spec([container("upper", upper)])
    statuses = {"upper": parse}
    world.add("pods", pod("err-invalid", "storage-lab", spec, "Pending", statuses=statuses))
    never = "k8s.gcr.io/pause:3.5"
    absent = waiting(
        "never", never, "ErrImageNeverPull",
        'Container image "%s" is not present with pull policy of Never' % never,
    )  # fmt: skip
    spec = pod_spec([container("never", never, "Never")])
    statuses = {"never": absent}
    world.add("pods", pod("err-never", "storage-lab", spec, "Pending", statuses=statuses))

    # Volume keys that are no images, whatever they are called.
    spec = pod_spec(
        [container("user", "registry.k8s.io/sig-storage/csi-provisioner:v5.2.0")],
        volumes=[
            {"name": "block",
             "rbd": {"monitors": ["10.9.0.1"], "image": "k8s.gcr.io/not-an-image:1"}},
            {"name": "code", "gitRepo": {"repository": "https://k8s.gcr.io/not/an/image.git"}},
            {"name": "wide", "quobyte": {"registry": "k8s.gcr.io:7861", "volume": "v"}},
        ],
    )  # fmt: skip
    _, current = world.deploy("rbd-user", "storage-lab", 1, spec)
    world.pods_of(current, "ReplicaSet", 1)

    # Only an event tells that the sandbox image cannot be had.
    spec = pod_spec([container("slow", "registry.k8s.io/e2e-test-images/agnhost:2.53")])
    _, current = world.deploy("slowpoke", "storage-lab", 1, spec)
    creating = waiting("slow", spec["containers"][0]["image"], "ContainerCreating")
    made = world.pods_of(current, "ReplicaSet", 1, phase="Pending", statuses={"slow": creating})
    world.add(
        "events",
        builder.event(
            "storage-lab", made[0], "FailedCreatePodSandBox",
            "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start "
            'sandbox: failed to get sandbox image "k8s.gcr.io/pause:3.5": failed to pull image '
            '"k8s.gcr.io/pause:3.5": dial tcp: lookup k8s.gcr.io: no such host',
        ),
    )  # fmt: skip


def _lookalikes(world):
    images = [
        "mirror.corp.example/k8s.gcr.io/pause:3.2",
        "k8s.gcr.io.evil.example/pause:3.2",
        "notk8s.gcr.io/pause:3.2",
        "gcr.io/google_containers_fake/pause:1",
        "localhost:5000/k8s.gcr.io/pause:3.2",
        "registry.k8s.io/pause:3.9",
    ]
    spec = pod_spec([container("c%d" % index, image) for index, image in enumerate(images)])
    _, current = world.deploy("mirror-user", "lookalikes", 1, spec)
    world.pods_of(current, "ReplicaSet", 1)
    spec = pod_spec(
        [container("loud", "K8S.GCR.IO/pause:3.2"), container("port", "k8s.gcr.io:443/pause:3.1")]
    )
    _, current = world.deploy("shouting", "lookalikes", 1, spec)
    world.pods_of(current, "ReplicaSet", 1)
    # Placeholders: an injector or a renderer fills them in.
    spec = pod_spec(
        [container("istio-proxy", "auto"), container("app", "{{ .Values.image.repository }}:1")]
    )
    world.deploy("placeholder", "lookalikes", 0, spec)


def _kube_system(world):
    control = owner("v1", "Node", "cp-1", builder.uid("Node", "", "cp-1"))
    for name, image in (
        ("kube-apiserver", "k8s.gcr.io/kube-apiserver:v1.23.17"),
        ("etcd", "k8s.gcr.io/etcd:3.5.6-0"),
    ):
        world.add(
            "pods",
            pod(
                name + "-cp-1",
                "kube-system",
                pod_spec([container(name, image)], hostNetwork=True),
                node="cp-1",
                owners=[control],
                annotations={
                    "kubernetes.io/config.mirror": builder.digest(name)[7:39],
                    "kubernetes.io/config.hash": builder.digest(name)[7:39],
                    "kubernetes.io/config.source": "file",
                },
            ),
        )
    world.add(
        "configmaps",
        {
            "metadata": builder.metadata("ConfigMap", "kubeadm-config", "kube-system"),
            "data": {
                "ClusterConfiguration": "apiVersion: kubeadm.k8s.io/v1beta3\n"
                "dns:\n  imageRepository: k8s.gcr.io\n"
                "imageRepository: k8s.gcr.io\nkind: ClusterConfiguration\n"
                "kubernetesVersion: v1.23.17\n"
            },
        },
    )


def _nodes(world):
    plain = ["registry.k8s.io/pause:3.9", "k8s.gcr.io/nginx-slim:0.8", ISTIO]
    world.add(
        "nodes",
        builder.node("cp-1", plain[:1], taints=[
            {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}
        ]),
        builder.node("w-1", plain),
        builder.node("w-2", [], runtime="cri-o://1.33.2", unschedulable=True),
    )  # fmt: skip
