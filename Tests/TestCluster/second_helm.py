"""Helm releases and a ControllerRevision of the second population, whole and broken ones."""

import base64
import gzip
import json

import builder
from builder import container, metadata, owned_by, pod_spec, template


def add(world):
    _storefront(world)
    _crane(world)
    _broken(world)
    _old_ledger(world)


def _release(name, revision, chart, version, status="deployed", **more):
    """Helm's own record of one revision (helm.sh/helm pkg/release.Release)."""
    return {
        "name": name,
        "version": revision,
        "info": {"status": status, "description": "made by hand", "notes": "password: hunter2"},
        "chart": {
            "metadata": {"name": chart, "version": version, "apiVersion": "v2"},
            "templates": [{"name": "templates/all.yaml", "data": "aW1hZ2U6IHt7IC5WYWx1ZXMgfX0="}],
            "values": more.pop("values", {}),
            "files": [],
        },
        "config": more.pop("config", {}),
        "manifest": more.pop("manifest", ""),
        "hooks": more.pop("hooks", []),
        "namespace": more.pop("namespace", ""),
    }


def _labels(name, revision, status):
    return {
        "name": name, "owner": "helm", "status": status, "version": str(revision),
        "modifiedAt": "1763000000",
    }  # fmt: skip


def _packed(release):
    return base64.b64encode(gzip.compress(json.dumps(release).encode(), mtime=0))


def _store(world, namespace, name, revision, inner, status="deployed", kind="helm.sh/release.v1"):
    """A Secret of the secret driver; `inner` is what Helm itself encoded."""
    value = {
        "metadata": metadata(
            "Secret",
            "sh.helm.release.v1.%s.v%d" % (name, revision),
            namespace,
            labels=_labels(name, revision, status),
        ),
        "type": kind,
    }
    if inner is not None:
        value["data"] = {"release": base64.b64encode(inner).decode()}
    world.add("secrets", value)


def _storefront(world):
    """What it deployed lives; only its hook and its older revision say more than the cluster."""
    manifest = """---
# Source: storefront/templates/notes.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: storefront-notes
data:
  note: |
    containers:
    - name: never
      image: k8s.gcr.io/text-of-a-configmap:1
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
spec:
  replicas: 3
  template:
    spec:
      initContainers:
      - name: warm-cache
        image: k8s.gcr.io/e2e-test-images/busybox:1.29-4
      containers:
      - name: web
        image: %s
"""
    hook = """apiVersion: batch/v1
kind: Job
metadata:
  name: storefront-migrate
  annotations: {helm.sh/hook: "pre-upgrade,pre-rollback"}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: "gcr.io/google-containers/hyperkube:v1.12.0"}]
"""
    hooks = [
        {
            "name": "storefront-migrate",
            "kind": "Job",
            "path": "storefront/templates/migrate.yaml",
            "manifest": hook,
            "events": ["pre-upgrade", "pre-rollback"],
        }
    ]
    values = {
        "web": {"image": {"registry": "k8s.gcr.io", "repository": "nginx-slim", "tag": "0.7"}},
        "warmCache": {"image": "k8s.gcr.io/e2e-test-images/busybox:1.29-4"},
        "migrate": {"image": {"repository": "gcr.io/google-containers/hyperkube", "tag": ""}},
        "notAnImage": "k8s.gcr.io/values-alone-start-nothing:1",
    }
    for revision, status, tag in ((6, "superseded", "0.7"), (7, "deployed", "0.8")):
        release = _release(
            "storefront", revision, "storefront", "2.3.%d" % revision, status,
            values=values, config={"web": {"image": {"tag": tag}}},
            manifest=manifest % ("k8s.gcr.io/nginx-slim:" + tag), hooks=hooks, namespace="bazaar",
        )  # fmt: skip
        _store(world, "bazaar", "storefront", revision, _packed(release), status)


def _crane(world):
    """The ConfigMap driver, plain JSON of an old Helm, one document broken, another kind's pods."""
    manifest = """apiVersion: v1
kind: List
items:
- apiVersion: batch/v1beta1
  kind: CronJob
  metadata: {name: crane-report, namespace: quiet}
  spec:
    jobTemplate:
      spec:
        template:
          spec:
            containers: [{name: report, image: "k8s.gcr.io/kubectl:v1.17.0"}]
---
broken: [unclosed
password: hunter2
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: crane-ui}
spec:
  template:
    spec:
      containers: [{name: ui, image: "quay.io/k8scsi/csi-provisioner:v1.6.0"}]
"""
    release = _release(
        "crane", 1, "crane", "0.1.0", manifest=manifest, namespace="freight",
        config={"global": {"imageRegistry": "quay.io"}, "ui": {"image": "k8scsi/csi-provisioner"}},
    )  # fmt: skip
    world.add(
        "configmaps",
        {
            "metadata": metadata(
                "ConfigMap",
                "sh.helm.release.v1.crane.v1",
                "freight",
                labels=_labels("crane", 1, "deployed"),
            ),
            "data": {"release": base64.b64encode(json.dumps(release).encode()).decode()},
        },
    )


def _broken(world):
    good = gzip.compress(json.dumps(_release("cut", 1, "cut", "1.0.0")).encode(), mtime=0)
    bomb = gzip.compress(b'{"manifest":"' + b"a" * (8 << 20) + b'"}', mtime=0)
    cases = {
        "bomb": base64.b64encode(bomb),
        "cut": base64.b64encode(good[: len(good) // 2]),
        "flipped": base64.b64encode(good[:40] + bytes([good[40] ^ 0xFF]) + good[41:]),
        "list": base64.b64encode(gzip.compress(b"[1, 2]", mtime=0)),
        "no-base64": b"hunter2: not base64!",
        "nothing": None,
    }
    for name, inner in cases.items():
        _store(world, "lookalikes", name, 1, inner)
    # Helm's labels on somebody's own Secret: the type tells, and it is never asked for.
    mine = _release(
        "mine", 1, "mine", "1.0.0",
        manifest="apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: "
        "[{name: c, image: k8s.gcr.io/not-a-release:1}]}\n",
    )  # fmt: skip
    _store(world, "lookalikes", "mine", 1, _packed(mine), kind="Opaque")


def _old_ledger(world):
    """The StatefulSet's template of last month: a rollback would bring its image back."""
    ledger = next(
        value
        for value in world._objects["apps", "statefulsets"]
        if value["metadata"]["name"] == "ledger"
    )
    old = template(
        "ledger",
        pod_spec([container("postgresql", "docker.io/bitnami/postgresql:14.9.0-debian-11-r12")]),
    )
    for revision, pods in ((1, old), (2, ledger["spec"]["template"])):
        world.add(
            "controllerrevisions",
            {
                "metadata": metadata(
                    "ControllerRevision",
                    "ledger-%s" % builder.digest("ledger%d" % revision)[7:17],
                    "bazaar",
                    labels={"app": "ledger"},
                    ownerReferences=[owned_by(ledger, "apps/v1", "StatefulSet")],
                ),
                "data": {"spec": {"template": dict(pods, **{"$patch": "replace"})}},
                "revision": revision,
            },
            group="apps",
        )
