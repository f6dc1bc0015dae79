"""SelfSubjectRulesReview and SelfSubjectAccessReview: the two POSTs that a reader may send."""

import json

import negotiation
import schema
import statuses
import wire
from messages import Answer, failure, json_answer

NAMES = ("selfsubjectrulesreviews", "selfsubjectaccessreviews")


def answer(cluster, rights, request, resource):
    """Answers a review for the requesting user, from the same table that decides requests."""
    try:
        review = _decode(request, resource)
    except UnsupportedType as error:
        return failure(request, statuses.make(415, "UnsupportedMediaType", str(error)))
    except (ValueError, KeyError, TypeError):
        return failure(request, statuses.bad_request("the review could not be decoded"))
    if review.get("kind") not in (None, resource.kind):
        message = "%s in the body does not match %s" % (review.get("kind"), resource.kind)
        return failure(request, statuses.bad_request(message))
    spec = review["spec"]
    if resource.name == "selfsubjectrulesreviews":
        namespace = spec.get("namespace", "")
        if not namespace:
            return failure(request, statuses.bad_request("no namespace on request"))
        status = {
            "resourceRules": rights.rules_in(request.user, namespace, cluster),
            "nonResourceRules": [{"verbs": ["get"], "nonResourceURLs": ["/api", "/apis/*"]}],
            "incomplete": False,
        }
    else:
        status = _access(rights, request.user, spec)
    value = {
        "kind": resource.kind,
        "apiVersion": resource.api_version,
        "metadata": {},
        "spec": spec,
        "status": status,
    }
    if negotiation.status_type(request.accept) == negotiation.PROTOBUF:
        raw = schema.encode(resource.kind, value)
        body = wire.wrap(resource.api_version, resource.kind, raw)
        return Answer(201, negotiation.PROTOBUF, body)
    return json_answer(201, json.dumps(value, separators=(",", ":")).encode() + b"\n")


class UnsupportedType(Exception):
    """The body is neither JSON nor protobuf."""


def _decode(request, resource):
    """The review in the body as JSON, in whichever encoding it came."""
    content_type = request.headers.get("content-type", negotiation.JSON)
    if content_type.startswith(negotiation.PROTOBUF):
        _, kind, raw = wire.unwrap(request.body)
        return dict(schema.decode(resource.kind, raw), kind=kind)
    if not content_type.startswith(negotiation.JSON):
        raise UnsupportedType(
            "the body of the request was in an unknown format - accepted media types include: "
            "application/json, application/vnd.kubernetes.protobuf"
        )
    review = json.loads(request.body)
    review["spec"].get("namespace")
    return review


def _access(rights, user, spec):
    about = spec.get("resourceAttributes")
    if about is not None:
        allowed = rights.may(
            user,
            about.get("verb", ""),
            about.get("group", ""),
            about.get("resource", ""),
            about.get("namespace", ""),
            about.get("name"),
        )
    else:
        allowed = rights.may_visit(user, spec.get("nonResourceAttributes", {}).get("path", ""))
    return {"allowed": allowed}
