"""A synthetic cluster of any size for benchmarks: realistic Pods of about 9 KB of JSON.

One Pod of each Deployment is encoded with placeholders of fixed width; every further one is a
copy of these bytes with the placeholders replaced, in JSON and protobuf alike (the width is the
same, so no length on the wire changes). 50,000 Pods take a few seconds and no schema walk.
"""

import json

import builder
import schema
import store
from builder import container, pod_spec

PODS_PER_DEPLOYMENT = 20
NAMESPACES = 40
_IMAGES = [
    "k8s.gcr.io/nginx-slim:0.8",
    "registry.k8s.io/pause:3.9",
    "docker.io/library/redis:7.4.1",
    "gcr.io/google_containers/echoserver:1.10",
    "quay.io/prometheus/node-exporter:v1.8.2",
    "ghcr.io/acme/orders/api:2025.11.3",
    "docker.io/bitnami/kafka:3.7.0-debian-12-r2",
    "gcr.io/istio-release/proxyv2:1.28.1",
]

# Placeholders, replaced byte for byte; all of one Pod's differ from every other text.
_SUFFIX, _UID, _IP, _NODE, _VERSION = (
    "PODSFX", "00000000-0000-4000-8000-ffffffffffff", "10.255.255.255", "worker-NNNN", "99999999",
)  # fmt: skip


def build(pods, workloads=0, bare=0):
    """A cluster with `pods` Pods and the Deployments, ReplicaSets and nodes behind them.

    `workloads` Deployments share the Pods; 0 makes one for each twenty. `bare` more objects, Pods
    that nothing owns and Jobs in turn, share no image, label or owner with any other.
    """
    world = builder.World("v1.33.4")
    namespaces = ["team-%02d" % index for index in range(NAMESPACES)]
    for name in namespaces:
        world.namespace(name)
    nodes = max(1, min(9000, pods // 40))
    names = ("worker-%04d" % (1000 + index) for index in range(nodes))
    world.add("nodes", *(builder.node(name, _IMAGES) for name in names))
    items = []
    each = -(-pods // workloads) if workloads else PODS_PER_DEPLOYMENT
    for number in range((pods + each - 1) // each):
        count = min(each, pods - number * each)
        namespace = namespaces[number % NAMESPACES]
        spec = _spec(number)
        _, current = world.deploy("service-%05d" % number, namespace, count, spec)
        items.extend(_pods(current, namespace, number * each, count, nodes))
    lone_pods, lone_jobs = _lone(bare, namespaces, nodes)
    items.extend(lone_pods)
    cluster = world.cluster()
    for item in items:
        item.protobuf  # rendered now, so that no request waits for it
    cluster.collections["", "pods"] = store.Collection(items)
    if lone_jobs:
        cluster.collections["batch", "jobs"] = store.Collection(lone_jobs)
    cluster.is_large = True
    return cluster


def _spec(number):
    environment = [
        {"name": "SETTING_%02d" % index, "value": "value-%d-%s" % (index, "x" * 24)}
        for index in range(20)
    ]
    environment.append(
        {
            "name": "POD_IP",
            "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}},
        }
    )
    mounts = [
        {"name": "config", "mountPath": "/etc/service"},
        {"name": "kube-api-access", "readOnly": True,
         "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"},
    ]  # fmt: skip
    main = container(
        "service",
        _IMAGES[number % len(_IMAGES)],
        env=environment,
        ports=[{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        resources={"limits": {"memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "256Mi"}},
        volumeMounts=mounts,
        livenessProbe={
            "httpGet": {"path": "/healthz", "port": "http", "scheme": "HTTP"},
            "timeoutSeconds": 1,
            "periodSeconds": 10,
            "successThreshold": 1,
            "failureThreshold": 3,
        },
    )
    proxy = container("proxy", _IMAGES[(number + 3) % len(_IMAGES)], volumeMounts=mounts[1:])
    return pod_spec(
        [main, proxy],
        initContainers=[container("init", _IMAGES[(number + 5) % len(_IMAGES)])],
        volumes=[
            {"name": "config", "configMap": {"name": "service-%05d" % number, "defaultMode": 420}},
            {"name": "kube-api-access", "projected": {"defaultMode": 420, "sources": [
                {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                {"configMap": {"name": "kube-root-ca.crt",
                               "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
            ]}},
        ],
        serviceAccountName="service",
        tolerations=[
            {"key": "node.kubernetes.io/not-ready", "operator": "Exists",
             "effect": "NoExecute", "tolerationSeconds": 300},
        ],
    )  # fmt: skip


def _managed_fields(manager, field, value):
    """Ownership of fields in the server's own notation: about a third of a real Pod."""
    return {
        "manager": manager,
        "operation": "Update",
        "apiVersion": "v1",
        "time": builder.STARTED,
        "fieldsType": "FieldsV1",
        "fieldsV1": {field: _owned(value)},
    }


def _owned(value):
    if isinstance(value, dict):
        return {"f:" + key: _owned(entry) for key, entry in value.items()}
    if isinstance(value, list):
        named = [entry for entry in value if isinstance(entry, dict) and "name" in entry]
        return {'k:{"name":"%s"}' % entry["name"]: _owned(entry) for entry in named}
    return {}


def _pods(current, namespace, first, count, nodes):
    prefix = current["metadata"]["name"] + "-"
    spec = dict(current["spec"]["template"]["spec"])
    pattern = builder.pod(
        prefix + _SUFFIX,
        namespace,
        spec,
        node=_NODE,
        owners=[builder.owned_by(current, "apps/v1", "ReplicaSet")],
        labels=dict(current["spec"]["template"]["metadata"]["labels"]),
        uid=_UID,
        generateName=prefix,
    )
    pattern["metadata"]["resourceVersion"] = _VERSION
    pattern["status"].update(hostIP=_IP, podIP=_IP, podIPs=[{"ip": _IP}], qosClass="Burstable")
    pattern["metadata"]["managedFields"] = [
        _managed_fields("kube-controller-manager", "f:spec", spec),
        _managed_fields("kubelet", "f:status", pattern["status"]),
    ]
    text = json.dumps(pattern, separators=(",", ":")).encode()
    encoded = schema.encode("Pod", pattern)
    for index in range(count):
        serial = first + index
        values = [
            (_SUFFIX, "%06x" % (serial * 2654435761 % (1 << 24))),
            (_UID, "%08x-0000-4000-8000-ffffffffffff" % (serial + 1)),
            (_IP, "10.%d.%d.%d" % tuple(100 + serial // 150**step % 150 for step in range(3))),
            (_NODE, "worker-%04d" % (1000 + serial % nodes)),
            (_VERSION, "%08d" % (10000000 + serial)),
        ]  # fmt: skip
        yield _Copy("Pod", namespace, prefix + values[0][1], text, encoded, values)


def _lone(count, namespaces, nodes):
    """Pods without an owner and Jobs without Pods, in turn."""
    spec = pod_spec([container("main", "k8s.gcr.io/lone/%s:1" % _SUFFIX)])
    labels = {"app": "lone-" + _SUFFIX}
    pod = builder.pod("lone-" + _SUFFIX, "team-NN", spec, node=_NODE, labels=labels, uid=_UID)
    job = builder.job("lone-" + _SUFFIX, "team-NN", builder.template("lone-" + _SUFFIX, spec))
    job["metadata"]["uid"] = _UID
    kinds = []
    for kind, pattern in (("Pod", pod), ("Job", job)):
        text = json.dumps(pattern, separators=(",", ":")).encode()
        kinds.append((kind, text, schema.encode(kind, pattern)))
    made = ([], [])
    for serial in range(count):
        kind, text, encoded = kinds[serial % 2]
        namespace = namespaces[serial % len(namespaces)]
        values = [
            (_SUFFIX, "%06x" % serial),
            (_UID, "%08x-0000-4000-9000-ffffffffffff" % (serial + 1)),
            (_NODE, "worker-%04d" % (1000 + serial % nodes)),
            ("team-NN", namespace),
        ]
        name = "lone-%06x" % serial
        made[serial % 2].append(_Copy(kind, namespace, name, text, encoded, values))
    return made


class _Copy(store.Item):
    """An object that is rendered from a pattern, each form when first asked for."""

    __slots__ = ("_patterns", "_values")

    def __init__(self, kind, namespace, name, text, encoded, values):
        super().__init__(kind, namespace, name)
        self._patterns, self._values = (text, encoded), values

    def _render(self, pattern):
        for placeholder, value in self._values:
            pattern = pattern.replace(placeholder.encode(), value.encode())
        return pattern

    @property
    def json(self):
        if self._json is None:
            self._json = self._render(self._patterns[0])
        return self._json

    @property
    def protobuf(self):
        if self._protobuf is None:
            self._protobuf = self._render(self._patterns[1])
        return self._protobuf

    @property
    def object(self):
        return json.loads(self.json)
