"""What a cluster holds: resource types, and their objects as the bytes that are served.

An object's JSON is kept as the slice of the recording it came from, so that a list put together
again is the recorded one, byte for byte.
"""

import json

import schema
import wire

ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]


class ResourceType:
    """One served resource in one version, as discovery describes it."""

    def __init__(self, group, version, name, kind, namespaced, **more):
        self.group, self.version, self.name, self.kind = group, version, name, kind
        self.namespaced = namespaced
        self.singular = more.get("singular") or kind.lower()
        self.verbs = more.get("verbs") or ALL_VERBS
        self.short_names = more.get("short_names") or []
        self.categories = more.get("categories") or []
        self.has_status = more.get("has_status", False)
        self.custom = more.get("custom", False)

    @property
    def api_version(self):
        return self.group + "/" + self.version if self.group else self.version

    @property
    def qualified_name(self):
        """`deployments.apps`, as messages write it; `pods` in the core group."""
        return self.name + "." + self.group if self.group else self.name

    def at(self, version):
        """The same resource in another version."""
        copy = ResourceType.__new__(ResourceType)
        copy.__dict__.update(self.__dict__, version=version)
        return copy


class Item:
    """One object: JSON bytes without the type of a built-in kind, protobuf bytes where known."""

    __slots__ = ("namespace", "name", "_json", "_protobuf", "_object", "_kind")

    def __init__(self, kind, namespace, name, json_bytes=None, protobuf=None, value=None):
        self._kind, self.namespace, self.name = kind, namespace, name
        self._json, self._protobuf, self._object = json_bytes, protobuf, value

    @classmethod
    def of(cls, kind, value):
        """An item for a JSON object."""
        metadata = value["metadata"]
        return cls(kind, metadata.get("namespace", ""), metadata["name"], value=value)

    @property
    def key(self):
        return self.namespace + "/" + self.name if self.namespace else self.name

    @property
    def json(self):
        if self._json is None:
            self._json = json.dumps(
                self._object, separators=(",", ":"), ensure_ascii=False
            ).encode()
        return self._json

    @property
    def protobuf(self):
        if self._protobuf is None:
            self._protobuf = schema.encode(self._kind, self.object)
        return self._protobuf

    @property
    def is_encodable(self):
        return self._protobuf is not None or self._kind in schema.MESSAGES

    @property
    def object(self):
        if self._object is None:
            self._object = json.loads(self._json)
        return self._object


class Collection:
    """All objects of one resource, in the order of the server's keys."""

    def __init__(self, items=()):
        self.items = sorted(items, key=lambda item: item.key)
        self._by_namespace = None
        self._keys = {}

    def can_encode(self):
        """Whether every object has its protobuf form, recorded or through our own table."""
        return all(item.is_encodable for item in self.items)

    def within(self, namespace):
        """The items of a namespace; all of them for None."""
        if namespace is None:
            return self.items
        if self._by_namespace is None:
            self._by_namespace = {}
            for item in self.items:
                self._by_namespace.setdefault(item.namespace, []).append(item)
        return self._by_namespace.get(namespace, [])

    def keys(self, namespace):
        """The sort keys of `within(namespace)`, relative to the namespace."""
        if namespace not in self._keys:
            items = self.within(namespace)
            self._keys[namespace] = [item.name if namespace else item.key for item in items]
        return self._keys[namespace]

    def find(self, namespace, name):
        return next((item for item in self.within(namespace) if item.name == name), None)


class Cluster:
    """Everything that one test cluster serves."""

    def __init__(self, version, types, collections, resource_version=6874):
        self.version = version
        self.types = types
        self.collections = collections
        self.resource_version = resource_version
        self.has_aggregated_discovery = True
        self.has_openapi_v3 = True
        # Bodies served as recorded; see recorded.py.
        self.recorded_discovery = {}
        self.recorded_openapi = {}
        self.is_large = False

    def find_type(self, group, version, name):
        return next(
            (
                entry
                for entry in self.types
                if (entry.group, entry.version, entry.name) == (group, version, name)
            ),
            None,
        )

    def collection(self, resource):
        """A resource's objects: those of its version where that has its own form."""
        name = (resource.group, resource.name)
        found = self.collections.get(name + (resource.version,), self.collections.get(name))
        return Collection() if found is None else found

    def has_protobuf(self, resource):
        return not resource.custom and self.collection(resource).can_encode()

    def groups(self):
        """[(group, [version, …])] without the core group, in order of appearance."""
        found = {}
        for entry in self.types:
            versions = found.setdefault(entry.group, [])
            if entry.version not in versions:
                versions.append(entry.version)
        found.pop("", None)
        return list(found.items())


def split_json_list(body):
    """[(item bytes, item)] of a JSON list body, without touching a byte of the items."""
    text = body.decode()
    decoder = json.JSONDecoder()
    at = text.index('"items":[') + len('"items":[')
    items = []
    while text[at] != "]":
        if text[at] == ",":
            at += 1
        value, end = decoder.raw_decode(text, at)
        items.append((text[at:end].encode(), value))
        at = end
    return items


def split_protobuf_list(body):
    """[item bytes] of a protobuf list body."""
    return wire.split_list(wire.unwrap(body)[2])[1]
