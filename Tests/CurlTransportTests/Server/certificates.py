"""Certificates for the tests' servers, made by the openssl program in a given folder."""
import os
import subprocess

CONFIG = """
[ca]
default_ca = local
[local]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
organizationName = optional
[req]
distinguished_name = name
[name]
"""

SERVER_NAMES = "DNS:localhost,DNS:cluster.test,IP:127.0.0.1,IP:::1"


def openssl(folder, *arguments):
    subprocess.run(
        ["openssl", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def new_key(folder, name):
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key")


def authority(folder, name):
    new_key(folder, name)
    openssl(
        folder, "req", "-x509", "-new", "-key", name + ".key", "-out", name + ".pem", "-days", "30",
        "-subj", "/CN=" + name, "-addext", "basicConstraints=critical,CA:TRUE",
        "-config", "openssl.cnf")


def certificate(folder, name, subject, issuer, names=None, dates=("20200101000000Z", "20991231235959Z")):
    new_key(folder, name)
    openssl(
        folder, "req", "-new", "-key", name + ".key", "-out", name + ".csr", "-subj", subject,
        "-config", "openssl.cnf")
    extensions = name + ".ext"
    with open(os.path.join(folder, extensions), "w") as file:
        file.write("basicConstraints=CA:FALSE\n")
        if names:
            file.write("subjectAltName=" + names + "\n")
    openssl(
        folder, "ca", "-batch", "-notext", "-config", "openssl.cnf", "-cert", issuer + ".pem",
        "-keyfile", issuer + ".key", "-in", name + ".csr", "-out", name + ".pem",
        "-extfile", extensions, "-startdate", dates[0], "-enddate", dates[1])


def make(folder):
    with open(os.path.join(folder, "openssl.cnf"), "w") as file:
        file.write(CONFIG)
    open(os.path.join(folder, "index.txt"), "w").close()
    authority(folder, "ca")
    authority(folder, "other-ca")
    certificate(folder, "server", "/CN=server", "ca", SERVER_NAMES)
    certificate(folder, "wrong-name", "/CN=elsewhere.test", "ca", "DNS:elsewhere.test")
    certificate(
        folder, "expired", "/CN=server", "ca", SERVER_NAMES, ("20200101000000Z", "20210101000000Z"))
    certificate(
        folder, "future", "/CN=server", "ca", SERVER_NAMES, ("20980101000000Z", "20990101000000Z"))
    certificate(folder, "foreign", "/CN=server", "other-ca", SERVER_NAMES)
    new_key(folder, "self-signed")
    openssl(
        folder, "req", "-x509", "-new", "-key", "self-signed.key", "-out", "self-signed.pem",
        "-days", "30", "-subj", "/CN=server", "-addext", "subjectAltName=" + SERVER_NAMES,
        "-config", "openssl.cnf")
    certificate(
        folder, "client", "/O=system:masters/CN=jane", "ca",
        dates=("20240229120000Z", "20620101000000Z"))
    new_key(folder, "unrelated")
    openssl(
        folder, "ec", "-in", "client.key", "-out", "encrypted.key", "-aes128", "-passout", "pass:x")
    openssl(
        folder, "pkcs8", "-topk8", "-in", "client.key", "-out", "encrypted-pkcs8.key",
        "-passout", "pass:x")
    # A directory of trusted certificates under their hash names, as /etc/ssl/certs is.
    os.mkdir(os.path.join(folder, "hashed"))
    os.symlink("../other-ca.pem", os.path.join(folder, "hashed", "other-ca.pem"))
    openssl(folder, "rehash", "hashed")
