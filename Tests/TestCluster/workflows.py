"""Any number of finished Argo Workflows, each with a large status, for tests of memory.

The status is the same text in all of them, so that the server itself stays small; it names
images, which a scan must neither report nor keep.
"""

import json

import builder
import store
from builder import metadata

STATUS_BYTES = 100_000
_SCHEMA = {
    "type": "object",
    "properties": {
        "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
    },
}


def build(count):
    world = builder.World("v1.33.4")
    for name in ("ci", "default", "kube-system"):
        world.namespace(name)
    world.define("argoproj.io", "v1alpha1", "workflows", "Workflow", _SCHEMA, [])
    cluster = world.cluster()
    status = json.dumps(_status(), separators=(",", ":")).encode()
    cluster.collections["argoproj.io", "workflows"] = store.Collection(
        _Workflow(number, status) for number in range(count)
    )
    return cluster


def _status():
    nodes = {}
    for number in range(STATUS_BYTES // 400):
        nodes["build-%05d" % number] = {
            "type": "Pod",
            "phase": "Succeeded",
            "message": "x" * 250,
            "inputs": {"parameters": [{"name": "image", "value": "k8s.gcr.io/status:%d" % number}]},
        }
    return {"phase": "Succeeded", "finishedAt": "2026-11-20T00:00:00Z", "nodes": nodes}


class _Workflow(store.Item):
    """One Workflow, put together when it is asked for."""

    __slots__ = ("_head", "_status")

    def __init__(self, number, status):
        name = "build-%05d" % number
        super().__init__("Workflow", "ci", name)
        container = {"image": "k8s.gcr.io/kaniko:%d" % (number % 50), "command": ["build"]}
        head = {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Workflow",
            "metadata": metadata("Workflow", name, "ci"),
            "spec": {"entrypoint": "main", "templates": [{"name": "main", "container": container}]},
        }
        self._head = json.dumps(head, separators=(",", ":")).encode()[:-1] + b',"status":'
        self._status = status

    @property
    def json(self):
        return self._head + self._status + b"}"

    @property
    def object(self):
        return json.loads(self.json)
