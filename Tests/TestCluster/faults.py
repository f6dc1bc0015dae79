"""Faults that tests inject: which request goes wrong, and how.

A fault is a JSON object: `{"path": "^/api/v1/pods", "do": "status", "code": 503}`.

    path     regular expression, searched in the path with its query (decoded prefix removed)
    user     only requests of this user (optional)
    method   only this method (default GET)
    nth      the first matching request that goes wrong, counted from 1 (default 1)
    times    how many from there on; 0 is every one (default 1)
    do       one of the kinds below

Kinds that replace the answer: `status` (code, retryAfter, message, text: a plain body instead of
a Status), `gone` (410; token false leaves out the continue token), `tooLargeVersion` (504),
`storageInitializing` (429 of a custom resource), `html` (200, a login page), `badJSON` (200,
broken in the middle), `empty` (200, no bytes), `redirect` (location, code 302), `huge` (200, a
list that never ends: bytes, default 1 GiB), `hang` (no answer, holds the connection for seconds,
default 3600), `close` (no answer, connection closed).

Kinds that spoil the real answer: `reset` (TCP reset after bytes), `truncateChunked` (no last
chunk), `truncateLength` (Content-Length too long), `drip` (bytes, or
one of so many pieces, every so many seconds), `stall` (stops after bytes for seconds),
`contentType` (type: another Content-Type, same bytes), `duplicatePage` (a continued page repeats
the page before it), `delay` (seconds before the answer).
`bytes` defaults to half of the answer for these.
"""

import re
import threading

REPLACING = {
    "status", "gone", "tooLargeVersion", "storageInitializing", "html", "badJSON", "empty",
    "redirect", "huge", "hang", "close",
}  # fmt: skip
SPOILING = {
    "reset", "truncateChunked", "truncateLength", "drip", "stall", "contentType", "duplicatePage",
    "delay",
}  # fmt: skip


class BadFault(ValueError):
    """A fault's description is wrong."""


class Fault:
    def __init__(self, description):
        self.description = dict(description)
        self.kind = self.description.get("do")
        if self.kind not in REPLACING | SPOILING:
            raise BadFault("unknown fault %r" % (self.kind,))
        try:
            self._path = re.compile(self.description.get("path", ""))
        except re.error as error:
            raise BadFault("bad path expression: %s" % error)
        self._first = int(self.get("nth", 1))
        self._times = int(self.get("times", 1))
        self.seen = 0

    def get(self, name, default=None):
        return self.description.get(name, default)

    @property
    def replaces(self):
        return self.kind in REPLACING

    def strikes(self, method, target, user):
        """Whether this request goes wrong; counts it when it matches."""
        if method != self.get("method", "GET") or not self._path.search(target):
            return False
        if self.get("user") not in (None, user):
            return False
        self.seen += 1
        if self.seen < self._first:
            return False
        return self._times == 0 or self.seen < self._first + self._times


class Faults:
    """All faults of a server, changeable while it runs."""

    def __init__(self, descriptions=()):
        self._lock = threading.Lock()
        self._faults = [Fault(entry) for entry in descriptions]

    def add(self, description):
        fault = Fault(description)
        with self._lock:
            self._faults.append(fault)

    def clear(self):
        with self._lock:
            self._faults = []

    def match(self, method, target, user):
        """The first fault that strikes this request; every matching fault counts it."""
        with self._lock:
            striking = [fault for fault in self._faults if fault.strikes(method, target, user)]
        return striking[0] if striking else None
