"""`metav1.Status` answers, worded and encoded as a real API server does."""

import json

import negotiation
import schema
import wire


def make(code, reason, message, details=None, token=None):
    """A Status object with the fields in the server's order."""
    status = {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {"continue": token} if token else {},
        "status": "Failure",
        "message": message,
        "reason": reason,
    }
    if details is not None:
        status["details"] = details
    status["code"] = code
    return status


def encode(status, accept, pretty=False):
    """(content type, body) of a Status for a client."""
    if negotiation.status_type(accept) == negotiation.PROTOBUF:
        return negotiation.PROTOBUF, wire.wrap("v1", "Status", _message(status))
    if pretty:
        return negotiation.JSON, json.dumps(status, indent=2).encode()
    return negotiation.JSON, json.dumps(status, separators=(",", ":")).encode() + b"\n"


def _message(status):
    """A Status on the wire; the server writes its empty strings and zeros, too."""
    text = status["metadata"].get("continue", "")
    out = wire.field(1, wire.list_meta("", text)) if status["metadata"] else wire.field(1, _EMPTY)
    for number, name in ((2, "status"), (3, "message"), (4, "reason")):
        out += wire.field(number, status[name].encode())
    details = status.get("details")
    if details is not None:
        inner = b"".join(
            wire.field(number, details.get(name, "").encode())
            for number, name in ((1, "name"), (2, "group"), (3, "kind"))
        )
        for cause in details.get("causes", ()):
            inner += wire.field(4, schema.encode("StatusCause", cause))
        inner += wire.number_field(5, details.get("retryAfterSeconds", 0)) + wire.field(6, b"")
        out += wire.field(5, inner)
    return out + wire.number_field(6, status["code"])


_EMPTY = wire.list_meta("")


def unauthorized():
    return make(401, "Unauthorized", "Unauthorized")


def bad_request(message):
    return make(400, "BadRequest", message)


def resource_not_found():
    return make(404, "NotFound", "the server could not find the requested resource", {})


def object_not_found(resource, name):
    details = {"name": name, "kind": resource.name}
    if resource.group:
        details = {"name": name, "group": resource.group, "kind": resource.name}
    message = '%s "%s" not found' % (resource.qualified_name, name)
    return make(404, "NotFound", message, details)


def method_not_allowed():
    message = "the server does not allow this method on the requested resource"
    return make(405, "MethodNotAllowed", message, {})


def not_acceptable_custom():
    message = (
        "only the following media types are accepted: "
        "application/json, application/yaml, application/vnd.kubernetes.protobuf"
    )
    return make(406, "NotAcceptable", message)


def not_acceptable():
    message = (
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
        "application/vnd.kubernetes.protobuf, application/json;stream=watch, "
        "application/vnd.kubernetes.protobuf;stream=watch"
    )
    return make(406, "NotAcceptable", message, {})


def expired(token):
    message = (
        "The provided continue parameter is too old to display a consistent list result. "
    )
    if token is None:
        message += "You must start a new list without the continue parameter."
        return make(410, "Expired", message)
    message += (
        "You can start a new list without the continue parameter, or use the continue token in "
        "this response to retrieve the remainder of the results. Continuing with the provided "
        "token results in an inconsistent list - objects that were created, modified, or deleted "
        "between the time the first chunk was returned and now may show up in the list."
    )
    return make(410, "Expired", message, token=token)


def too_large_version(asked, current):
    details = {
        "causes": [{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}],
        "retryAfterSeconds": 1,
    }
    message = "Timeout: Too large resource version: %d, current: %d" % (asked, current)
    return make(504, "Timeout", message, details)


def too_many_requests(seconds, message="Too many requests, please try again later."):
    return make(429, "TooManyRequests", message, {"retryAfterSeconds": seconds})


def server_error(code):
    reasons = {
        500: ("InternalError", "Internal error occurred: etcdserver: leader changed"),
        502: ("BadGateway", "error trying to reach service: EOF"),
        503: ("ServiceUnavailable", "apiserver is shutting down"),
        504: ("Timeout", "request did not complete within the allotted timeout"),
    }
    reason, message = reasons.get(code, ("InternalError", "status %d" % code))
    return make(code, reason, message)
