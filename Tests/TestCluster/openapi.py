"""OpenAPI v3 documents: the recorded ones, and those of other custom resources from their CRDs."""

import hashlib
import json

_CRDS = ("apiextensions.k8s.io", "customresourcedefinitions")


class Documents:
    """The index at /openapi/v3 and the document of each group version, with its hash."""

    def __init__(self, cluster):
        self._cluster = cluster
        self._bodies = {
            name: body for name, body in cluster.recorded_openapi.items() if name
        }
        index = json.loads(cluster.recorded_openapi.get("", b'{"paths":{}}'))["paths"]
        self._hashes = {
            name: entry["serverRelativeURL"].partition("?hash=")[2] for name, entry in index.items()
        }
        for entry in cluster.types:
            name = "apis/" + entry.api_version if entry.group else "api/" + entry.version
            if name not in self._bodies:
                body = self._build(entry.group, entry.version)
                self._bodies[name] = body
                self._hashes.setdefault(name, hashlib.sha512(body).hexdigest().upper())

    def index(self):
        paths = {
            name: {"serverRelativeURL": "/openapi/v3/%s?hash=%s" % (name, self._hashes[name])}
            for name in sorted(self._hashes)
        }
        return json.dumps({"paths": paths}, separators=(",", ":")).encode()

    def document(self, name):
        """(body, hash), or None where there is no such document."""
        body = self._bodies.get(name)
        return None if body is None else (body, self._hashes[name])

    def _build(self, group, version):
        schemas = {}
        for item in self._cluster.collections.get(_CRDS, _Nothing).items:
            spec = item.object["spec"]
            if spec["group"] != group:
                continue
            for entry in spec.get("versions", ()):
                if entry["name"] != version:
                    continue
                schema = dict(entry.get("schema", {}).get("openAPIV3Schema", {"type": "object"}))
                schema["x-kubernetes-group-version-kind"] = [
                    {"group": group, "kind": spec["names"]["kind"], "version": version}
                ]
                reverse = ".".join(reversed(group.split(".")))
                schemas["%s.%s.%s" % (reverse, version, spec["names"]["kind"])] = schema
        value = {
            "openapi": "3.0.0",
            "info": {"title": "Kubernetes", "version": "1.36"},
            "paths": {},
            "components": {"schemas": schemas},
        }
        return json.dumps(value, separators=(",", ":")).encode()


class _Nothing:
    items = ()
