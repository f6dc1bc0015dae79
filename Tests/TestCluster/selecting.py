"""Label and field selectors of list requests."""

import re

# What the server indexes beyond metadata.name and metadata.namespace.
_FIELDS = {
    "pods": {
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
        "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName",
    },
    "events": {
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
        "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
        "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    },
    "secrets": {"type"},
    "namespaces": {"status.phase"},
    "nodes": {"spec.unschedulable"},
    "replicationcontrollers": {"status.replicas"},
    "replicasets": {"status.replicas"},
    "jobs": {"status.successful"},
}  # fmt: skip


class UnsupportedField(ValueError):
    """The server has no such field label."""


class BadSelector(ValueError):
    """The selector does not parse."""


def field_predicate(text, resource):
    """A function of an object for `fieldSelector`, or None without one."""
    if not text:
        return None
    terms = []
    for part in text.split(","):
        match = re.match(r"([^=!]+)(==|!=|=)(.*)$", part)
        if not match:
            raise BadSelector("invalid selector: '%s'; can't understand '%s'" % (text, part))
        label, operator, wanted = match.groups()
        known = _FIELDS.get(resource.name, ()) if not resource.custom else ()
        if label not in ("metadata.name", "metadata.namespace") and label not in known:
            raise UnsupportedField("field label not supported: " + label)
        terms.append((label.split("."), operator != "!=", wanted))
    return lambda value: all((_field(value, way) == wanted) == same for way, same, wanted in terms)


def _field(value, way):
    if way == ["source"]:
        return value.get("source", {}).get("component", "")
    for name in way:
        value = value.get(name, "") if isinstance(value, dict) else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def label_predicate(text):
    """A function of an object for `labelSelector`, or None without one."""
    if not text:
        return None
    terms = [_label_term(part.strip()) for part in re.split(r",(?![^(]*\))", text)]
    return lambda value: all(
        term(value["metadata"].get("labels") or {}) for term in terms
    )


def _label_term(part):
    match = re.match(r"(\S+)\s+(in|notin)\s+\(([^)]*)\)$", part)
    if match:
        name, operator, body = match.groups()
        values = {value.strip() for value in body.split(",")}
        if operator == "in":
            return lambda labels: labels.get(name) in values
        return lambda labels: labels.get(name) not in values
    match = re.match(r"([^\s=!]+)\s*(==|!=|=)\s*(\S*)$", part)
    if match:
        name, operator, wanted = match.groups()
        if operator == "!=":
            return lambda labels: labels.get(name) != wanted
        return lambda labels: labels.get(name) == wanted
    if re.match(r"![^\s=!(),]+$", part):
        return lambda labels: part[1:] not in labels
    if re.match(r"[^\s=!(),]+$", part):
        return lambda labels: part in labels
    raise BadSelector("unable to parse requirement: " + part)
