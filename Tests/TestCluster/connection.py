"""One client connection: HTTP/1.1 with keep-alive, chunked answers, gzip, and spoiled answers."""

import email.utils
import http.server
import json
import socket
import ssl
import struct
import time
import uuid
import zlib

import control
import negotiation
import tls
from messages import REASONS, Request, text

# The server compresses list answers from this size on (k8s.io/apiserver: 128 KiB).
COMPRESSION_THRESHOLD = 128 * 1024
BLOCK = 128 * 1024


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the requests of one connection in its own thread."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site = None  # set by the server: a Site

    def setup(self):
        self.peer = None
        self._is_open = True
        if self.site.tls_context is not None:
            try:
                self.request = self.site.tls_context.wrap_socket(self.request, server_side=True)
                self.peer = tls.peer(self.request)
            except (ssl.SSLError, OSError) as error:
                self.site.note("TLS: %s" % error)
                self._is_open = False
        self.number = self.site.journal.connected()
        super().setup()

    def handle(self):
        if self._is_open:
            try:
                super().handle()
            except (ssl.SSLError, OSError) as error:
                self.site.note("connection %d: %s" % (self.number, error))

    def finish(self):
        try:
            super().finish()
            self.connection.close()
        except OSError:
            pass

    def log_message(self, format, *arguments):
        self.site.note(format % arguments)

    def handle_one_request(self):
        """Reads one request of any method and answers it."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self.serve()

    def serve(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else b""
        if self.path.startswith("/__"):
            status, content_type, answer = control.answer(self.site, self.command, self.path, body)
            self._send_plain(status, content_type, answer)
            return
        path, _, query = self.path.partition("?")
        journal = self.site.journal
        entry = journal.begin(self.number, self.command, path, query, self.headers)
        try:
            self._exchange(entry, body)
        finally:
            journal.end(entry)

    def _exchange(self, entry, body):
        prefix = self.site.prefix
        fault = None
        request = Request(self.command, self.path, self.headers, body)
        if prefix and not (self.path == prefix or self.path.startswith(prefix + "/")):
            answer = text(404, "404 page not found\n")
        else:
            request = Request(self.command, self.path[len(prefix) :], self.headers, body)
            answer, fault = self.site.router.handle(request, self.peer, entry)
        if answer is None:
            self.close_connection = True
            if fault.kind == "hang":
                time.sleep(float(fault.get("seconds", 3600)))
            return
        entry["status"] = answer.status
        if fault is not None and fault.kind == "delay":
            time.sleep(float(fault.get("seconds", 1)))
            fault = None
        if fault is None or fault.replaces or fault.kind == "duplicatePage":
            self._send(answer, request, entry)
        else:
            self._spoil(fault, answer, request, entry)

    def _encoded(self, answer, request):
        """(extra header fields, pieces) of an answer, indented or compressed as the client asks."""
        pieces = answer.pieces
        if request.wants_indentation and answer.content_type == negotiation.JSON:
            if not answer.is_cacheable:
                whole = b"".join(pieces)
                pieces = [_indent(whole)]
        if "gzip" not in (request.headers.get("accept-encoding") or ""):
            return [], pieces
        if answer.is_cacheable:
            cached = self.site.compressed(request, answer)
            return cached or ([], pieces)
        pieces = list(pieces)
        if sum(map(len, pieces)) < COMPRESSION_THRESHOLD:
            return [], pieces
        return GZIP_HEADERS, gzip_pieces(pieces)

    def _head(self, answer, extra):
        lines = [
            "HTTP/1.1 %d %s" % (answer.status, REASONS.get(answer.status, "Unknown")),
            "Audit-Id: " + str(uuid.uuid4()),
        ]
        if not any(name == "Cache-Control" for name, _ in answer.headers):
            lines.append("Cache-Control: no-cache, private")
        if answer.content_type:
            lines.append("Content-Type: " + answer.content_type)
        if answer.status == 401 and self.site.challenges:
            lines.append('WWW-Authenticate: Basic realm="kubernetes-master"')
        lines.extend("%s: %s" % entry for entry in answer.headers)
        lines.extend("%s: %s" % entry for entry in extra)
        lines.append("Date: " + email.utils.formatdate(usegmt=True))
        if self.close_connection:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode("latin-1")

    def _send(self, answer, request, entry):
        extra, pieces = self._encoded(answer, request)
        blocks = _blocks(pieces)
        block = next(blocks, b"")
        following = next(blocks, None)
        if following is None and len(block) < 2048 or answer.status == 304:
            # As Go's server does, a short body has a length; everything else is chunked.
            length = b"" if answer.status == 304 else b"\r\nContent-Length: %d" % len(block)
            entry["bytes"] += len(block)
            self.site.journal.end(entry)
            self.wfile.write(self._head(answer, extra) + length + b"\r\n\r\n" + block)
            return
        head = self._head(answer, extra) + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
        while block is not None:
            entry["bytes"] += len(block)
            tail = b"\r\n"
            if following is None:
                # Noted before the last bytes leave: a client may ask again the moment it has them.
                self.site.journal.end(entry)
                tail = b"\r\n0\r\n\r\n"
            self.wfile.write(head + b"%x\r\n" % len(block) + block + tail)
            head = b""
            block, following = following, next(blocks, None) if following is not None else None

    def _spoil(self, fault, answer, request, entry):
        extra, pieces = self._encoded(answer, request)
        body = b"".join(pieces)
        if fault.kind == "contentType":
            answer.content_type = fault.get("type", "text/plain")
            answer.pieces = [body]
            self._send(answer, request, entry)
            return
        self.close_connection = True
        cut = min(int(fault.get("bytes", len(body) // 2)), len(body))
        entry["bytes"] += cut
        if fault.kind == "drip":
            self._drip(fault, self._head(answer, extra), body, entry)
            return
        if fault.kind == "truncateLength":
            length = b"\r\nContent-Length: %d\r\n\r\n" % len(body)
            self.wfile.write(self._head(answer, extra) + length + body[:cut])
            return
        head = self._head(answer, extra) + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"%x\r\n" % cut + body[:cut] + b"\r\n" if cut else b""
        self.wfile.write(head + chunk)
        if fault.kind == "stall":
            time.sleep(float(fault.get("seconds", 3600)))
        elif fault.kind == "reset":
            # Time for the bytes to arrive: a reset makes the peer drop what it has not read yet.
            time.sleep(0.05)
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()

    def _drip(self, fault, head, body, entry):
        pieces = int(fault.get("pieces", 0))
        size = -(-len(body) // pieces) if pieces else int(fault.get("bytes", 1024))
        size = max(1, size)
        self.wfile.write(head + b"\r\nContent-Length: %d\r\n\r\n" % len(body))
        for at in range(0, len(body), size):
            if at + size >= len(body):
                self.site.journal.end(entry)
            self.wfile.write(body[at : at + size])
            time.sleep(float(fault.get("seconds", 0.01)))

    def _send_plain(self, status, content_type, body):
        head = "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (
            status, REASONS.get(status, "Unknown"), content_type, len(body),
        )  # fmt: skip
        self.wfile.write(head.encode() + body)


GZIP_HEADERS = [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]


def gzip_pieces(pieces):
    """The pieces compressed as one gzip stream, at the server's level."""
    compressor = zlib.compressobj(1, zlib.DEFLATED, 31)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def _blocks(pieces):
    """The same bytes in blocks of about `BLOCK` bytes."""
    waiting, size = [], 0
    for piece in pieces:
        if not piece:
            continue
        waiting.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _indent(body):
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False).encode()
    except ValueError:
        return body
