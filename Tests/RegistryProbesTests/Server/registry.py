"""Registries for tests: the repository of a request says how it is answered.

Prints {"port": N, "other": M, "plain": P} when all listen; ends when standard input does. `other` is
another host, to which some repositories of the first redirect; both speak TLS with certificates of
the authority "ca.pem", which is made in the folder that the one argument names. `plain` speaks plain
http. GET /log gives the requests so far.
"""

import base64
import hashlib
import http.server
import json
import os
import shutil
import ssl
import sys
import threading

TESTS = os.path.join(os.path.dirname(__file__), "..", "..")
sys.path.insert(0, os.path.join(TESTS, "TestCluster"))
sys.path.insert(0, os.path.join(TESTS, "CurlTransportTests", "Server"))
import certificates  # noqa: E402
import inherited  # noqa: E402

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = json.dumps({"os": "linux", "architecture": "arm64"}).encode()


def digest(body):
    return "sha256:" + hashlib.sha256(body).hexdigest()


INDEX_BODY = json.dumps(
    {
        "schemaVersion": 2,
        "manifests": [
            {"digest": digest(b"a"), "platform": {"os": "linux", "architecture": "amd64"}},
            {"digest": digest(b"b"), "platform": {"os": "linux", "architecture": "arm64"}},
            {"digest": digest(b"c"), "platform": {"os": "unknown", "architecture": "unknown"}},
        ],
    }
).encode()
SINGLE_BODY = json.dumps({"schemaVersion": 2, "config": {"digest": digest(CONFIG)}}).encode()

lock = threading.Lock()
log = []
counts = {}
ports = {}


def count(name):
    with lock:
        counts[name] = counts.get(name, 0) + 1
        return counts[name]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", headers=(), type="application/json"):
        self.send_response(status)
        if type:
            self.send_header("Content-Type", type)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def error(self, status, code, headers=()):
        body = json.dumps({"errors": [{"code": code, "message": "no"}]}).encode()
        self.answer(status, body, headers)

    def manifest(self, body=INDEX_BODY, type=INDEX, named=None):
        headers = [] if named == "" else [("Docker-Content-Digest", named or digest(body))]
        self.answer(200, body, headers, type)

    def challenge(self, text):
        self.error(401, "UNAUTHORIZED", [("WWW-Authenticate", text)])

    def do_HEAD(self):
        self.handle_one()

    def do_GET(self):
        self.handle_one()

    def do_POST(self):
        self.handle_one()

    def handle_one(self):
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length).decode()
        port = self.server.server_port
        if self.path == "/log":
            with lock:
                return self.answer(200, json.dumps(log).encode())
        with lock:
            log.append(
                {
                    "port": port,
                    "method": self.command,
                    "path": self.path,
                    "authorization": self.headers.get("Authorization"),
                    "accept": self.headers.get("Accept"),
                    "body": sent,
                }
            )
        path = self.path.split("?")[0]
        if path.startswith("/token"):
            return self.token(path, sent)
        parts = path.split("/")
        if len(parts) < 5 or parts[1] != "v2":
            return self.error(404, "NOT_FOUND")
        repository = "/".join(parts[2:-2])
        if parts[-2] == "blobs":
            return self.answer(200, CONFIG, type="application/octet-stream")
        if repository.startswith("busy-with/"):
            return self.busy_with(parts[-1], repository)
        name = "do_" + repository.replace("-", "_").replace("/", "_").split("__")[0]
        getattr(self, name, self.do_missing)(parts[-1], repository)

    def token(self, path, sent):
        if path == "/token/forbidden":
            return self.error(403, "DENIED")
        if path == "/token/broken":
            return self.answer(200, b'{"token": "a\\nb"}')
        if path == "/token/empty":
            return self.answer(200, b"{}")
        if path == "/token/user":
            want = "Basic " + base64.b64encode(b"jane:s3cret").decode()
            if self.headers.get("Authorization") != want:
                return self.error(401, "UNAUTHORIZED")
        if path == "/token/refresh":
            if "refresh_token=r%2Ft" not in sent or "grant_type=refresh_token" not in sent:
                return self.error(401, "UNAUTHORIZED")
            return self.answer(200, b'{"access_token": "good"}')
        self.answer(200, b'{"token": "good"}')

    def base(self):
        scheme = "http" if self.server.server_port == ports["plain"] else "https"
        return f"{scheme}://127.0.0.1:{self.server.server_port}"

    def bearer(self, path="/token", extra=""):
        if self.headers.get("Authorization") == "Bearer good":
            return self.manifest()
        self.challenge(f'Bearer realm="{self.base()}{path}",service="test"{extra}')

    # One method for each repository.

    def do_open(self, tag, repository):
        self.manifest()

    def do_only_get(self, tag, repository):
        if self.command == "HEAD":
            return self.answer(405)
        self.manifest()

    def do_crowd(self, tag, repository):
        if count(self.path) == 1:
            return self.error(429, "TOOMANYREQUESTS", [("Retry-After", "7")])
        self.manifest()

    def do_echo_digest(self, tag, repository):
        self.manifest(named=tag)

    def do_single(self, tag, repository):
        self.manifest(SINGLE_BODY, MANIFEST)

    def do_no_digest(self, tag, repository):
        self.manifest(named="")

    def do_bad_digest(self, tag, repository):
        self.manifest(named="sha256:zz\u00e9")

    def do_wrong_digest(self, tag, repository):
        self.manifest(named=digest(b"other"))

    def do_missing(self, tag, repository):
        self.error(404, "MANIFEST_UNKNOWN")

    def do_no_name(self, tag, repository):
        self.error(404, "NAME_UNKNOWN")

    def do_page_404(self, tag, repository):
        self.answer(404, b"<html>not here</html>", type="text/html")

    def do_login_page(self, tag, repository):
        self.answer(200, b"<html>log in</html>", type="text/html; charset=utf-8")

    def do_invalid_name(self, tag, repository):
        self.error(400, "NAME_INVALID")

    def do_broken_request(self, tag, repository):
        self.error(400, "OTHER")

    def do_forbidden(self, tag, repository):
        self.error(403, "DENIED")

    def do_internal(self, tag, repository):
        self.error(500, "UNKNOWN")

    def do_garbage(self, tag, repository):
        self.manifest(b"[[[[", named="")

    def do_deep(self, tag, repository):
        self.manifest(b"[" * 200_000, named="")

    def do_huge(self, tag, repository):
        self.manifest(b" " * (5 << 20), named="")

    def do_token(self, tag, repository):
        self.bearer()

    def do_token_scope(self, tag, repository):
        self.bearer(extra=',scope="repository:a/b:pull,push"')

    def do_token_user(self, tag, repository):
        self.bearer("/token/user")

    def do_token_refresh(self, tag, repository):
        self.bearer("/token/refresh")

    def do_token_forbidden(self, tag, repository):
        self.bearer("/token/forbidden")

    def do_token_broken(self, tag, repository):
        self.bearer("/token/broken")

    def do_token_empty(self, tag, repository):
        self.bearer("/token/empty")

    def do_still_refused(self, tag, repository):
        self.challenge(f'Bearer realm="{self.base()}/token",service="test"')

    def do_evil_realm(self, tag, repository):
        self.challenge('Bearer realm="http://example.test/token",service="x"')

    def do_file_realm(self, tag, repository):
        self.challenge('Bearer realm="file:///etc/passwd"')

    def do_odd_challenge(self, tag, repository):
        self.challenge("Negotiate")

    def do_basic(self, tag, repository):
        want = "Basic " + base64.b64encode(b"jane:s3cret").decode()
        if self.headers.get("Authorization") == want:
            return self.manifest()
        self.challenge('Basic realm="x"')

    def do_busy(self, tag, repository):
        if count(self.path) < 3:
            return self.error(429, "TOOMANYREQUESTS", [("Retry-After", "7")])
        self.manifest()

    def do_always_busy(self, tag, repository):
        self.error(429, "TOOMANYREQUESTS", [("Retry-After", "7")])

    def do_long_busy(self, tag, repository):
        self.error(429, "TOOMANYREQUESTS", [("Retry-After", "86400")])

    def busy_with(self, tag, repository):
        """The last part of the name is the value of Retry-After, in hexadecimal digits."""
        if count(self.path) < 2:
            value = bytes.fromhex(repository.split("/")[-1]).decode()
            return self.error(429, "TOOMANYREQUESTS", [("Retry-After", value)])
        self.manifest()

    def redirect(self, url):
        self.answer(307, headers=[("Location", url)])

    def do_moved(self, tag, repository):
        self.redirect(f"/v2/open/manifests/{tag}")

    def do_moved_single(self, tag, repository):
        self.redirect(f"https://127.0.0.1:{ports['other']}/v2/single/manifests/{tag}")

    def do_moved_away(self, tag, repository):
        if self.headers.get("Authorization") is None:
            return self.challenge('Basic realm="x"')
        self.redirect(f"https://127.0.0.1:{ports['other']}/v2/open/manifests/{tag}")

    def do_moved_and_back(self, tag, repository):
        if self.headers.get("Authorization") is None:
            return self.challenge('Basic realm="x"')
        self.redirect(f"https://127.0.0.1:{ports['other']}/v2/back/manifests/{tag}")

    def do_back(self, tag, repository):
        self.redirect(f"https://127.0.0.1:{ports['port']}/v2/open/manifests/{tag}")

    def do_moved_to_login(self, tag, repository):
        self.redirect(f"https://127.0.0.1:{ports['other']}/v2/basic/manifests/{tag}")

    def do_circle(self, tag, repository):
        self.redirect(self.path)

    def do_moved_to_file(self, tag, repository):
        self.redirect("file:///etc/passwd")

    def do_moved_to_http(self, tag, repository):
        self.redirect("http://169.254.169.254/latest/")

    def do_moved_nowhere(self, tag, repository):
        self.answer(302)


def serve(context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


inherited.close_pipes()
folder = sys.argv[1]
certificates.make(folder)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(
    os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))
ports["port"] = serve(context)
ports["other"] = serve(context)
ports["plain"] = serve()
print(json.dumps(ports), flush=True)
sys.stdin.read()
shutil.rmtree(folder, ignore_errors=True)
