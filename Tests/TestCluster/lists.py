"""Lists and single objects in each representation."""

import json

import negotiation
import paging
import selecting
import statuses
import wire
from messages import Answer, failure


def listing(cluster, request, resource, namespace, repeat=False):
    """The answer to a list request; `repeat` makes continued pages repeat the page before."""
    chosen = negotiation.representation(request.accept, cluster.has_protobuf(resource))
    if chosen is None:
        return failure(request, _not_acceptable(resource))
    try:
        limit = int(request.query.get("limit") or 0)
    except ValueError:
        message = 'strconv.ParseInt: parsing "%s": invalid syntax' % request.query["limit"]
        return failure(request, statuses.bad_request(message))
    version = request.query.get("resourceVersion", "")
    if version.isdigit() and int(version) > cluster.resource_version:
        status = statuses.too_large_version(int(version), cluster.resource_version)
        return failure(request, status)
    if version == "0":
        # The watch cache serves this list, and it ignores the limit.
        limit = 0
    try:
        by_field = selecting.field_predicate(request.query.get("fieldSelector"), resource)
        by_label = selecting.label_predicate(request.query.get("labelSelector"))
        collection = cluster.collection(resource)
        items, keys = collection.within(namespace), collection.keys(namespace)
        if by_field or by_label:
            items = [
                item
                for item in items
                if (by_field is None or by_field(item.object))
                and (by_label is None or by_label(item.object))
            ]
            keys = [item.name if namespace else item.key for item in items]
        page = paging.page(
            items,
            keys,
            limit,
            request.query.get("continue", ""),
            cluster.resource_version,
            bool(by_field or by_label),
            repeat,
        )
    except paging.Expired as error:
        return failure(request, statuses.expired(error.token))
    except (paging.BadToken, selecting.BadSelector, selecting.UnsupportedField) as error:
        return failure(request, statuses.bad_request(str(error)))
    media_type, form = chosen
    render = _protobuf_pieces if media_type == negotiation.PROTOBUF else _json_pieces
    version = str(cluster.resource_version)
    answer = Answer(200, media_type, render(resource, page, version, form))
    answer.is_cacheable = cluster.is_large
    if resource.name == "endpoints":
        successor = "use discovery.k8s.io/v1 EndpointSlice"
        warning = '299 - "v1 Endpoints is deprecated in v1.33+; %s"' % successor
        answer.headers.append(("Warning", warning))
    return answer


def single(cluster, request, resource, namespace, name):
    """The answer to a get request."""
    chosen = negotiation.representation(request.accept, cluster.has_protobuf(resource))
    if chosen is None:
        return failure(request, _not_acceptable(resource))
    item = cluster.collection(resource).find(namespace, name)
    if item is None:
        return failure(request, statuses.object_not_found(resource, name))
    media_type, form = chosen
    if media_type == negotiation.PROTOBUF:
        if form:
            raw = wire.field(1, wire.first(item.protobuf, 1))
            return Answer(200, media_type, wire.wrap(*_PARTIAL, raw))
        body = wire.wrap(resource.api_version, resource.kind, item.protobuf)
        return Answer(200, media_type, body)
    body = _partial(item) if form else _with_type(resource, item)
    return Answer(200, media_type, body + b"\n")


_PARTIAL = ("meta.k8s.io/v1", "PartialObjectMetadata")


def _not_acceptable(resource):
    return statuses.not_acceptable_custom() if resource.custom else statuses.not_acceptable()


def _partial(item):
    head = {"kind": _PARTIAL[1], "apiVersion": _PARTIAL[0], "metadata": item.object["metadata"]}
    return json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()


def _with_type(resource, item):
    """The JSON of one object with its type: list items of built-in kinds have none."""
    if resource.custom:
        return _at_version(resource, item)
    head = '{"kind":"%s","apiVersion":"%s",' % (resource.kind, resource.api_version)
    return head.encode() + item.json[1:]


def _at_version(resource, item):
    """A custom object's JSON with the apiVersion that was asked for."""
    body = item.json
    head = '{"apiVersion":"%s"' % resource.api_version
    if body.startswith(head.encode()):
        return body
    return head.encode() + body[body.index(b",") :]


def _json_pieces(resource, page, version, form):
    metadata = {"resourceVersion": version}
    if page.token:
        metadata["continue"] = page.token
    if page.remaining is not None:
        metadata["remainingItemCount"] = page.remaining
    if resource.custom and not form:
        # Unstructured lists are written with sorted keys: the metadata comes last.
        metadata.setdefault("continue", "")
        text = json.dumps(metadata, separators=(",", ":"), sort_keys=True)
        head = '{"apiVersion":"%s","items":[' % resource.api_version
        tail = '],"kind":"%sList","metadata":%s}\n' % (resource.kind, text)
        bodies = (_at_version(resource, item) for item in page.items)
    else:
        kind, api_version = resource.kind + "List", resource.api_version
        if form:
            kind, api_version = "PartialObjectMetadataList", "meta.k8s.io/v1"
        text = json.dumps(metadata, separators=(",", ":"))
        head = '{"kind":"%s","apiVersion":"%s","metadata":%s,"items":[' % (kind, api_version, text)
        tail = "]}\n"
        bodies = (_partial(item) if form else item.json for item in page.items)
    yield head.encode()
    for index, body in enumerate(bodies):
        if index:
            yield b","
        yield body
    yield tail.encode()


def _protobuf_pieces(resource, page, version, form):
    meta = wire.field(1, wire.list_meta(version, page.token, page.remaining))
    if form:
        kind, api_version = "PartialObjectMetadataList", "meta.k8s.io/v1"
        bodies = [wire.field(1, wire.first(item.protobuf, 1)) for item in page.items]
    else:
        kind, api_version = resource.kind + "List", resource.api_version
        bodies = [item.protobuf for item in page.items]
    heads = [wire.key(2, wire.LENGTH) + wire.varint(len(body)) for body in bodies]
    length = len(meta) + sum(map(len, heads)) + sum(map(len, bodies))
    head, tail = wire.envelope(api_version, kind, length)
    yield head + meta
    for item_head, body in zip(heads, bodies):
        yield item_head
        yield body
    yield tail


