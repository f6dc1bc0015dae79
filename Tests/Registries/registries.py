"""Local image registries over TLS, and an image of two platforms, made without a network.

usage: python3 registries.py FOLDER COUNT

Starts COUNT times Debian's docker-registry on free ports of localhost, prints one line of JSON
({"ca": FILE, "ports": [...], "layout": FOLDER, "digest": ...}), and runs until standard input ends.
The certificate authority is made for this run; programs written in Go trust it by SSL_CERT_FILE.
"""

import gzip
import hashlib
import io
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tarfile
import time
import urllib.request


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def certificates(folder):
    """A certificate authority, and a certificate for localhost."""
    path = lambda name: os.path.join(folder, name)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", path("ca.key"), "-out", path("ca.pem"), "-days", "2", "-subj",
            "/CN=test authority", "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            path("server.key"), "-out", path("server.csr"), "-subj", "/CN=localhost")
    with open(path("extensions"), "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"), "-CAkey",
            path("ca.key"), "-CAcreateserial", "-out", path("server.pem"), "-days", "2",
            "-extfile", path("extensions"))
    return path("ca.pem"), path("server.pem"), path("server.key")


def layout(folder):
    """An OCI layout with one index of two platforms, tagged v1; returns the digest of the index."""
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)

    def blob(data):
        digest = hashlib.sha256(data).hexdigest()
        with open(os.path.join(blobs, digest), "wb") as file:
            file.write(data)
        return {"digest": f"sha256:{digest}", "size": len(data)}

    def document(value):
        return blob(json.dumps(value, sort_keys=True).encode())

    manifests = []
    for architecture in ["amd64", "arm64"]:
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w") as archive:
            content = f"made for {architecture}\n".encode()
            entry = tarfile.TarInfo("made")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        plain = tar.getvalue()
        config = document({
            "architecture": architecture, "os": "linux", "config": {},
            "rootfs": {"type": "layers",
                       "diff_ids": [f"sha256:{hashlib.sha256(plain).hexdigest()}"]},
        })
        layer = blob(gzip.compress(plain, mtime=0))
        manifest = document({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **config},
            "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", **layer}],
        })
        manifests.append({
            "mediaType": "application/vnd.oci.image.manifest.v1+json", **manifest,
            "platform": {"architecture": architecture, "os": "linux"},
        })
    index = document({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": manifests,
    })
    with open(os.path.join(folder, "index.json"), "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [{
            "mediaType": "application/vnd.oci.image.index.v1+json", **index,
            "annotations": {"org.opencontainers.image.ref.name": "v1"},
        }]}, file)
    with open(os.path.join(folder, "oci-layout"), "w") as file:
        file.write('{"imageLayoutVersion": "1.0.0"}')
    return index["digest"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, number, certificate, key):
    port = free_port()
    storage = os.path.join(folder, f"storage-{number}")
    os.makedirs(storage)
    configuration = os.path.join(folder, f"registry-{number}.yml")
    with open(configuration, "w") as file:
        json.dump({
            "version": "0.1", "log": {"level": "error"},
            "storage": {"filesystem": {"rootdirectory": storage}},
            "http": {"addr": f"127.0.0.1:{port}",
                     "tls": {"certificate": certificate, "key": key}},
        }, file)
    with open(os.path.join(folder, f"registry-{number}.log"), "wb") as log:
        process = subprocess.Popen(["docker-registry", "serve", configuration],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    return process, port


def wait_for(process, port, authority):
    context = ssl.create_default_context(cafile=authority)
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"https://localhost:{port}/v2/", context=context):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("a registry did not start")
            time.sleep(0.05)


def main():
    folder, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    authority, certificate, key = certificates(folder)
    image = os.path.join(folder, "layout")
    os.makedirs(image)
    digest = layout(image)
    started = []
    # So that the registries end with this program, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for number in range(count):
            started.append(start(folder, number, certificate, key))
        for process, port in started:
            wait_for(process, port, authority)
        print(json.dumps({"ca": authority, "ports": [port for _, port in started],
                          "layout": image, "digest": digest}), flush=True)
        sys.stdin.read()
    finally:
        for process, _ in started:
            process.terminate()
        for process, _ in started:
            process.wait()


main()
