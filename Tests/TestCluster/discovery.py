"""Discovery documents: what groups, versions and resources there are, legacy and aggregated."""

import hashlib
import json

import negotiation

AGGREGATED_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


def answer(cluster, path, accept):
    """(content type, body, headers) for a discovery path, None for 406.

    Raises KeyError for a path that is no discovery document.
    """
    parts = path.strip("/").split("/")
    if path in ("/api", "/apis"):
        form = negotiation.discovery_form(accept, cluster.has_aggregated_discovery)
        if form is None:
            return None
        if (path, form) in cluster.recorded_discovery:
            return cluster.recorded_discovery[path, form]
        if form == "aggregated-protobuf":
            return None
        if form == "aggregated":
            body = _dump(_aggregated(cluster, core=path == "/api"))
            etag = '"%s"' % hashlib.sha512(body).hexdigest().upper()
            return AGGREGATED_TYPE, body, [("Etag", etag), ("Vary", "Accept")]
        value = _versions() if path == "/api" else _group_list(cluster)
        return negotiation.JSON, _dump(value), []
    if negotiation.discovery_form(accept, False) is None:
        return None
    if (path, "legacy") in cluster.recorded_discovery:
        return cluster.recorded_discovery[path, "legacy"]
    if parts[0] == "apis" and len(parts) == 2:
        return negotiation.JSON, _dump(_one_group(cluster, parts[1])), []
    if parts == ["api", "v1"]:
        return negotiation.JSON, _dump(_resource_list(cluster, "", "v1")), []
    if parts[0] == "apis" and len(parts) == 3:
        return negotiation.JSON, _dump(_resource_list(cluster, parts[1], parts[2])), []
    raise KeyError(path)


def _dump(value):
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _versions():
    return {
        "kind": "APIVersions",
        "versions": ["v1"],
        "serverAddressByClientCIDRs": [
            {"clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:443"}
        ],
    }


def _group(name, versions):
    entries = [{"groupVersion": name + "/" + version, "version": version} for version in versions]
    return {"name": name, "versions": entries, "preferredVersion": entries[0]}


def _group_list(cluster):
    groups = [_group(name, versions) for name, versions in cluster.groups()]
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}


def _one_group(cluster, name):
    group = _group(name, dict(cluster.groups())[name])
    return dict({"kind": "APIGroup", "apiVersion": "v1"}, **group)


def _resource_list(cluster, group, version):
    resources = []
    for entry in cluster.types:
        if (entry.group, entry.version) != (group, version):
            continue
        value = {
            "name": entry.name,
            "singularName": entry.singular,
            "namespaced": entry.namespaced,
            "kind": entry.kind,
            "verbs": entry.verbs,
        }
        if entry.short_names:
            value["shortNames"] = entry.short_names
        if entry.categories:
            value["categories"] = entry.categories
        resources.append(value)
        if entry.has_status:
            resources.append(
                {
                    "name": entry.name + "/status",
                    "singularName": "",
                    "namespaced": entry.namespaced,
                    "kind": entry.kind,
                    "verbs": ["get", "patch", "update"],
                }
            )
    if not resources:
        raise KeyError(group + "/" + version)
    value = {"kind": "APIResourceList", "apiVersion": "v1"}
    if not group:
        del value["apiVersion"]
    value.update(groupVersion=group + "/" + version if group else version, resources=resources)
    return value


def _aggregated(cluster, core):
    groups = [("", ["v1"])] if core else cluster.groups()
    items = []
    for name, versions in groups:
        listed = [
            {
                "version": version,
                "resources": [
                    _aggregated_resource(entry)
                    for entry in cluster.types
                    if (entry.group, entry.version) == (name, version)
                ],
                "freshness": "Current",
            }
            for version in versions
        ]
        items.append({"metadata": {"name": name} if name else {}, "versions": listed})
    return {
        "kind": "APIGroupDiscoveryList",
        "apiVersion": "apidiscovery.k8s.io/v2",
        "metadata": {},
        "items": items,
    }


def _aggregated_resource(entry):
    kind = {
        "group": entry.group if entry.custom else "",
        "version": entry.version if entry.custom else "",
        "kind": entry.kind,
    }
    value = {
        "resource": entry.name,
        "responseKind": kind,
        "scope": "Namespaced" if entry.namespaced else "Cluster",
        "singularResource": entry.singular,
        "verbs": entry.verbs,
    }
    if entry.short_names:
        value["shortNames"] = entry.short_names
    if entry.categories:
        value["categories"] = entry.categories
    if entry.has_status:
        value["subresources"] = [
            {"subresource": "status", "responseKind": kind, "verbs": ["get", "patch", "update"]}
        ]
    return value
