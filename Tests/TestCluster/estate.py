"""A cluster with much that only seems to run images, and some that does so rarely.

API servers of other people, stores of reports and policies, copies, free-form kinds by the
thousand, mirrors of OpenShift, and workloads that autoscalers start from nothing. What a scan must
find in it stands in EstateTests.swift.
"""

import builder
from builder import container, metadata, owned_by, pod_spec, template

EXHIBITS = 5600
DIGEST = builder.digest("estate")
_STRING = {"type": "string"}
_FREE = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def _object(**properties):
    return {"type": "object", "properties": properties}


def _free(**more):
    return _object(apiVersion=_STRING, kind=_STRING, metadata={"type": "object"}, **more)


def build():
    world = builder.World("v1.33.4")
    for name in ("builds", "default", "gallery", "kube-system", "operators", "shop", "sleepers"):
        world.namespace(name)
    world.add("nodes", builder.node("n-1", []), builder.node("n-2", []))
    _aggregated(world)
    _openshift(world)
    _stores(world)
    _copies(world)
    _free_form(world)
    _mirrors(world)
    _sleepers(world)
    _knative(world)
    return world.cluster()


def _aggregated(world):
    """Computed for every request, and nobody's to list."""
    usage = {"containers": [{"name": "web", "image": "k8s.gcr.io/aggregated:1"}]}
    pod = dict({"metadata": metadata("PodMetrics", "web", "shop")}, **usage)
    world.aggregate("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", [pod])
    hit = {
        "metadata": metadata("Hit", "one", "shop"),
        "spec": {"image": "k8s.gcr.io/aggregated:2", "containers": usage["containers"]},
    }
    world.aggregate("search.acme.example", "v1", "hits", "Hit", [hit])
    package = {"metadata": metadata("PackageManifest", "p", "shop"), "status": usage}
    world.aggregate(
        "packages.operators.coreos.com", "v1", "packagemanifests", "PackageManifest", [package]
    )


def _openshift(world):
    """Aggregated as well, of which three kinds are read all the same."""
    spec = pod_spec([container("web", "k8s.gcr.io/shop-web:1")])
    frontend = {
        "metadata": metadata("DeploymentConfig", "frontend", "shop"),
        "spec": {"replicas": 2, "template": template("frontend", spec)},
    }
    world.aggregate(
        "apps.openshift.io", "v1", "deploymentconfigs", "DeploymentConfig", [frontend]
    )
    strategy = {
        "type": "Docker",
        "dockerStrategy": {"from": {"kind": "DockerImage", "name": "k8s.gcr.io/builder:2"}},
    }
    output = {"to": {"kind": "ImageStreamTag", "name": "app:latest"}}
    config = {"strategy": strategy, "output": output}
    world.aggregate(
        "build.openshift.io", "v1", "buildconfigs", "BuildConfig",
        [{"metadata": metadata("BuildConfig", "app", "builds"), "spec": config}],
    )  # fmt: skip
    world.aggregate(
        "build.openshift.io", "v1", "builds", "Build",
        [{"metadata": metadata("Build", "app-1", "builds"), "spec": config}],
    )  # fmt: skip
    tag = {"name": "2", "from": {"kind": "DockerImage", "name": "gcr.io/google_containers/ruby:2"}}
    stream = {
        "metadata": metadata("ImageStream", "ruby", "builds"),
        "spec": {"tags": [tag, {"name": "3", "from": {"kind": "ImageStreamTag", "name": "2"}}]},
        "status": {"dockerImageRepository": "k8s.gcr.io/status-of-a-stream"},
    }
    world.aggregate("image.openshift.io", "v1", "imagestreams", "ImageStream", [stream])
    image = {
        "metadata": metadata("Image", DIGEST),
        "dockerImageReference": "k8s.gcr.io/image-object@" + DIGEST,
    }
    world.aggregate("image.openshift.io", "v1", "images", "Image", [image], namespaced=False)


def _stores(world):
    """What speaks about images and runs none."""
    report = {"containers": [{"name": "web", "image": "k8s.gcr.io/reported:1"}]}
    for group, version, plural, kind in (
        ("aquasecurity.github.io", "v1alpha1", "vulnerabilityreports", "VulnerabilityReport"),
        ("aquasecurity.github.io", "v1alpha1", "sbomreports", "SbomReport"),
        ("wgpolicyk8s.io", "v1alpha2", "policyreports", "PolicyReport"),
        ("scans.acme.example", "v1", "imagescanresults", "ImageScanResult"),
        ("kyverno.io", "v1", "policies", "Policy"),
    ):
        value = {"metadata": metadata(kind, "web", "shop"), "spec": report, "report": report}
        world.define(group, version, plural, kind, _free(spec=_FREE, report=_FREE), [value])


def _copies(world):
    """One operator, which OLM copies into every namespace that it watches."""
    spec = pod_spec([container("manager", "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1")])
    deployment = {"name": "gantry", "spec": {"replicas": 1, "template": template("gantry", spec)}}
    install = {"strategy": "deployment", "spec": {"deployments": [deployment]}}
    objects = []
    for namespace in ("operators", "shop", "builds", "default"):
        labels = {} if namespace == "operators" else {"olm.copiedFrom": "operators"}
        value = metadata("ClusterServiceVersion", "gantry.v1.2.0", namespace, labels=labels)
        objects.append({"metadata": value, "spec": {"install": install}})
    world.define(
        "operators.coreos.com", "v1alpha1", "clusterserviceversions", "ClusterServiceVersion",
        _free(spec=_FREE), objects,
    )  # fmt: skip


def _free_form(world):
    handbook = {
        "metadata": metadata("Handbook", "onboarding", "shop"),
        "spec": {
            "prose": "we moved from k8s.gcr.io/pause:3.2 to registry.k8s.io in 2023",
            "link": "https://k8s.gcr.io/v2/pause/manifests/3.2",
            "machine": {"image": "ubuntu-22.04"},
            "volumes": [{"rbd": {"image": "k8s.gcr.io/block-device:1", "pool": "p"}}],
            "gitRepo": {"repository": "k8s.gcr.io/sources"},
            "status": {"image": "k8s.gcr.io/inner-status:1"},
        },
        "status": {"image": "k8s.gcr.io/outer-status:1"},
    }
    world.define(
        "docs.acme.example", "v1", "handbooks", "Handbook", _free(spec=_FREE), [handbook]
    )
    exhibits = []
    for number in range(EXHIBITS):
        spec = {"year": 1900 + number % 126}
        if number in (3, 5300):
            spec["runner"] = {"containers": [{"name": "x", "image": "k8s.gcr.io/ex:%d" % number}]}
        name = "exhibit-%05d" % number
        exhibits.append({"metadata": metadata("Exhibit", name, "gallery"), "spec": spec})
    world.define(
        "gallery.acme.example", "v1", "exhibits", "Exhibit", _free(spec=_FREE), exhibits
    )
    basket = {"metadata": metadata("Basket", "b", "shop"), "spec": {"owner": "k8s.gcr.io/no:1"}}
    world.define(
        "shop.acme.example", "v1", "baskets", "Basket", _free(spec=_object(owner=_STRING)), [basket]
    )


def _mirrors(world):
    """Digests by one kind, tags by another, digests again by the old kind."""
    for name, image in (
        ("by-digest", "k8s.gcr.io/tools/a@" + DIGEST),
        ("by-tag", "k8s.gcr.io/tools/b:1"),
        ("tagged", "gcr.io/google_containers/c:1"),
        ("older", "k8s.gcr.io/legacy/d@" + DIGEST),
    ):
        _, current = world.deploy(name, "shop", 1, pod_spec([container("main", image)]))
        world.pods_of(current, "ReplicaSet", 1, node="n-1")
    for group, version, plural, kind, name, spec in (
        (
            "config.openshift.io", "v1", "imagedigestmirrorsets", "ImageDigestMirrorSet", "digests",
            {"imageDigestMirrors": [{
                "source": "k8s.gcr.io/tools", "mirrors": ["registry.corp.example/tools"],
                "mirrorSourcePolicy": "NeverContactSource",
            }]},
        ),
        (
            "config.openshift.io", "v1", "imagetagmirrorsets", "ImageTagMirrorSet", "tags",
            {"imageTagMirrors": [{
                "source": "gcr.io/google_containers", "mirrors": ["registry.corp.example/old"],
            }]},
        ),
        (
            "operator.openshift.io", "v1alpha1", "imagecontentsourcepolicies",
            "ImageContentSourcePolicy", "policy",
            {"repositoryDigestMirrors": [{
                "source": "k8s.gcr.io/legacy", "mirrors": ["registry.corp.example/legacy"],
            }]},
        ),
    ):  # fmt: skip
        value = {"metadata": metadata(kind, name), "spec": spec}
        world.define(group, version, plural, kind, _free(spec=_FREE), [value], namespaced=False)


def _sleepers(world):
    """Nothing runs; most of it may start any minute."""
    for name in ("asleep", "by-hpa", "by-keda"):
        spec = pod_spec([container("main", "k8s.gcr.io/%s:1" % name)])
        world.deploy(name, "sleepers", 0, spec)
    reference = {"kind": "Deployment", "name": "by-hpa", "apiVersion": "apps/v1"}
    world.add(
        "horizontalpodautoscalers",
        {
            "metadata": metadata("HorizontalPodAutoscaler", "hpa", "sleepers"),
            "spec": {"scaleTargetRef": reference, "minReplicas": 0, "maxReplicas": 3},
        },
        group="autoscaling",
    )
    scaled = {
        "metadata": metadata("ScaledObject", "keda", "sleepers"),
        "spec": {"scaleTargetRef": {"name": "by-keda"}, "minReplicaCount": 0},
    }
    target = _object(name=_STRING, kind=_STRING)
    world.define(
        "keda.sh", "v1alpha1", "scaledobjects", "ScaledObject",
        _free(spec=_object(scaleTargetRef=target)), [scaled],
    )  # fmt: skip
    spec = pod_spec([container("main", "k8s.gcr.io/on-demand:1")], restartPolicy="Never")
    job = {
        "metadata": metadata("ScaledJob", "on-demand", "sleepers"),
        "spec": {"jobTargetRef": {"template": template("on-demand", spec)}},
    }
    world.define(
        "keda.sh", "v1alpha1", "scaledjobs", "ScaledJob",
        _free(spec=_object(jobTargetRef=_FREE)), [job],
    )  # fmt: skip
    spec = pod_spec([container("main", "k8s.gcr.io/queued:1")], restartPolicy="Never")
    queued = builder.job("queued", "sleepers", template("queued", spec), suspend=True)
    queued["metadata"]["labels"] = {"kueue.x-k8s.io/queue-name": "night"}
    world.add("jobs", queued, group="batch")
    spec = pod_spec([container("main", "k8s.gcr.io/paused:1")], restartPolicy="Never")
    world.add(
        "cronjobs",
        builder.cron_job("paused", "sleepers", template("paused", spec), suspend=True),
        group="batch",
    )


def _knative(world):
    """A Service of two revisions: one that a request starts, and one that nobody routes to."""
    group = "serving.knative.dev"
    service_spec = {"template": {"spec": {"containers": [{"image": "k8s.gcr.io/greeter:2"}]}}}
    service = {"metadata": metadata("Service", "greeter", "sleepers"), "spec": service_spec}
    configuration = {
        "metadata": metadata(
            "Configuration", "greeter", "sleepers",
            ownerReferences=[owned_by(service, group + "/v1", "Service")],
        ),
        "spec": service_spec,
    }  # fmt: skip
    revisions = []
    for number, state in ((1, "reserve"), (2, "active")):
        name = "greeter-%05d" % number
        revision = {
            "metadata": metadata(
                "Revision", name, "sleepers", labels={group + "/routingState": state},
                ownerReferences=[owned_by(configuration, group + "/v1", "Configuration")],
            ),
            "spec": {"containers": [{"image": "k8s.gcr.io/greeter:%d" % number}]},
        }  # fmt: skip
        revisions.append(revision)
        spec = pod_spec(
            [
                container("user-container", "k8s.gcr.io/greeter:%d" % number),
                container("queue-proxy", "gcr.io/google_containers/queue:%d" % number),
            ]
        )
        top, _ = world.deploy(name + "-deployment", "sleepers", 0, spec)
        top["metadata"]["ownerReferences"] = [owned_by(revision, group + "/v1", "Revision")]
    schema = _free(spec=_FREE)
    world.define(group, "v1", "services", "Service", schema, [service])
    world.define(group, "v1", "configurations", "Configuration", schema, [configuration])
    world.define(group, "v1", "revisions", "Revision", schema, revisions)
