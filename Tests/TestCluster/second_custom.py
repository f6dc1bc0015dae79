"""Custom resources of the second population: some hold images, and some only seem to."""

from builder import container, metadata, pod_spec, template

_STRING = {"type": "string"}
_FREE = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def add(world):
    _workbenches(world)
    _blueprints(world)
    _report_store(world)
    _operators(world)
    _autoscalers(world)


def _object(**properties):
    return {"type": "object", "properties": properties}


def _workbenches(world):
    """A schema says where the images are: a pod template and a plain image field."""
    pod_schema = _object(
        spec=_object(
            containers={"type": "array", "items": _object(name=_STRING, image=_STRING)},
            volumes={
                "type": "array",
                "items": _object(name=_STRING, rbd=_object(image=_STRING, pool=_STRING)),
            },
        )
    )
    schema = _object(
        apiVersion=_STRING,
        kind=_STRING,
        metadata={"type": "object"},
        spec=_object(image=_STRING, podTemplate=pod_schema, description=_STRING),
        status=_object(image=_STRING),
    )
    bench = {
        "metadata": metadata("Workbench", "notebook", "research"),
        "spec": {
            "image": "gcr.io/ml-pipeline/notebook-server:1.8.0",
            "description": "used to run k8s.gcr.io/old-notebook:1",
            "podTemplate": {
                "spec": {
                    "containers": [{"name": "kernel", "image": "k8s.gcr.io/pause:3.6"}],
                    "volumes": [
                        {"name": "d", "rbd": {"image": "k8s.gcr.io/not-an-image:2", "pool": "p"}}
                    ],
                }
            },
        },
        "status": {"image": "k8s.gcr.io/status-is-evidence-only:1"},
    }
    world.define("lab.example.org", "v1", "workbenches", "Workbench", schema, [bench])


def _blueprints(world):
    """A free-form spec: only its shape tells, and strings that the catalogue knows."""
    blueprint = {
        "metadata": metadata("Blueprint", "crane-plan", "freight"),
        "spec": {
            "stages": [
                {
                    "deeply": {
                        "containers": [
                            {"name": "draw", "image": "k8s.gcr.io/fluentd-elasticsearch:1.20"}
                        ]
                    },
                    "notes": "see https://k8s.gcr.io/ for details",
                }
            ]
        },
    }
    schema = _object(apiVersion=_STRING, kind=_STRING, metadata={"type": "object"}, spec=_FREE)
    world.define("acme.example", "v1alpha2", "blueprints", "Blueprint", schema, [blueprint])


def _report_store(world):
    """A scanner's reports name every image there is; they are never workloads."""
    report = {
        "metadata": metadata("VulnerabilityReport", "replicaset-storefront-web", "bazaar"),
        "report": {
            "artifact": {"repository": "nginx-slim", "tag": "0.8"},
            "registry": {"server": "k8s.gcr.io"},
            "containers": [{"name": "web", "image": "k8s.gcr.io/nginx-slim:0.8"}],
        },
    }
    schema = _object(apiVersion=_STRING, kind=_STRING, metadata={"type": "object"}, report=_FREE)
    world.define(
        "aquasecurity.github.io", "v1alpha1", "vulnerabilityreports", "VulnerabilityReport",
        schema, [report],
    )  # fmt: skip


def _operators(world):
    """A ClusterServiceVersion, and the copy that OLM puts into another namespace."""
    spec = pod_spec([container("manager", "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1")])
    install = {
        "strategy": "deployment",
        "spec": {
            "deployments": [
                {"name": "gantry", "spec": {"replicas": 1, "template": template("gantry", spec)}}
            ]
        },
    }
    original = {
        "metadata": metadata("ClusterServiceVersion", "gantry.v1.2.0", "operators"),
        "spec": {"install": install},
    }
    copied = {
        "metadata": metadata(
            "ClusterServiceVersion",
            "gantry.v1.2.0",
            "bazaar",
            labels={"olm.copiedFrom": "operators"},
        ),
        "spec": {"install": install},
    }
    schema = _object(apiVersion=_STRING, kind=_STRING, metadata={"type": "object"}, spec=_FREE)
    world.define(
        "operators.coreos.com", "v1alpha1", "clusterserviceversions", "ClusterServiceVersion",
        schema, [original, copied],
    )  # fmt: skip


def _autoscalers(world):
    scaled = {
        "metadata": metadata("ScaledObject", "seasonal", "bazaar"),
        "spec": {
            "scaleTargetRef": {"name": "seasonal"},
            "minReplicaCount": 0,
            "maxReplicaCount": 20,
            "triggers": [{"type": "cron", "metadata": {"timezone": "UTC"}}],
        },
    }
    target = _object(name=_STRING, kind=_STRING, apiVersion=_STRING)
    schema = _object(
        apiVersion=_STRING,
        kind=_STRING,
        metadata={"type": "object"},
        spec=_object(scaleTargetRef=target),
    )
    world.define("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject", schema, [scaled])
    world.add(
        "horizontalpodautoscalers",
        {
            "metadata": metadata("HorizontalPodAutoscaler", "storefront", "bazaar"),
            "spec": {
                "scaleTargetRef": {
                    "kind": "Deployment",
                    "name": "storefront",
                    "apiVersion": "apps/v1",
                },
                "minReplicas": 3,
                "maxReplicas": 12,
            },
        },
        group="autoscaling",
    )
