"""The log of requests, for tests that assert what a client asked and how many at once."""

import threading

_HEADERS = (
    "accept", "accept-encoding", "user-agent", "host", "content-type", "connection",
    "if-none-match", "impersonate-user", "impersonate-group", "impersonate-uid",
)  # fmt: skip


class Journal:
    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        with self._lock:
            self._entries = []
            self._in_flight = 0
            self._lists = {}
            self._peaks = {"requests": 0, "lists": 0, "perResource": {}}
            self._connections = 0

    def connected(self):
        with self._lock:
            self._connections += 1
            return self._connections

    def begin(self, connection, method, path, query, headers):
        """Notes a request as it arrives. The Authorization header's value is never kept."""
        entry = {
            "connection": connection,
            "method": method,
            "path": path,
            "query": query,
            "user": None,
            "authorization": (headers.get("authorization") or "").partition(" ")[0] or None,
            "headers": {name: headers[name] for name in _HEADERS if headers.get(name)},
            "status": None,
            "fault": None,
            "list": None,
            "bytes": 0,
        }
        for name in headers.keys():
            if name.lower().startswith("impersonate-extra-"):
                entry["headers"][name.lower()] = headers[name]
        with self._lock:
            self._in_flight += 1
            entry["inFlight"] = self._in_flight
            entry["listsInFlight"] = sum(self._lists.values())
            self._peaks["requests"] = max(self._peaks["requests"], self._in_flight)
            self._entries.append(entry)
        return entry

    def is_list(self, entry, resource):
        """Notes that the request is a list of a resource (`pods`, `deployments.apps`)."""
        with self._lock:
            entry["list"] = resource
            self._lists[resource] = self._lists.get(resource, 0) + 1
            entry["listsInFlight"] = sum(self._lists.values())
            peaks = self._peaks
            peaks["lists"] = max(peaks["lists"], entry["listsInFlight"])
            per_resource = peaks["perResource"]
            per_resource[resource] = max(per_resource.get(resource, 0), self._lists[resource])

    def end(self, entry):
        """Notes that the answer's last bytes are about to leave; called once or more."""
        with self._lock:
            if entry.get("ended"):
                return
            entry["ended"] = True
            self._in_flight = max(0, self._in_flight - 1)
            if self._lists.get(entry["list"], 0) > 0:
                self._lists[entry["list"]] -= 1

    def entries(self):
        with self._lock:
            return [
                {key: value for key, value in entry.items() if key != "ended"}
                for entry in self._entries
            ]

    def stats(self):
        with self._lock:
            methods = {}
            for entry in self._entries:
                methods[entry["method"]] = methods.get(entry["method"], 0) + 1
            return {
                "requests": len(self._entries),
                "connections": self._connections,
                "methods": methods,
                "inFlight": self._in_flight,
                "peakInFlight": self._peaks["requests"],
                "peakListsInFlight": self._peaks["lists"],
                "peakListsPerResource": dict(self._peaks["perResource"]),
                "bytes": sum(entry["bytes"] for entry in self._entries),
            }
