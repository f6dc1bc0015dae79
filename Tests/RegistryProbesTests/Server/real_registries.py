"""Debian's docker-registry three times: open, with htpasswd, and with a token service of our own.

usage: real_registries.py FOLDER
Pushes images made by hand with skopeo, prints ports and digests as JSON on one line, and ends when
standard input does. `front` answers the first request for each path with 429 and redirects the rest to
the open registry. All speak TLS with certificates of FOLDER/ca.pem.
"""

import base64
import hashlib
import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

TESTS = os.path.join(os.path.dirname(__file__), "..", "..")
sys.path.insert(0, os.path.join(TESTS, "TestCluster"))
sys.path.insert(0, os.path.join(TESTS, "CurlTransportTests", "Server"))
import certificates  # noqa: E402
import inherited  # noqa: E402

inherited.close_pipes()
folder = sys.argv[1]
USER = "jane:s3cret"
children = []


def path(*names):
    return os.path.join(folder, *names)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# An image of two platforms as an OCI layout.


def blob(data):
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    name = hashlib.sha256(data).hexdigest()
    with open(path("layout", "blobs", "sha256", name), "wb") as file:
        file.write(data)
    return {"digest": "sha256:" + name, "size": len(data)}


def make_layout():
    os.makedirs(path("layout", "blobs", "sha256"))
    layer = blob(subprocess.run(["tar", "-czf", "-", "-T", "/dev/null"], check=True,
                                stdout=subprocess.PIPE).stdout)
    layer["mediaType"] = "application/vnd.oci.image.layer.v1.tar+gzip"
    manifests = []
    for architecture in ["amd64", "arm64"]:
        config = blob({
            "os": "linux", "architecture": architecture, "config": {},
            "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]}})
        config["mediaType"] = "application/vnd.oci.image.config.v1+json"
        manifest = blob({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": config, "layers": [layer]})
        manifest["mediaType"] = "application/vnd.oci.image.manifest.v1+json"
        manifest["platform"] = {"os": "linux", "architecture": architecture}
        manifests.append(manifest)
    index = blob({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": manifests})
    index["mediaType"] = "application/vnd.oci.image.index.v1+json"
    index["annotations"] = {"org.opencontainers.image.ref.name": "1"}
    with open(path("layout", "index.json"), "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [index]}, file)
    with open(path("layout", "oci-layout"), "w") as file:
        json.dump({"imageLayoutVersion": "1.0.0"}, file)
    return index["digest"]


# The token service: distribution's "Token Authentication Specification".


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(claims):
    with open(path("tokens.pem")) as file:
        lines = file.read().split("-----")[2].split()
    header = {"alg": "ES256", "typ": "JWT", "x5c": ["".join(lines)]}
    text = encoded(json.dumps(header).encode()) + "." + encoded(json.dumps(claims).encode())
    der = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", path("tokens.key")], input=text.encode(),
        stdout=subprocess.PIPE, check=True).stdout
    # JWS wants the two numbers side by side (RFC 7518, section 3.4), openssl writes DER.
    numbers, rest = [], der[2:]
    for _ in range(2):
        length = rest[1]
        numbers.append(int.from_bytes(rest[2:2 + length], "big").to_bytes(32, "big"))
        rest = rest[2 + length:]
    return text + "." + encoded(b"".join(numbers))


class TokenService(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        given = self.headers.get("Authorization")
        is_known = given == "Basic " + base64.b64encode(USER.encode()).decode()
        access = []
        for scope in query.get("scope", []):
            kind, name, actions = scope.split(":")
            allowed = actions.split(",") if is_known else ["pull"]
            if is_known or name.startswith("public/"):
                access.append({"type": kind, "name": name, "actions": allowed})
        if (given and not is_known) or (not access and query.get("scope")):
            self.send_response(401)
            self.end_headers()
            return
        now = int(time.time())
        body = json.dumps({"token": signed({
            "iss": "test-issuer", "sub": "jane" if is_known else "", "aud": "test-registry",
            "exp": now + 300, "nbf": now - 10, "iat": now, "jti": str(time.monotonic_ns()),
            "access": access})}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Front(http.server.BaseHTTPRequestHandler):
    seen = set()

    def log_message(self, *arguments):
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if self.path not in self.seen:
            self.seen.add(self.path)
            self.send_response(429)
            self.send_header("Retry-After", "1")
        else:
            self.send_response(307)
            self.send_header("Location", f"https://127.0.0.1:{ports['open']}{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()


def serve(handler):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path("server.pem"), path("server.key"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def start(name, auth):
    port = free_port()
    config = {
        "version": "0.1", "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": path(name)}},
        "http": {
            "addr": f"127.0.0.1:{port}",
            "tls": {"certificate": path("server.pem"), "key": path("server.key")}},
    }
    if auth:
        config["auth"] = auth
    with open(path(name + ".yml"), "w") as file:
        json.dump(config, file)
    children.append(subprocess.Popen(
        ["docker-registry", "serve", path(name + ".yml")], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return port
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def push(port, name):
    subprocess.run(
        ["skopeo", "--insecure-policy", "copy", "--all", "--preserve-digests", "--quiet",
         "--dest-tls-verify=false", "--dest-creds", USER, "oci:" + path("layout") + ":1",
         f"docker://127.0.0.1:{port}/{name}"],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


ports = {}
try:
    certificates.make(folder)
    certificates.authority(folder, "tokens")
    digest = make_layout()
    ports["service"] = serve(TokenService)
    ports["token"] = start("token", {"token": {
        "realm": f"https://127.0.0.1:{ports['service']}/token", "service": "test-registry",
        "issuer": "test-issuer", "rootcertbundle": path("tokens.pem")}})
    with open(path("htpasswd"), "wb") as file:
        file.write(subprocess.run(
            ["htpasswd", "-Bbn", *USER.split(":")], check=True, stdout=subprocess.PIPE).stdout)
    ports["basic"] = start("basic", {"htpasswd": {"realm": "test", "path": path("htpasswd")}})
    ports["open"] = start("open", None)
    ports["front"] = serve(Front)
    for name in ["public/app:1", "private/app:1"]:
        push(ports["token"], name)
    push(ports["basic"], "team/app:1")
    push(ports["open"], "team/app:1")
    print(json.dumps({"ports": ports, "digest": digest}), flush=True)
    sys.stdin.read()
finally:
    for child in children:
        child.terminate()
        child.wait()
    shutil.rmtree(folder, ignore_errors=True)
