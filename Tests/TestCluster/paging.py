"""Pages of a list: `limit`, `continue` tokens and `remainingItemCount` as etcd-backed lists do it.

A token is base64url JSON like the server's own: `v`, `rv` and the key `start` at which the next
page begins. A token whose `rv` is older than `COMPACTED` has expired (410); one with rv -1 goes
on without consistency.
"""

import base64
import bisect
import json

COMPACTED = 100


class BadToken(ValueError):
    """The continue token is not one of ours."""


class Expired(Exception):
    """The snapshot behind the token is gone; `token` goes on inconsistently."""

    def __init__(self, token):
        self.token = token


class Page:
    """Items of one answer and what its metadata says about the rest."""

    def __init__(self, items, token="", remaining=None):
        self.items, self.token, self.remaining = items, token, remaining


def make_token(resource_version, start):
    """A token for the page that begins at the key `start`."""
    text = json.dumps(
        {"v": "meta.k8s.io/v1", "rv": resource_version, "start": start},
        separators=(",", ":"),
    )
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_token(token):
    """(rv, start) of a token; the server's own starts have a leading slash or none."""
    try:
        padded = token + "=" * (-len(token) % 4)
        value = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if value["v"] != "meta.k8s.io/v1":
            raise BadToken("invalid continue token: server does not recognize this version")
        return int(value["rv"]), str(value["start"])
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BadToken):
            raise
        raise BadToken("invalid continue token: continue key is not valid: " + str(error))


def expire(token):
    """The token with which a client may go on after `token` has expired."""
    return make_token(-1, read_token(token)[1])


def page(items, keys, limit, token, resource_version, is_filtered, repeat=False):
    """The page that a request asks for.

    `keys` are the sort keys of `items` within the request's scope. With `repeat`, a continued
    page begins again with the objects of the page before it.
    """
    start = 0
    if token:
        token_version, start_key = read_token(token)
        if 0 <= token_version < COMPACTED:
            raise Expired(make_token(-1, start_key))
        start = bisect.bisect_left(keys, start_key.lstrip("/"))
        if repeat:
            start = max(0, start - limit)
    end = len(items) if limit <= 0 else min(len(items), start + limit)
    if repeat and token:
        end = min(len(items), end + limit)
    if end == len(items):
        return Page(items[start:end])
    next_token = make_token(resource_version, "/" + keys[end - 1] + "\0")
    return Page(items[start:end], next_token, None if is_filtered else len(items) - end)
