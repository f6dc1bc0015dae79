"""What the self-tests share: requests to a router in this process, and servers of their own."""

import http.client
import json
import os
import ssl
import subprocess
import sys
import tempfile
import urllib.request

import faults
import journal
import messages
import rights
import routes

ADMIN = "Bearer admin-token"
JSON = "application/json"
PROTOBUF = "application/vnd.kubernetes.protobuf"

_HERE = os.path.dirname(os.path.abspath(__file__))
CERTIFICATES = os.path.join(tempfile.gettempdir(), "test-cluster-certificates-%d" % os.getuid())


def headers(**values):
    message = http.client.HTTPMessage()
    for name, value in values.items():
        if value is not None:
            message[name.replace("_", "-")] = value
    return message


class InProcess:
    """A router without a socket."""

    def __init__(self, cluster, users=None, injected=()):
        self.journal = journal.Journal()
        self.router = routes.Router(
            cluster, rights.Rights(users), faults.Faults(injected), self.journal
        )

    def ask(self, target, accept=JSON, authorization=ADMIN, method="GET", body=b"", **more):
        """(status, content type, body, headers) of one request."""
        fields = headers(accept=accept, authorization=authorization, user_agent="test", **more)
        path, _, query = target.partition("?")
        entry = self.journal.begin(1, method, path, query, fields)
        request = messages.Request(method, target, fields, body)
        answer, _ = self.router.handle(request, None, entry)
        self.journal.end(entry)
        if answer is None:
            return None, None, b"", {}
        return answer.status, answer.content_type, b"".join(answer.pieces), dict(answer.headers)

    def json(self, target, **more):
        return json.loads(self.ask(target, **more)[2])


class Running:
    """A server process; use as a context manager."""

    def __init__(self, *arguments):
        self._process = subprocess.Popen(
            [sys.executable, os.path.join(_HERE, "server.py"), "--certificates", CERTIFICATES]
            + list(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ready = json.loads(self._process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)

    def connect(self, certificate=None, ca=None):
        """An HTTPS (or HTTP) connection, with a client certificate by name."""
        host = "::1" if "[::1]" in self.ready["url"] else "127.0.0.1"
        if "ca" not in self.ready:
            return http.client.HTTPConnection(host, self.ready["port"], timeout=10)
        context = ssl.create_default_context(cafile=ca or self.ready["ca"])
        if certificate:
            context.load_cert_chain(
                self.ready[certificate + "Certificate"], self.ready[certificate + "Key"]
            )
        return http.client.HTTPSConnection(host, self.ready["port"], timeout=10, context=context)

    def get(self, path, certificate=None, token=None, **fields):
        """(status, body) over a connection of its own."""
        connection = self.connect(certificate)
        if token:
            fields["Authorization"] = "Bearer " + token
        try:
            connection.request("GET", path, headers=fields)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def control(self, path, value=None, method=None):
        """The control port's answer; a value is posted as JSON."""
        address = "http://127.0.0.1:%d%s" % (self.ready["control"], path)
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(address, data, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.read().decode()
