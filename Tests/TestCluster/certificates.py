"""Certificates of the test cluster, made once per folder by the `openssl` program.

Files: ca.crt, other-ca.crt; server-{good,expired,wrong-name,other-ca}.{crt,key};
client-{admin,limited,viewer,expired,foreign}.{crt,key}. Keys are P-256. Every file but the
expired ones is valid from 2020 to 2060, so that no test depends on the day it runs.
"""

import fcntl
import os
import subprocess

VALID = ("20200101000000Z", "20600101000000Z")
EXPIRED = ("20200101000000Z", "20210101000000Z")

_LOCAL_NAMES = "DNS:localhost,IP:127.0.0.1,IP:::1"

# file name: (authority, subject, extended key usage, names, validity)
_LEAVES = {
    "server-good": ("ca", "/CN=kube-apiserver", "serverAuth", _LOCAL_NAMES, VALID),
    "server-expired": ("ca", "/CN=kube-apiserver", "serverAuth", _LOCAL_NAMES, EXPIRED),
    "server-wrong-name": ("ca", "/CN=kube-apiserver", "serverAuth", "DNS:api.other.example", VALID),
    "server-other-ca": ("other-ca", "/CN=kube-apiserver", "serverAuth", _LOCAL_NAMES, VALID),
    "client-admin": ("ca", "/O=system:masters/CN=lab-admin", "clientAuth", None, VALID),
    "client-limited": ("ca", "/CN=lab-limited", "clientAuth", None, VALID),
    "client-viewer": ("ca", "/CN=lab-viewer", "clientAuth", None, VALID),
    "client-expired": ("ca", "/O=system:masters/CN=lab-admin", "clientAuth", None, EXPIRED),
    "client-foreign": ("other-ca", "/O=system:masters/CN=lab-admin", "clientAuth", None, VALID),
}

_CONFIG = """
[ca]
default_ca = authority
[authority]
database = index.txt
serial = serial
new_certs_dir = issued
default_md = sha256
policy = anything
unique_subject = no
[anything]
organizationName = optional
commonName = supplied
[req]
distinguished_name = subject
prompt = no
[subject]
CN = unused
[authority_extensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
"""


def ensure(folder):
    """Makes the certificates in `folder` unless they are there; safe among parallel processes."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(os.path.join(folder, ".complete")):
            _make(folder)
            open(os.path.join(folder, ".complete"), "w").close()
    return folder


def _make(folder):
    os.makedirs(os.path.join(folder, "issued"), exist_ok=True)
    _write(folder, "index.txt", "")
    _write(folder, "serial", "1000\n")
    sections = [_CONFIG]
    for name, (_, _, usage, names, _) in _LEAVES.items():
        sections.append("[%s]\nbasicConstraints = CA:FALSE\nextendedKeyUsage = %s" % (name, usage))
        sections.append("keyUsage = critical,digitalSignature")
        if names:
            sections.append("subjectAltName = " + names)
    _write(folder, "openssl.cnf", "\n".join(sections) + "\n")
    for name, subject in (("ca", "/CN=test-cluster-ca"), ("other-ca", "/CN=some-other-ca")):
        _request(folder, name, subject)
        _sign(folder, name, "authority_extensions", VALID, ["-selfsign", "-keyfile", name + ".key"])
    for name, (authority, subject, _, _, validity) in _LEAVES.items():
        _request(folder, name, subject)
        signer = ["-cert", authority + ".crt", "-keyfile", authority + ".key"]
        _sign(folder, name, name, validity, signer)


def _request(folder, name, subject):
    _openssl(
        folder, "req", "-new", "-config", "openssl.cnf", "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
        "-subj", subject,
    )  # fmt: skip


def _sign(folder, name, extensions, validity, signer):
    _openssl(
        folder, "ca", "-batch", "-notext", "-config", "openssl.cnf", "-extensions", extensions,
        "-startdate", validity[0], "-enddate", validity[1], "-in", name + ".csr",
        "-out", name + ".crt", *signer,
    )  # fmt: skip


def _openssl(folder, *arguments):
    done = subprocess.run(
        ("openssl",) + arguments, cwd=folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError("openssl %s failed: %s" % (arguments[0], done.stderr.strip()))


def _write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)
