"""The recorded cluster: every recording of Tests/Fixtures/recordings as a `Cluster`."""

import json
import os

import store

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Fixtures", "recordings")


def path(name):
    return os.path.join(FOLDER, name)


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def headers(name):
    """The recorded header fields of one answer, names in lower case."""
    lines = read(name + ".head").decode().splitlines()[1:]
    return {
        key.lower(): value for key, _, value in (line.partition(": ") for line in lines) if value
    }


def load():
    """The recorded cluster as the current release serves it."""
    types = resource_types()
    collections = {}
    for entry in types:
        known = collections.get((entry.group, entry.name))
        if known is None or not known.items:
            collections[entry.group, entry.name] = _collection(entry)
    cluster = store.Cluster(json.loads(read("version.body")), types, collections)
    cluster.recorded_discovery = _discovery()
    cluster.recorded_openapi = _openapi()
    return cluster


def resource_types(with_custom=True):
    """All resource types out of the aggregated discovery recordings."""
    custom = {
        item["spec"]["group"]
        for item in json.loads(
            read("all-apiextensions.k8s.io-customresourcedefinitions-json.body")
        )["items"]
    }
    types = []
    for name in ("api-aggregated", "apis-aggregated"):
        for group in json.loads(read(name + ".body"))["items"]:
            group_name = group["metadata"].get("name", "")
            if group_name in custom and not with_custom:
                continue
            for version in group["versions"]:
                for resource in version["resources"]:
                    types.append(
                        store.ResourceType(
                            group_name,
                            version["version"],
                            resource["resource"],
                            resource["responseKind"]["kind"],
                            resource["scope"] == "Namespaced",
                            singular=resource["singularResource"],
                            verbs=resource["verbs"],
                            short_names=resource.get("shortNames"),
                            categories=resource.get("categories"),
                            has_status=any(
                                sub["subresource"] == "status"
                                for sub in resource.get("subresources", ())
                            ),
                            custom=group_name in custom,
                        )
                    )
    return types


def _collection(entry):
    """The recorded list of a resource; an empty one where nothing was recorded."""
    base = "all-%s-%s" % (entry.group or "core", entry.name)
    if not os.path.exists(path(base + "-json.body")):
        return store.Collection()
    items = store.split_json_list(read(base + "-json.body"))
    protobuf = [None] * len(items)
    if os.path.exists(path(base + "-protobuf.body")):
        protobuf = store.split_protobuf_list(read(base + "-protobuf.body"))
    return store.Collection(
        store.Item(
            entry.kind,
            value["metadata"].get("namespace", ""),
            value["metadata"]["name"],
            json_bytes,
            encoded,
            value,
        )
        for (json_bytes, value), encoded in zip(items, protobuf)
    )


def _discovery():
    """{(path, form): (content type, body, extra headers)} as recorded."""
    out = {}
    for address, form, name in (
        ("/api", "legacy", "api-legacy"),
        ("/apis", "legacy", "apis-legacy"),
        ("/api/v1", "legacy", "api-v1-resources"),
        ("/apis/apps/v1", "legacy", "apis-apps-v1-resources"),
        ("/apis/argoproj.io/v1alpha1", "legacy", "apis-argoproj-v1alpha1-resources"),
        ("/api", "aggregated", "api-aggregated"),
        ("/apis", "aggregated", "apis-aggregated"),
        ("/apis", "aggregated-protobuf", "apis-aggregated-protobuf"),
    ):
        known = headers(name)
        extra = [(key, known[key.lower()]) for key in ("Etag", "Vary") if key.lower() in known]
        out[address, form] = (known["content-type"], read(name + ".body"), extra)
    return out


def _openapi():
    """{path under /openapi/v3/: body} of the recorded documents, and the index under "".

    A document is found in its recording by the path that its own request had.
    """
    out = {"": read("openapi-v3.body")}
    for entry in json.loads(read("index.json")):
        address = entry["request"].partition(" ")[2]
        if address.startswith("/openapi/v3/"):
            out[address[len("/openapi/v3/") :]] = read(entry["name"] + ".body")
    return out


def stale_discovery():
    """Discovery of a cluster whose aggregated API metrics.k8s.io does not answer."""
    out = _discovery()
    for form in ("legacy", "aggregated"):
        content_type, _, _ = out["/apis", form]
        out["/apis", form] = (content_type, read("broken-apiservice-apis-%s.body" % form), [])
    del out["/apis", "aggregated-protobuf"]
    return out
