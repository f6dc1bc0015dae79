"""SelfSubjectRulesReview and SelfSubjectAccessReview: the two POSTs that a reader may send."""

import json

import statuses
from messages import failure, json_answer

NAMES = ("selfsubjectrulesreviews", "selfsubjectaccessreviews")


def answer(cluster, rights, request, resource):
    """Answers a review for the requesting user, from the same table that decides requests."""
    if not request.headers.get("content-type", "application/json").startswith("application/json"):
        message = "the body of the request was in an unknown format - accepted media types include: "
        return failure(
            request, statuses.make(415, "UnsupportedMediaType", message + "application/json")
        )
    try:
        review = json.loads(request.body)
        spec = review["spec"]
    except (ValueError, KeyError, TypeError):
        return failure(request, statuses.bad_request("the review could not be decoded"))
    if review.get("kind") not in (None, resource.kind):
        message = "%s in the body does not match %s" % (review.get("kind"), resource.kind)
        return failure(request, statuses.bad_request(message))
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
        "metadata": {"creationTimestamp": None},
        "spec": spec,
        "status": status,
    }
    return json_answer(201, json.dumps(value, separators=(",", ":")).encode() + b"\n")


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
