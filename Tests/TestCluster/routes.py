"""From a request to its answer: authentication, authorization, then discovery or objects."""

import json

import discovery
import fault_answers
import lists
import negotiation
import openapi
import reviews
import rights
import statuses
from messages import Answer, failure, text

STALE_GROUP = "metrics.k8s.io"


class Target:
    """What a resource path names."""

    def __init__(self, group, version, namespace, resource, name, subresource):
        self.group, self.version, self.namespace = group, version, namespace
        self.resource, self.name, self.subresource = resource, name, subresource

    @property
    def place(self):
        """The namespace that rights are looked up in; a namespace itself stands in itself.

        k8s.io/apiserver, pkg/endpoints/request/requestinfo.go.
        """
        if self.resource == "namespaces" and not self.group and self.name:
            return self.name
        return self.namespace


def parse(path):
    """The resource that a path names, or None for any other path."""
    parts = path.strip("/").split("/")
    if parts[:1] == ["api"] and len(parts) > 2:
        group, version, rest = "", parts[1], parts[2:]
    elif parts[:1] == ["apis"] and len(parts) > 3:
        group, version, rest = parts[1], parts[2], parts[3:]
    else:
        return None
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 2:
        namespace, rest = rest[1], rest[2:]
    rest += [None, None]
    return Target(group, version, namespace, rest[0], rest[1], rest[2])


class Router:
    """Answers the requests to one cluster."""

    def __init__(self, cluster, table, faults, journal, stale_group=False):
        self.cluster, self.rights, self.faults, self.journal = cluster, table, faults, journal
        self._openapi = openapi.Documents(cluster) if cluster.has_openapi_v3 else None
        self._has_stale_group = stale_group

    def handle(self, request, peer, entry):
        """(answer, fault that spoils its way to the client or None)."""
        try:
            user = self.rights.authenticate(peer, request.headers.get("authorization"))
            request.user = self._impersonated(user, request)
            entry["user"] = request.user.name
        except rights.Refused:
            user = None
        except PermissionError as error:
            entry["user"] = user.name
            return failure(request, statuses.make(403, "Forbidden", str(error), {})), None
        target = parse(request.path)
        if target and request.method == "GET" and not target.name:
            entry["list"] = None
            known = self.cluster.find_type(target.group, target.version, target.resource)
            self.journal.is_list(entry, known.qualified_name if known else target.resource)
        fault = self.faults.match(request.method, request.target, entry["user"])
        if fault is not None:
            entry["fault"] = fault.kind
            if fault.replaces:
                return fault_answers.answer(fault, request), fault
        if user is None:
            return failure(request, statuses.unauthorized()), fault
        return self._answer(request, target, fault), fault

    def _impersonated(self, user, request):
        name = request.headers.get("impersonate-user")
        if not name:
            return user
        if not user.is_master:
            raise PermissionError(
                'users "%s" is forbidden: User "%s" cannot impersonate resource "users" in API '
                'group "" at the cluster scope' % (name, user.name)
            )
        return self.rights.user(name, request.headers.get_all("impersonate-group") or ())

    def _answer(self, request, target, fault):
        if target is not None:
            return self._resource(request, target, fault)
        path = request.path.rstrip("/")
        if not self.rights.may_visit(request.user, path):
            verb = "get" if request.method == "GET" else request.method.lower()
            message = 'forbidden: User "%s" cannot %s path "%s"' % (
                request.user.name,
                verb,
                request.path,
            )
            return failure(request, statuses.make(403, "Forbidden", message, {}))
        if request.method != "GET":
            return failure(request, statuses.method_not_allowed())
        if path == "/version":
            body = json.dumps(self.cluster.version, indent=2).encode()
            return Answer(200, negotiation.JSON, body)
        if path in ("/healthz", "/livez", "/readyz"):
            return text(200, "ok")
        if path == "/openapi/v3" or path.startswith("/openapi/v3/"):
            return self._document(request, path[len("/openapi/v3") :].strip("/"))
        if path.startswith("/api"):
            return self._discovery(request, path)
        return text(404, "404 page not found\n")

    def _discovery(self, request, path):
        if self._has_stale_group and path.startswith("/apis/" + STALE_GROUP):
            return text(503, "service unavailable\n")
        try:
            found = discovery.answer(self.cluster, path, request.accept)
        except KeyError:
            return text(404, "404 page not found\n")
        if found is None:
            return failure(request, statuses.not_acceptable_custom())
        content_type, body, headers = found
        return _conditional(request, Answer(200, content_type, body, headers))

    def _document(self, request, name):
        if self._openapi is None:
            return text(404, "404 page not found\n")
        if not name:
            return Answer(200, "text/plain; charset=utf-8", self._openapi.index())
        found = self._openapi.document(name)
        if found is None:
            return text(404, "404 page not found\n")
        body, digest = found
        asked = request.query.get("hash")
        if asked and asked != digest:
            location = "/openapi/v3/%s?hash=%s" % (name, digest)
            return Answer(301, "text/html; charset=utf-8", b"", [("Location", location)])
        headers = [("Etag", '"%s"' % digest), ("Vary", "Accept")]
        return _conditional(request, Answer(200, negotiation.JSON, body, headers))

    def _resource(self, request, target, fault):
        is_review = request.method == "POST" and target.resource in reviews.NAMES
        verb = {"GET": "get" if target.name else "list", "POST": "create"}.get(
            request.method, request.method.lower()
        )
        if not self.rights.may(
            request.user, verb, target.group, target.resource, target.place, target.name
        ):
            return failure(request, self._forbidden(request.user, verb, target))
        if self._has_stale_group and target.group == STALE_GROUP:
            return text(503, "service unavailable\n")
        resource = self.cluster.find_type(target.group, target.version, target.resource)
        if resource is None:
            versions = dict(self.cluster.groups()).get(target.group, ())
            if target.group and target.version not in versions:
                return text(404, "404 page not found\n")
            return failure(request, statuses.resource_not_found())
        if is_review:
            return reviews.answer(self.cluster, self.rights, request, resource)
        if request.method != "GET" or "watch" in request.query:
            return failure(request, statuses.method_not_allowed())
        if target.subresource or (target.namespace and not resource.namespaced):
            return failure(request, statuses.resource_not_found())
        needed = "get" if target.name else "list"
        if needed not in resource.verbs:
            return failure(request, statuses.method_not_allowed())
        if target.name:
            return lists.single(
                self.cluster, request, resource, target.namespace or "", target.name
            )
        repeat = fault is not None and fault.kind == "duplicatePage"
        return lists.listing(self.cluster, request, resource, target.namespace or None, repeat)

    def _forbidden(self, user, verb, target):
        qualified = target.resource + ("." + target.group if target.group else "")
        where = "at the cluster scope"
        if target.place:
            where = 'in the namespace "%s"' % target.place
        subject = '%s "%s"' % (qualified, target.name) if target.name else qualified
        message = '%s is forbidden: User "%s" cannot %s resource "%s" in API group "%s" %s' % (
            subject, user.name, verb, target.resource, target.group, where,
        )  # fmt: skip
        details = {"name": target.name} if target.name else {}
        if target.group:
            details["group"] = target.group
        details["kind"] = target.resource
        return statuses.make(403, "Forbidden", message, details)


def _conditional(request, answer):
    """304 when the client holds these bytes already."""
    etag = dict(answer.headers).get("Etag")
    if etag and request.headers.get("if-none-match") == etag:
        return Answer(304, None, b"", answer.headers)
    return answer
