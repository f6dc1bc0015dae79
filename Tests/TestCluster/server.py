#!/usr/bin/env python3
"""A Kubernetes API server for tests: recorded answers behind real TLS, paging and faults.

Prints one JSON line when it is ready and stops when its standard input closes:

    {"port": 34567, "control": 34568, "url": "https://127.0.0.1:34567", "ca": "…/ca.crt", …}

The harness steers it (control.py) through the plain HTTP port `control`, or line by line through
standard input, `{"method": "GET", "path": "/__stats"}`, with one line of answer each. Needs
Python 3.9 or later, its standard library, and the `openssl` program.
"""

import argparse
import gc
import http.server
import json
import os
import socket
import sys
import tempfile
import threading

import certificates
import connection
import control
import faults
import inherited
import journal
import population
import recorded
import rights
import routes
import tls


class Site:
    """What all connections of a server share."""

    def __init__(self, router, requests, tls_context, options):
        self.router, self.journal, self.tls_context = router, requests, tls_context
        self.prefix = "/" + options.prefix.strip("/") if options.prefix.strip("/") else ""
        self.challenges = options.challenge
        self._is_verbose = options.verbose
        self._compressed = {}
        self._lock = threading.Lock()

    def note(self, line):
        if self._is_verbose:
            print(line, file=sys.stderr, flush=True)

    def compressed(self, request, answer):
        """A large list's gzip form, made once for each request line and representation."""
        key = (request.target, answer.content_type)
        with self._lock:
            if key not in self._compressed:
                self._compressed[key] = list(connection.gzip_pieces(answer.pieces))
            return connection.GZIP_HEADERS, self._compressed[key]


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address, site):
        if ":" in address:
            self.address_family = socket.AF_INET6
        handler = type("Handler", (connection.Handler,), {"site": site})
        super().__init__((address, 0), handler)

    def server_bind(self):
        # Without HTTPServer's reverse look-up of the host name.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request, client_address):
        self.RequestHandlerClass.site.note("unhandled: %r" % (sys.exc_info()[1],))


def options():
    parser = argparse.ArgumentParser(description="A Kubernetes API server for tests.")
    parser.add_argument("--certificates", help="folder of the certificates, made when empty")
    parser.add_argument("--population", default="recorded", choices=sorted(population.BUILDERS))
    parser.add_argument(
        "--pods", type=int, default=1000, help="size of the scale and workflows populations"
    )
    parser.add_argument(
        "--workloads", type=int, default=0, help="of scale: Deployments; 0 is one for each 20 Pods"
    )
    parser.add_argument(
        "--bare", type=int, default=0, help="of scale: Pods and Jobs that share nothing"
    )
    parser.add_argument("--profile", default="current", choices=population.PROFILES)
    parser.add_argument("--rights", help="JSON file of users and rules, merged over the table")
    parser.add_argument("--fault", action="append", default=[], help="a fault as JSON")
    parser.add_argument(
        "--server-certificate",
        default="good",
        choices=("good", "expired", "wrong-name", "other-ca"),
    )
    parser.add_argument("--plain", action="store_true", help="HTTP; every client is the admin")
    parser.add_argument("--ipv6", action="store_true", help="listen on ::1")
    parser.add_argument("--prefix", default="", help="path in front of every API path")
    parser.add_argument("--stale-group", action="store_true", help="a broken aggregated API")
    parser.add_argument("--challenge", action="store_true", help="401 with WWW-Authenticate")
    parser.add_argument("--forever", action="store_true", help="do not stop with standard input")
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
    return parser.parse_args()


def main():
    inherited.close_pipes()
    chosen = options()
    users = json.load(open(chosen.rights)) if chosen.rights else None
    cluster = population.build(
        chosen.population, chosen.profile, chosen.pods, chosen.workloads, chosen.bare
    )
    if chosen.stale_group:
        if not cluster.recorded_discovery:
            raise SystemExit("--stale-group needs the recorded population and current profile")
        cluster.recorded_discovery = recorded.stale_discovery()
    gc.freeze()  # a large population would be walked again and again
    table = rights.Rights(users, population.HOMES[chosen.population])
    if chosen.plain:
        # `kubectl proxy` puts the credentials of its own user on every request.
        table.authenticate = lambda peer, authorization: table.user("lab-admin")
    requests = journal.Journal()
    injected = faults.Faults([json.loads(text) for text in chosen.fault])
    router = routes.Router(cluster, table, injected, requests, chosen.stale_group)
    folder, context = None, None
    if not chosen.plain:
        folder = certificates.ensure(
            chosen.certificates or tempfile.mkdtemp(prefix="test-cluster-certificates-")
        )
        name = os.path.join(folder, "server-" + chosen.server_certificate)
        context = tls.server_context(
            name + ".crt", name + ".key", os.path.join(folder, "ca.crt")
        )
    site = Site(router, requests, context, chosen)
    server = Server("::1" if chosen.ipv6 else "127.0.0.1", site)
    plain = Site(router, requests, None, chosen)
    controller = Server("127.0.0.1", plain)
    for each in (server, controller):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    print(json.dumps(_ready(server, controller, site, folder, table)), flush=True)
    if chosen.forever:
        threading.Event().wait()
    for line in sys.stdin:
        _obey(site, json.loads(line))
    os._exit(0)


def _obey(site, command):
    """Answers one control command of standard input with one line of standard output."""
    body = json.dumps(command.get("body")).encode()
    status, _, answer = control.answer(site, command["method"], command["path"], body)
    print(json.dumps({"status": status, "body": answer.decode()}), flush=True)


def _ready(server, controller, site, folder, table):
    host = "[::1]" if server.address_family == socket.AF_INET6 else "127.0.0.1"
    port = server.server_address[1]
    scheme = "https" if folder else "http"
    line = {
        "port": port,
        "control": controller.server_address[1],
        "url": "%s://%s:%d%s" % (scheme, host, port, site.prefix),
        "tokens": {user: token for token, user in table.tokens.items()},
    }
    if folder:
        line["certificates"] = folder
        line["ca"] = os.path.join(folder, "ca.crt")
        line["otherCA"] = os.path.join(folder, "other-ca.crt")
        for name in ("admin", "limited", "viewer", "expired", "foreign"):
            line[name + "Certificate"] = os.path.join(folder, "client-%s.crt" % name)
            line[name + "Key"] = os.path.join(folder, "client-%s.key" % name)
    return line


if __name__ == "__main__":
    main()
