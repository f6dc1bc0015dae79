#!/usr/bin/env python3
"""Many test clusters in one process, of all conditions, and a kubeconfig with a context for each.

Prints one JSON line when it is ready and stops when its standard input closes:

    {"kubeconfig": "…", "contexts": [{"name": "c000-healthy", "kind": "healthy", "uid": "…"}, …]}

Every server has a port, a kube-system UID and a token of its own: a token that another server gets
to see ends in 401. All share one population. Kinds, repeated until there are enough:

    healthy        may read everything
    slow           the list of Pods drips
    refusing       nothing listens there
    dead           takes connections and never answers; of another authority
    expired        the server's certificate has expired
    forbidden      a user who may read nothing
    unauthorized   a token that the server does not know
    misconfigured  a context whose cluster no kubeconfig defines
    twin           the cluster of the last healthy one, as the same user
    limited        the cluster of the last healthy one, as a user who may not list nodes
    restored       a server of its own with the UID of the last healthy one and another authority
"""

import argparse
import base64
import copy
import gc
import json
import os
import socket
import sys
import tempfile
import threading
import types

import certificates
import faults
import inherited
import journal
import population
import rights
import routes
import server
import store
import tls

KINDS = (
    "healthy", "slow", "refusing", "dead", "expired", "forbidden", "unauthorized",
    "misconfigured", "twin", "limited", "restored",
)  # fmt: skip
_SITE = types.SimpleNamespace(prefix="", challenge=False, verbose=False)


def options():
    parser = argparse.ArgumentParser(description="Many test clusters in one process.")
    parser.add_argument("--certificates", help="folder of the certificates, made when empty")
    parser.add_argument("--population", default="recorded", choices=sorted(population.BUILDERS))
    parser.add_argument("--pods", type=int, default=1000, help="size of the scale population")
    parser.add_argument("--contexts", type=int, default=12)
    parser.add_argument("--kinds", default="healthy", help="comma-separated, see above")
    parser.add_argument("--slowness", type=float, default=2, help="seconds that slow ones add")
    parser.add_argument("--kubeconfig", required=True, help="the file to write")
    return parser.parse_args()


class Fleet:
    def __init__(self, chosen):
        self._folder = certificates.ensure(
            chosen.certificates or tempfile.mkdtemp(prefix="test-cluster-certificates-")
        )
        self._base = population.build(chosen.population, "current", chosen.pods)
        self._homes = population.HOMES[chosen.population]
        self._slowness = chosen.slowness
        self._compressed, self._lock = {}, threading.Lock()
        self._sockets = []
        gc.freeze()
        self.contexts, self._last = [], None
        kinds = chosen.kinds.split(",")
        for number in range(chosen.contexts):
            self._add(number, kinds[number % len(kinds)])

    def _add(self, number, kind):
        if kind not in KINDS:
            raise SystemExit("unknown kind %r; expected one of %s" % (kind, ", ".join(KINDS)))
        entry = {"name": "c%03d-%s" % (number, kind), "kind": kind, "token": "token-%03d" % number}
        entry["uid"] = "00000000-0000-4000-8000-%012d" % number
        entry["authority"] = "ca"
        if kind in ("twin", "limited", "restored"):
            if self._last is None:
                raise SystemExit("%r needs a healthy context before it" % kind)
            entry["uid"] = self._last["uid"]
        if kind in ("twin", "limited"):
            entry["url"] = self._last["url"]
            if kind == "twin":
                entry["token"] = self._last["token"]
            else:
                self._last["rights"].grant(entry["token"], "lab-partial")
        elif kind == "refusing":
            entry["url"] = "https://127.0.0.1:%d" % self._closed_port()
        elif kind == "misconfigured":
            entry["url"] = None
        else:
            self._serve(entry, kind)
        if kind == "healthy":
            self._last = entry
        self.contexts.append(entry)

    def _closed_port(self):
        """A port that is taken, so that nobody else listens there, and refuses connections."""
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        self._sockets.append(taken)
        return taken.getsockname()[1]

    def _serve(self, entry, kind):
        table = rights.Rights(None, self._homes)
        table.tokens = {}
        if kind != "unauthorized":
            user = "lab-nobody" if kind == "forbidden" else "lab-token-admin"
            table.grant(entry["token"], user)
        entry["rights"] = table
        injected = []
        if kind == "slow":
            injected = [
                {"path": "^/api/v1/pods", "do": "drip", "pieces": 20, "times": 0,
                 "seconds": self._slowness / 20}
            ]  # fmt: skip
        if kind == "dead":
            injected = [{"path": "", "do": "hang", "times": 0}]
        router = routes.Router(
            self._cluster(entry["uid"]), table, faults.Faults(injected), journal.Journal()
        )
        name = "server-expired" if kind == "expired" else "server-good"
        if kind in ("restored", "dead"):
            name, entry["authority"] = "server-other-ca", "other-ca"
        path = os.path.join(self._folder, name)
        context = tls.server_context(
            path + ".crt", path + ".key", os.path.join(self._folder, "ca.crt")
        )
        site = server.Site(router, router.journal, context, _SITE)
        # Large lists are the same everywhere.
        site._compressed, site._lock = self._compressed, self._lock
        listener = server.Server("127.0.0.1", site)
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        entry["url"] = "https://127.0.0.1:%d" % listener.server_address[1]

    def _cluster(self, uid):
        """The population with another kube-system."""
        cluster = copy.copy(self._base)
        cluster.collections = dict(self._base.collections)
        namespaces = cluster.collections.get(("", "namespaces"), store.Collection())
        value = {"metadata": {"name": "kube-system"}, "status": {"phase": "Active"}}
        found = namespaces.find(None, "kube-system")
        if found is not None:
            value = copy.deepcopy(found.object)
        value["metadata"]["uid"] = uid
        others = [item for item in namespaces.items if item is not found]
        own = store.Item.of("Namespace", value)
        cluster.collections["", "namespaces"] = store.Collection(others + [own])
        return cluster

    def kubeconfig(self):
        """JSON is YAML."""
        authorities = {}
        for name in ("ca", "other-ca"):
            with open(os.path.join(self._folder, name + ".crt"), "rb") as file:
                authorities[name] = base64.b64encode(file.read()).decode()
        clusters, users, contexts = [], [], []
        for entry in self.contexts:
            name = entry["name"]
            if entry["url"]:
                data = authorities[entry["authority"]]
                clusters.append(
                    {
                        "name": name,
                        "cluster": {"server": entry["url"], "certificate-authority-data": data},
                    }
                )
            users.append({"name": name, "user": {"token": entry["token"]}})
            contexts.append({"name": name, "context": {"cluster": name, "user": name}})
        return json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": clusters,
                "users": users,
                "contexts": contexts,
            }
        )


def main():
    inherited.close_pipes()
    chosen = options()
    fleet = Fleet(chosen)
    with open(chosen.kubeconfig, "w") as file:
        file.write(fleet.kubeconfig())
    public = ("name", "kind", "uid", "url", "token")
    line = {
        "kubeconfig": chosen.kubeconfig,
        "contexts": [{key: entry[key] for key in public} for entry in fleet.contexts],
    }
    print(json.dumps(line), flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
