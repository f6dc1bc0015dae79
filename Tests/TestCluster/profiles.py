"""Older releases: the same objects as a server of that release would have stored and served them.

Facts come from the Kubernetes changelogs and the deprecated-API migration guide: which versions
each group had, and the release in which a field was on by default. A server drops fields that it
does not know, so they are dropped here: an old server shows a sidecar as a plain init container,
and knows no ephemeral containers, image volumes, suspended Jobs or time zones.
"""

import copy

import schema
import store


class Release:
    """What a release serves beyond `v1` of every group."""

    def __init__(self, minor, patch, go, commit, groups, resources, without):
        self.minor = minor
        self.version = {
            "major": "1",
            "minor": str(minor),
            "gitVersion": "v1.%d.%d" % (minor, patch),
            "gitCommit": commit,
            "gitTreeState": "clean",
            "buildDate": "2022-01-19T17:23:01Z",
            "goVersion": go,
            "compiler": "gc",
            "platform": "linux/amd64",
        }
        self._groups, self._resources, self._without = groups, resources, without

    def versions(self, group, name):
        """The versions in which a built-in resource is served, the preferred one first."""
        if group in self._without or name in self._without:
            return []
        return self._resources.get(name, self._groups.get(group, ["v1"]))


_BOTH = ["v1", "v1beta1"]
_OLD_GROUPS = {
    "admissionregistration.k8s.io": _BOTH,
    "apiextensions.k8s.io": _BOTH,
    "apiregistration.k8s.io": _BOTH,
    "authentication.k8s.io": _BOTH,
    "authorization.k8s.io": _BOTH,
    "coordination.k8s.io": _BOTH,
    "rbac.authorization.k8s.io": _BOTH,
    "scheduling.k8s.io": _BOTH,
    "autoscaling": ["v1", "v2beta1", "v2beta2"],
    "policy": ["v1beta1"],
}
# Introduced after 1.24.
_NEWER = {
    "resource.k8s.io", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings",
    "validatingadmissionpolicies", "validatingadmissionpolicybindings", "ipaddresses",
    "servicecidrs", "selfsubjectreviews", "volumeattributesclasses",
}  # fmt: skip

RELEASES = {
    "1.24": Release(
        24, 17, "go1.20.7", "22a9682c8fe855c321be75c5faacde343f909b04",
        {
            "autoscaling": ["v2", "v1", "v2beta1", "v2beta2"],
            "discovery.k8s.io": _BOTH,
            "events.k8s.io": _BOTH,
            "flowcontrol.apiserver.k8s.io": ["v1beta2", "v1beta1"],
            "node.k8s.io": _BOTH,
            "policy": _BOTH,
        },
        {"cronjobs": _BOTH, "csistoragecapacities": _BOTH},
        _NEWER,
    ),
    "1.20": Release(
        20, 15, "go1.15.15", "8f1e5bf0b9729a899b8df86249b56e2c74aebc55",
        dict(
            _OLD_GROUPS,
            **{
                "certificates.k8s.io": _BOTH,
                "discovery.k8s.io": ["v1beta1"],
                "events.k8s.io": _BOTH,
                "flowcontrol.apiserver.k8s.io": ["v1beta1"],
                "node.k8s.io": _BOTH,
            }
        ),
        {"cronjobs": ["v1beta1"], "ingresses": _BOTH, "ingressclasses": _BOTH},
        _NEWER | {"csistoragecapacities"},
    ),
    "1.16": Release(
        16, 15, "go1.13.15", "2adc8d7091e89b6e3ca8d048140618ec89b39369",
        dict(
            _OLD_GROUPS,
            **{
                "certificates.k8s.io": ["v1beta1"],
                "events.k8s.io": ["v1beta1"],
                "node.k8s.io": ["v1beta1"],
            }
        ),
        {
            "cronjobs": ["v1beta1"], "ingresses": ["v1beta1"],
            "csidrivers": ["v1beta1"], "csinodes": ["v1beta1"],
        },
        _NEWER
        | {
            "csistoragecapacities", "discovery.k8s.io", "flowcontrol.apiserver.k8s.io",
            "ingressclasses",
        },
    ),
}  # fmt: skip

# (kind or "", path, first minor release that has it). In a path, `[]` steps into a list and
# `*` into the pod spec of any kind that has one.
_FIELDS = [
    ("", "metadata.managedFields", 18),
    ("", "metadata.managedFields[].subresource", 22),
    ("Pod", "metadata.generation", 33),
    ("Pod", "status.observedGeneration", 33),
    ("Pod", "status.hostIPs", 28),
    ("Pod", "status.ephemeralContainerStatuses", 23),
    ("", "*.ephemeralContainers", 23),
    ("", "*.initContainers[].restartPolicy", 29),
    ("", "*.preemptionPolicy", 19),
    ("Deployment", "status.terminatingReplicas", 33),
    ("ReplicaSet", "status.terminatingReplicas", 33),
    ("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", 27),
    ("StatefulSet", "status.availableReplicas", 22),
    ("DaemonSet", "spec.updateStrategy.rollingUpdate.maxSurge", 22),
    ("Job", "spec.completionMode", 22),
    ("Job", "spec.suspend", 22),
    ("Job", "spec.ttlSecondsAfterFinished", 21),
    ("Job", "spec.podReplacementPolicy", 29),
    ("Job", "status.ready", 24),
    ("Job", "status.terminating", 29),
    ("Job", "status.uncountedTerminatedPods", 23),
    ("CronJob", "spec.timeZone", 25),
    ("CronJob", "spec.jobTemplate.spec.suspend", 22),
    ("CronJob", "status.lastSuccessfulTime", 21),
]

_POD_SPECS = {
    "Pod": "spec",
    "PodTemplate": "template.spec",
    "CronJob": "spec.jobTemplate.spec.template.spec",
    "ReplicationController": "spec.template.spec",
    "Deployment": "spec.template.spec",
    "ReplicaSet": "spec.template.spec",
    "StatefulSet": "spec.template.spec",
    "DaemonSet": "spec.template.spec",
    "Job": "spec.template.spec",
}


def apply(cluster, name):
    """The cluster as release `name` serves it."""
    release = RELEASES[name]
    types, seen = [], set()
    for entry in cluster.types:
        if entry.custom:
            types.append(entry)
        elif (entry.group, entry.name) not in seen:
            seen.add((entry.group, entry.name))
            types.extend(entry.at(version) for version in release.versions(entry.group, entry.name))
    # Discovery lists the versions of a group in the order of preference.
    groups = [entry.group for entry in types]
    types.sort(key=lambda entry: (groups.index(entry.group), _preference(entry.version)))
    kinds = {(entry.group, entry.name): entry for entry in reversed(types)}
    collections = {
        key: _collection(cluster.collections[key], kinds[key], release)
        for key in kinds
        if key in cluster.collections
    }
    definitions = ("apiextensions.k8s.io", "customresourcedefinitions")
    if release.minor < 22 and definitions in collections:
        collections[definitions + ("v1beta1",)] = store.Collection(
            store.Item.of("CustomResourceDefinitionV1beta1", _old_definition(item.object))
            for item in collections[definitions].items
        )
    old = store.Cluster(release.version, types, collections, cluster.resource_version)
    old.has_aggregated_discovery = False
    old.has_openapi_v3 = release.minor >= 24
    if old.has_openapi_v3:
        old.recorded_openapi = {
            path: body
            for path, body in cluster.recorded_openapi.items()
            if path and any(entry.custom and path == "apis/" + entry.api_version for entry in types)
        }
    old.is_large = cluster.is_large
    return old


def _preference(version):
    order = {"v2": 0, "v1": 1, "v1beta2": 2, "v1beta1": 3}
    return (order.get(version, 4), version)


def _collection(collection, entry, release):
    if entry.custom or entry.kind not in schema.MESSAGES:
        # Custom objects have no newer fields; other kinds keep their recorded protobuf form.
        return collection
    items = []
    for item in collection.items:
        changed = _older(item.object, entry, release)
        items.append(item if changed is None else store.Item.of(entry.kind, changed))
    return store.Collection(items)


def _older(value, entry, release):
    """A copy of an object as the release stored it; None where nothing changes."""
    original, value = value, copy.deepcopy(value)
    spec_path = _POD_SPECS.get(entry.kind)
    for kind, path, since in _FIELDS:
        if release.minor >= since or kind not in ("", entry.kind):
            continue
        if path.startswith("*"):
            if spec_path is None:
                continue
            path = spec_path + path[1:]
        _drop(value, path.split("."))
    if spec_path:
        _drop_image_volumes(value, spec_path.split("."))
    metadata = value["metadata"]
    if entry.kind == "Pod" and release.minor < 28:
        conditions = value.get("status", {}).get("conditions")
        if conditions:
            value["status"]["conditions"] = [
                condition
                for condition in conditions
                if condition["type"] != "PodReadyToStartContainers"
            ]
    if entry.kind == "Namespace" and release.minor < 21:
        metadata.get("labels", {}).pop("kubernetes.io/metadata.name", None)
    if release.minor < 21:
        for owner in metadata.get("ownerReferences", ()):
            if (owner["apiVersion"], owner["kind"]) == ("batch/v1", "CronJob"):
                owner["apiVersion"] = "batch/v1beta1"
    if release.minor < 20:
        metadata["selfLink"] = _self_link(entry, metadata)
    return None if value == original else value


def _drop(value, path):
    name, rest = path[0], path[1:]
    if not isinstance(value, dict):
        return
    if name.endswith("[]"):
        for element in value.get(name[:-2], ()):
            _drop(element, rest)
    elif not rest:
        value.pop(name, None)
    else:
        _drop(value.get(name), rest)


def _drop_image_volumes(value, path):
    """No release up to 1.24 knows image volumes: the volume and its mounts go."""
    for name in path:
        value = value.get(name, {})
    gone = {volume["name"] for volume in value.get("volumes", ()) if "image" in volume}
    if not gone:
        return
    value["volumes"] = [volume for volume in value["volumes"] if volume["name"] not in gone]
    for containers in ("containers", "initContainers", "ephemeralContainers"):
        for container in value.get(containers, ()):
            if "volumeMounts" in container:
                container["volumeMounts"] = [
                    mount for mount in container["volumeMounts"] if mount["name"] not in gone
                ]


def _self_link(entry, metadata):
    parts = ["/apis/" + entry.api_version if entry.group else "/api/" + entry.version]
    if metadata.get("namespace"):
        parts += ["namespaces", metadata["namespace"]]
    return "/".join(parts + [entry.name, metadata["name"]])


def _old_definition(value):
    """A CustomResourceDefinition in apiextensions.k8s.io/v1beta1.

    As the server converts it: what all versions share stands at the top of the spec.
    """
    value = copy.deepcopy(value)
    spec = value["spec"]
    versions = spec["versions"]
    spec["version"] = versions[0]["name"]
    for old, new in (
        ("validation", "schema"),
        ("subresources", "subresources"),
        ("additionalPrinterColumns", "additionalPrinterColumns"),
    ):
        found = [version.get(new) for version in versions]
        if found[0] is not None and all(entry == found[0] for entry in found):
            spec[old] = found[0]
            for version in versions:
                del version[new]
    spec["preserveUnknownFields"] = False
    return value
