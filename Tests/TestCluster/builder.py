"""Small constructors for hand-written populations: objects as a real server would store them.

Every function returns plain JSON objects; `World` collects them and makes the `Cluster`.
"""

import hashlib
import uuid

import recorded
import store

CREATED = "2026-10-02T09:15:00Z"
STARTED = "2026-11-18T07:30:00Z"


def digest(text):
    """A made-up sha256 digest that is the same on every run."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def uid(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def metadata(kind, name, namespace="", **more):
    value = {"name": name}
    if namespace:
        value["namespace"] = namespace
    value["uid"] = more.pop("uid", uid(kind, namespace, name))
    value["resourceVersion"] = str(2000 + int(value["uid"][:3], 16))
    value["creationTimestamp"] = more.pop("created", CREATED)
    value.update((key, entry) for key, entry in more.items() if entry)
    return value


def owner(api_version, value_kind, value_name, value_uid, controller=True):
    reference = {"apiVersion": api_version, "kind": value_kind, "name": value_name}
    reference["uid"] = value_uid
    if controller:
        reference.update(controller=True, blockOwnerDeletion=True)
    return reference


def owned_by(value, api_version, kind):
    """The controller reference to an object."""
    return owner(api_version, kind, value["metadata"]["name"], value["metadata"]["uid"])


def container(name, image, policy=None, **more):
    """A container with the pull policy that the server would have filled in."""
    if policy is None:
        last = image.rpartition("/")[2].partition("@")[0]
        tag = last.partition(":")[2]
        is_latest = tag == "latest" or (not tag and "@" not in image)
        policy = "Always" if is_latest else "IfNotPresent"
    value = {"name": name, "image": image}
    value.update(more)
    value.setdefault("resources", {})
    value["terminationMessagePath"] = "/dev/termination-log"
    value["terminationMessagePolicy"] = "File"
    value["imagePullPolicy"] = policy
    return value


def pod_spec(containers, **more):
    value = {"containers": containers}
    value.update(more)
    value.setdefault("restartPolicy", "Always")
    value["dnsPolicy"] = "ClusterFirst"
    value["schedulerName"] = "default-scheduler"
    return value


def template(name, spec, **more):
    labels = dict({"app": name}, **more.pop("labels", {}))
    value = {"metadata": dict({"labels": labels}, **more), "spec": spec}
    return value


def running(name, image, **more):
    status = {
        "name": name,
        "state": {"running": {"startedAt": STARTED}},
        "lastState": {},
        "ready": True,
        "restartCount": 0,
        "image": image,
        "imageID": image.partition("@")[0].rpartition(":")[0] + "@" + digest(image),
        "containerID": "containerd://" + digest(name + image)[7:],
        "started": True,
    }
    status.update(more)
    return status


def waiting(name, image, reason, message=None):
    state = {"reason": reason}
    if message is not None:
        state["message"] = message
    return {
        "name": name,
        "state": {"waiting": state},
        "lastState": {},
        "ready": False,
        "restartCount": 0,
        "image": image,
        "imageID": "",
        "started": False,
    }


def terminated(name, image, code=0):
    state = {
        "exitCode": code,
        "reason": "Error" if code else "Completed",
        "startedAt": STARTED,
        "finishedAt": STARTED,
    }
    return running(name, image, state={"terminated": state}, ready=False, started=False)


def pod(name, namespace, spec, phase="Running", node="w-1", owners=(), statuses=None, **more):
    """A Pod whose containers run, unless `statuses` (by container name) says otherwise."""
    statuses = statuses or {}
    full = dict(spec, nodeName=node) if node else dict(spec)
    status = {"phase": phase}
    for field in ("reason", "message"):
        if field in more:
            status[field] = more.pop(field)
    if node:
        status["conditions"] = [
            {"type": "PodScheduled", "status": "True", "lastTransitionTime": STARTED}
        ]
        status["startTime"] = STARTED
    if phase in ("Running", "Pending", "Succeeded") and node:
        ended = phase == "Succeeded"
        for field, key in (
            ("containerStatuses", "containers"),
            ("initContainerStatuses", "initContainers"),
            ("ephemeralContainerStatuses", "ephemeralContainers"),
        ):
            known = [
                statuses.get(entry["name"])
                or (terminated if ended else running)(entry["name"], entry["image"])
                for entry in full.get(key, ())
            ]
            if known:
                status[field] = known
    labels = more.pop("labels", {"app": name})
    return {
        "metadata": metadata(
            "Pod", name, namespace, labels=labels, ownerReferences=list(owners), **more
        ),
        "spec": full,
        "status": status,
    }


def deployment(name, namespace, replicas, pod_template, **more):
    ready = more.pop("ready", replicas)
    status = {"observedGeneration": 1}
    if replicas:
        status.update(replicas=replicas, updatedReplicas=replicas)
    if ready:
        status.update(readyReplicas=ready, availableReplicas=ready)
    more.setdefault("annotations", {"deployment.kubernetes.io/revision": "1"})
    return {
        "metadata": metadata(
            "Deployment", name, namespace, labels=more.pop("labels", {"app": name}), **more
        ),
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": pod_template,
            "strategy": {"type": "RollingUpdate"},
            "revisionHistoryLimit": 10,
        },
        "status": status,
    }


def replica_set(name, namespace, replicas, pod_template, owners=(), revision=1, **more):
    return {
        "metadata": metadata(
            "ReplicaSet",
            name,
            namespace,
            labels=dict(pod_template["metadata"]["labels"]),
            annotations={"deployment.kubernetes.io/revision": str(revision)} if owners else None,
            ownerReferences=list(owners),
            **more
        ),
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": dict(pod_template["metadata"]["labels"])},
            "template": pod_template,
        },
        "status": {"replicas": replicas, "readyReplicas": replicas, "observedGeneration": 1},
    }


def stateful_set(name, namespace, replicas, pod_template):
    return {
        "metadata": metadata("StatefulSet", name, namespace, labels={"app": name}),
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": pod_template,
            "serviceName": name,
        },
        "status": {"replicas": replicas, "readyReplicas": replicas, "observedGeneration": 1},
    }


def daemon_set(name, namespace, desired, pod_template):
    return {
        "metadata": metadata("DaemonSet", name, namespace, labels={"app": name}),
        "spec": {"selector": {"matchLabels": {"app": name}}, "template": pod_template},
        "status": {
            "currentNumberScheduled": desired,
            "numberMisscheduled": 0,
            "desiredNumberScheduled": desired,
            "numberReady": desired,
            "observedGeneration": 1,
        },
    }


def job(name, namespace, pod_template, outcome=None, owners=(), suspend=False):
    """A Job; `outcome` is None while it runs, else `Complete` or `Failed`."""
    status = {"startTime": STARTED}
    if suspend:
        status = {"conditions": [_condition("Suspended")]}
    elif outcome is None:
        status.update(active=1, ready=1)
    else:
        status["conditions"] = [_condition(outcome)]
        if outcome == "Complete":
            status.update(succeeded=1, completionTime=STARTED)
        else:
            status.update(failed=1)
    return {
        "metadata": metadata(
            "Job", name, namespace, labels={"app": name}, ownerReferences=list(owners)
        ),
        "spec": {
            "parallelism": 1,
            "completions": 1,
            "backoffLimit": 3,
            "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": uid("ctl", name)}},
            "template": pod_template,
            "suspend": suspend,
        },
        "status": status,
    }


def _condition(name):
    return {
        "type": name,
        "status": "True",
        "lastProbeTime": STARTED,
        "lastTransitionTime": STARTED,
    }


def cron_job(name, namespace, pod_template, suspend=False):
    return {
        "metadata": metadata("CronJob", name, namespace, labels={"app": name}),
        "spec": {
            "schedule": "15 3 * * *",
            "concurrencyPolicy": "Forbid",
            "suspend": suspend,
            "jobTemplate": {"metadata": {}, "spec": {"template": pod_template}},
            "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 1,
        },
        "status": {"lastScheduleTime": STARTED},
    }


def event(namespace, about, reason, message, kind="Warning", path=None):
    name = about["metadata"]["name"]
    involved = {
        "kind": "Pod",
        "namespace": namespace,
        "name": name,
        "uid": about["metadata"]["uid"],
        "apiVersion": "v1",
    }
    if path:
        involved["fieldPath"] = path
    serial = hashlib.sha256((name + reason + message).encode()).hexdigest()[:16]
    return {
        "metadata": metadata("Event", name + "." + serial, namespace),
        "involvedObject": involved,
        "reason": reason,
        "message": message,
        "source": {"component": "kubelet", "host": "w-1"},
        "firstTimestamp": STARTED,
        "lastTimestamp": "2026-11-21T02:00:00Z",
        "count": 7,
        "type": kind,
        "eventTime": None,
        "reportingComponent": "kubelet",
        "reportingInstance": "w-1",
    }


def node(name, images, runtime="containerd://2.1.4", **spec):
    return {
        "metadata": metadata("Node", name, labels={"kubernetes.io/hostname": name}),
        "spec": dict({"podCIDR": "10.42.0.0/24"}, **spec),
        "status": {
            "capacity": {"cpu": "8", "memory": "32Gi", "pods": "110"},
            "conditions": [
                {"type": "Ready", "status": "True", "lastTransitionTime": STARTED}
            ],
            "nodeInfo": {
                "machineID": uid("machine", name),
                "systemUUID": uid("system", name),
                "bootID": uid("boot", name),
                "kernelVersion": "6.8.0-31-generic",
                "osImage": "Ubuntu 24.04.2 LTS",
                "containerRuntimeVersion": runtime,
                "kubeletVersion": "v1.33.4",
                "kubeProxyVersion": "",
                "operatingSystem": "linux",
                "architecture": "amd64",
            },
            "images": [
                {
                    "names": [image.rpartition(":")[0] + "@" + digest(image), image],
                    "sizeBytes": 12345678,
                }
                for image in images
            ],
        },
    }


class World:
    """Objects by resource, and the cluster made of them."""

    def __init__(self, git_version):
        minor = git_version.split(".")[1]
        self._version = {
            "major": "1",
            "minor": minor,
            "gitVersion": git_version,
            "gitCommit": hashlib.sha1(git_version.encode()).hexdigest(),
            "gitTreeState": "clean",
            "buildDate": "2025-08-13T00:00:00Z",
            "goVersion": "go1.24.5",
            "compiler": "gc",
            "platform": "linux/amd64",
        }
        self._types = recorded.resource_types(with_custom=False)
        self._objects = {}
        self._services = set()

    def add(self, resource, *values, group=""):
        """Adds objects of a resource, for example `add("deployments", …, group="apps")`."""
        self._objects.setdefault((group, resource), []).extend(values)
        return values[0] if len(values) == 1 else values

    def namespace(self, name, phase="Active", **more):
        labels = dict({"kubernetes.io/metadata.name": name}, **more.pop("labels", {}))
        return self.add(
            "namespaces",
            {
                "metadata": metadata("Namespace", name, labels=labels, **more),
                "spec": {"finalizers": ["kubernetes"]},
                "status": {"phase": phase},
            },
        )

    def deploy(self, name, namespace, replicas, spec, **more):
        """A Deployment with its current ReplicaSet; returns (deployment, replica set)."""
        revision = more.pop("revision", 1)
        annotations = {"deployment.kubernetes.io/revision": str(revision)}
        annotations.update(more.pop("annotations", {}))
        pod_template = template(name, spec)
        top = self.add(
            "deployments",
            deployment(name, namespace, replicas, pod_template, annotations=annotations, **more),
            group="apps",
        )
        current = self.revision(top, replicas, spec, revision)
        return top, current

    def revision(self, top, replicas, spec, revision):
        """A ReplicaSet of a Deployment."""
        name, namespace = top["metadata"]["name"], top["metadata"]["namespace"]
        hashed = hashlib.sha256(("%s%s%d" % (namespace, name, revision)).encode()).hexdigest()[:9]
        pod_template = template(name, spec, labels={"pod-template-hash": hashed})
        return self.add(
            "replicasets",
            replica_set(
                "%s-%s" % (name, hashed),
                namespace,
                replicas,
                pod_template,
                [owned_by(top, "apps/v1", "Deployment")],
                revision,
            ),
            group="apps",
        )

    def pods_of(self, value, kind, count, spec=None, **more):
        """Pods that an object (a ReplicaSet, Job …) controls."""
        api_version = {"Job": "batch/v1", "ReplicationController": "v1"}.get(kind, "apps/v1")
        made = []
        for index in range(count):
            suffix = hashlib.sha256(
                (value["metadata"]["uid"] + more.get("phase", "") + str(index)).encode()
            ).hexdigest()[:5]
            made.append(
                pod(
                    value["metadata"]["name"] + "-" + suffix,
                    value["metadata"]["namespace"],
                    spec or value["spec"]["template"]["spec"],
                    owners=[owned_by(value, api_version, kind)],
                    labels=dict(value["spec"]["template"]["metadata"]["labels"]),
                    **more
                )
            )
        self.add("pods", *made)
        return made

    def define(self, group, version, plural, kind, schema, objects, namespaced=True):
        """A custom resource: its definition, its type, and its objects."""
        definition = {
            "metadata": metadata("CustomResourceDefinition", plural + "." + group),
            "spec": {
                "group": group,
                "names": {
                    "plural": plural,
                    "singular": kind.lower(),
                    "kind": kind,
                    "listKind": kind + "List",
                },
                "scope": "Namespaced" if namespaced else "Cluster",
                "versions": [
                    {
                        "name": version,
                        "served": True,
                        "storage": True,
                        "schema": {"openAPIV3Schema": schema},
                    }
                ],
                "conversion": {"strategy": "None"},
            },
            "status": {"storedVersions": [version]},
        }
        self.add("customresourcedefinitions", definition, group="apiextensions.k8s.io")
        self.serve(group, version)
        self._types.append(
            store.ResourceType(group, version, plural, kind, namespaced, custom=True)
        )
        self._custom(group, version, plural, kind, objects)

    def aggregate(self, group, version, plural, kind, objects, namespaced=True):
        """A resource that an API server of its own answers for, as its APIService says."""
        self._types.append(
            store.ResourceType(group, version, plural, kind, namespaced, custom=True)
        )
        self._custom(group, version, plural, kind, objects)
        service = {"namespace": "kube-system", "name": "server-of-" + group, "port": 443}
        self.serve(group, version, service=service)

    def serve(self, group, version, **more):
        """The APIService of a group version, once."""
        name = version + "." + group
        if name in self._services:
            return
        self._services.add(name)
        spec = {"group": group, "version": version, "groupPriorityMinimum": 1000}
        value = {
            "metadata": metadata("APIService", name),
            "spec": dict(spec, versionPriority=100, **more),
        }
        self.add("apiservices", value, group="apiregistration.k8s.io")

    def _custom(self, group, version, plural, kind, objects):
        typed = [
            dict({"apiVersion": group + "/" + version, "kind": kind}, **value) for value in objects
        ]
        self._objects.setdefault((group, plural), []).extend(typed)

    def cluster(self):
        kinds = {(entry.group, entry.name): entry.kind for entry in self._types}
        collections = {
            key: store.Collection(store.Item.of(kinds[key], value) for value in values)
            for key, values in self._objects.items()
        }
        return store.Cluster(self._version, self._types, collections)
