"""The tests' servers: HTTP in all its good and bad manners, over TLS and in the clear, and proxies.

usage: server.py FOLDER. Prints one line of JSON with the ports; when its input ends it removes
the folder and ends.
"""
import gzip
import itertools
import json
import os
import select
import shutil
import socket
import ssl
import struct
import sys
import threading
import time

import certificates

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "TestCluster"))
import inherited  # noqa: E402

releases = {}
releases_lock = threading.Lock()
sent = {}
barriers = {}
connection_ids = itertools.count(1)


def barrier(name):
    with releases_lock:
        return barriers.setdefault(name, threading.Barrier(2, timeout=30))


def release(name):
    with releases_lock:
        return releases.setdefault(name, threading.Event())


def pattern(count):
    block = bytes(range(251)) * 1024
    return (block * (count // len(block) + 1))[:count]


class Peer:
    """One connection, and how it ends."""

    def __init__(self, stream):
        self.stream = stream
        self.file = stream.makefile("rb")
        self.id = next(connection_ids)
        self.requests = 0

    def send(self, data):
        self.stream.sendall(data)

    def answer(self, status, headers, body, reason="Whatever"):
        lines = ["HTTP/1.1 %d %s" % (status, reason)]
        lines += ["%s: %s" % field for field in headers]
        lines += ["Content-Length: %d" % len(body), "", ""]
        self.send("\r\n".join(lines).encode("latin-1") + body)

    def finish_politely(self):
        if isinstance(self.stream, ssl.SSLSocket):
            try:
                self.stream.settimeout(1)
                self.stream.unwrap()
            except OSError:
                pass
        self.finish_rudely()

    def finish_rudely(self):
        """A FIN, without the close of TLS."""
        self.file.close()
        try:
            self.stream.shutdown(socket.SHUT_WR)
            raw = self.stream.detach()
            raw = socket.socket(fileno=raw)
            raw.settimeout(5)
            # Unread bytes would turn the close into a reset.
            while raw.recv(65536):
                pass
            raw.close()
        except OSError:
            pass

    def reset(self):
        self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.file.close()
        socket.socket(fileno=self.stream.detach()).close()


def read_request(peer):
    line = peer.file.readline(65536)
    if not line:
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    headers = []
    while True:
        line = peer.file.readline(65536).decode("latin-1").rstrip("\r\n")
        if not line:
            break
        name, value = line.split(":", 1)
        headers.append([name, value.strip()])
    length = next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
    return method, target, headers, peer.file.read(length)


def serve(peer):
    """False when the connection is over."""
    request = read_request(peer)
    if request is None:
        return False
    method, target, headers, body = request
    peer.requests += 1
    if target.startswith("http://"):  # the absolute form, as a proxy gets it
        target = "/" + target.split("/", 3)[3]
    path = target.split("?")[0].strip("/").split("/")
    wants_gzip = any(n.lower() == "accept-encoding" and "gzip" in v for n, v in headers)
    route = path[0]
    if route == "echo" or "echo" in path:
        if "together" in path:  # with another request, so on two connections
            barrier(path[-1]).wait()
        subject = None
        if isinstance(peer.stream, ssl.SSLSocket):
            certificate = peer.stream.getpeercert()
            if certificate:
                subject = dict(field[0] for field in certificate["subject"]).get("commonName")
        peer.answer(200, [("Content-Type", "application/json")], json.dumps({
            "method": method, "target": target, "headers": headers,
            "body": body.decode("utf-8"), "client": subject, "connection": peer.id,
            "request": peer.requests, "resumed": getattr(peer.stream, "session_reused", False),
            "serverName": getattr(peer.stream, "announced", None)}).encode())
    elif route == "bytes":
        data = pattern(int(path[1]))
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data))
        for start in range(0, len(data), 65536):
            peer.send(data[start:start + 65536])
            if len(path) > 2:
                sent[path[2]] = start + 65536
    elif route == "sent":
        peer.answer(200, [], str(sent.get(path[1], 0)).encode())
    elif route == "chunked":
        data = pattern(int(path[1]))
        peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in range(0, len(data), 5000):
            part = data[start:start + 5000]
            peer.send(b"%x\r\n%s\r\n" % (len(part), part))
        peer.send(b"0\r\nX-Trailer: late\r\n\r\n")
    elif route == "gzip":
        data = pattern(int(path[1]))
        if wants_gzip:
            peer.answer(200, [("Content-Encoding", "gzip")], gzip.compress(data))
        else:
            peer.answer(200, [], data)
    elif route == "broken-gzip":
        peer.answer(200, [("Content-Encoding", "gzip")], b"this is not gzip at all")
    elif route == "unauthorized":
        peer.answer(
            401, [("WWW-Authenticate", 'Basic realm="cluster"'), ("WWW-Authenticate", "Bearer")],
            b"no")
    elif route == "redirect":
        peer.answer(int(path[1]), [("Location", "/echo?from=redirect")], b"moved")
    elif route == "status":
        peer.answer(int(path[1]), [("Retry-After", "3")], b"status")
    elif route == "early-hints":
        peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        peer.answer(200, [("X-Real", "yes")], b"late")
    elif route == "folded":
        peer.send(b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nX-Twice: a\r\nx-twice: b\r\n"
                  b"X-Empty:\r\nContent-Length: 0\r\n\r\n")
    elif route == "no-content":
        peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")
    elif route == "until-close":
        peer.send(b"HTTP/1.0 200 OK\r\n\r\nall of it")
        peer.finish_politely()
        return False
    elif route == "large-head":
        peer.send(b"HTTP/1.1 200 OK\r\n")
        for index in range(40):
            peer.send(b"X-%d: %s\r\n" % (index, b"y" * 8000))
        peer.send(b"Content-Length: 0\r\n\r\n")
    elif route == "garbage":
        peer.send(b"SSH-2.0-OpenSSH_9.2p1\r\n")
        peer.finish_politely()
        return False
    elif route == "nothing":
        peer.finish_politely()
        return False
    elif route in ("truncated", "rude", "reset", "stall"):
        # /ROUTE/length|chunked/NAME: half an answer; its end waits for /release/NAME.
        if path[1] == "length":
            peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 500)
        else:
            peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n"
                      + b"x" * 500 + b"\r\n")
        release(path[2]).wait(30)
        if route == "truncated":
            peer.finish_politely()
        elif route == "rude":
            peer.finish_rudely()
        else:
            peer.reset()
        return False
    elif route == "drip":
        # /drip/COUNT/MILLISECONDS: a body of COUNT bytes, one at a time.
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % int(path[1]))
        for _ in range(int(path[1])):
            time.sleep(int(path[2]) / 1000)
            peer.send(b"x")
    elif route == "wait":
        release(path[1]).wait(30)
        peer.answer(200, [], b"waited")
    elif route == "release":
        release(path[1]).set()
        peer.answer(200, [], b"")
    else:
        peer.answer(404, [], b"not found")
    return True


def converse(stream, context):
    try:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            stream = context.wrap_socket(stream, server_side=True)
        peer = Peer(stream)
        while serve(peer):
            pass
        peer.file.close()
        stream.close()
    except (OSError, ValueError):
        try:
            stream.close()
        except OSError:
            pass


def listen(handler, family=socket.AF_INET, address="127.0.0.1"):
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, 0))
    server.listen(512)

    def accept():
        while True:
            stream, _ = server.accept()
            threading.Thread(target=handler, args=(stream,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


class NamedSocket(ssl.SSLSocket):
    announced = None


def context(folder, name, client=ssl.CERT_OPTIONAL):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.sslsocket_class = NamedSocket
    made.load_cert_chain(os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key"))
    made.load_verify_locations(os.path.join(folder, "ca.pem"))
    made.verify_mode = client

    def note(stream, server_name, _):
        stream.announced = server_name

    made.sni_callback = note
    return made


def join(one, other):
    """Passes bytes both ways in one thread: a TLS socket must not be used by two."""
    other_side = {one: other, other: one}
    while True:
        ready = [s for s in other_side if isinstance(s, ssl.SSLSocket) and s.pending()]
        for source in ready or select.select(list(other_side), [], [])[0]:
            data = source.recv(65536)
            if not data:
                other.close()
                return
            other_side[source].sendall(data)


KNOWN = {"cluster.test": "127.0.0.1", "behind.test": "127.0.0.1", "localhost": "127.0.0.1"}


def connect_proxy(tls=None):
    """CONNECT host:port; `forbidden.test` gets 403, a user other than u:p%40ss gets 407."""

    def handle(stream):
        try:
            if tls:
                stream = tls.wrap_socket(stream, server_side=True)
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                byte = stream.recv(1)
                if not byte:
                    return
                head += byte
            lines = head.decode("latin-1").split("\r\n")
            method, target, _ = lines[0].split(" ", 2)
            credentials = [l for l in lines if l.lower().startswith("proxy-authorization:")]
            if any(l.lower().startswith("authorization:") for l in lines):
                stream.sendall(b"HTTP/1.1 500 Leak\r\nContent-Length: 0\r\n\r\n")
                return
            host, port = target.rsplit(":", 1)
            if host == "forbidden.test":
                stream.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
                return
            # base64 of u:p@ss
            if host == "behind.test" and not any("dTpwQHNz" in l for l in credentials):
                stream.sendall(b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n")
                return
            upstream = socket.create_connection((KNOWN.get(host, host.strip("[]")), int(port)), 5)
            stream.sendall(b"HTTP/1.1 200 Connected\r\nX-Proxy: yes\r\n\r\n")
            join(stream, upstream)
        except (OSError, ValueError):
            pass
        finally:
            stream.close()

    return handle


def socks_proxy(stream):
    """SOCKS5 (RFC 1928) without authentication; names only, `forbidden.test` is not allowed."""
    try:
        file = stream.makefile("rb", buffering=0)
        _, count = file.read(2)
        file.read(count)
        stream.sendall(b"\x05\x00")
        _, _, _, kind = file.read(4)
        if kind == 3:
            host = file.read(file.read(1)[0]).decode()
        elif kind == 1:
            host = socket.inet_ntoa(file.read(4))
        else:
            host = socket.inet_ntop(socket.AF_INET6, file.read(16))
        port = struct.unpack(">H", file.read(2))[0]
        if host == "forbidden.test":
            stream.sendall(b"\x05\x02\x00\x01" + bytes(6))
            return
        upstream = socket.create_connection((KNOWN.get(host, host), port), 5)
        stream.sendall(b"\x05\x00\x00\x01" + bytes(6))
        join(stream, upstream)
    except (OSError, ValueError):
        pass
    finally:
        stream.close()


def keep_silent(stream):
    while stream.recv(65536):
        pass


def main(folder):
    inherited.close_pipes()
    certificates.make(folder)
    ports = {}
    for name in ("server", "wrong-name", "expired", "future", "foreign", "self-signed"):
        made = context(folder, name)
        ports[name] = listen(lambda stream, made=made: converse(stream, made))
    strict = context(folder, "server", ssl.CERT_REQUIRED)
    ports["strict"] = listen(lambda stream: converse(stream, strict))
    six = context(folder, "server")
    ports["six"] = listen(lambda stream: converse(stream, six), socket.AF_INET6, "::1")
    ports["plain"] = listen(lambda stream: converse(stream, None))
    ports["silent"] = listen(keep_silent)
    ports["proxy"] = listen(connect_proxy())
    ports["tls-proxy"] = listen(connect_proxy(context(folder, "server", ssl.CERT_NONE)))
    ports["foreign-proxy"] = listen(connect_proxy(context(folder, "foreign", ssl.CERT_NONE)))
    ports["socks"] = listen(socks_proxy)
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
    ports["closed"] = closed.getsockname()[1]
    print(json.dumps(ports), flush=True)
    sys.stdin.read()
    shutil.rmtree(folder, ignore_errors=True)


main(sys.argv[1])
