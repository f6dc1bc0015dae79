"""A proxy for tests: HTTP CONNECT, the same over TLS, or SOCKS5; every target is one port here.

    python3 proxy.py --mode http --to 6443 --log FILE [--refuse 407]

With --refuse it answers every HTTP request, CONNECT or not, with that status and a page.

Prints `{"port": N}` when it is ready, appends one line `host:port` of each target to the log, and
stops when its standard input closes.
"""

import argparse
import json
import socket
import ssl
import struct
import sys
import threading

import inherited


def connect_target(stream, refusal):
    """The target of an HTTP CONNECT (RFC 9110, section 9.3.6), answered."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = stream.recv(4096)
        if not piece:
            return None
        head += piece
    if refusal:
        page = b"<html><body>The proxy does not let you.</body></html>"
        stream.sendall(
            b"HTTP/1.1 %d Refused\r\nContent-Type: text/html\r\nContent-Length: %d\r\n"
            b"Connection: close\r\n\r\n%s" % (refusal, len(page), page)
        )
        return None
    method, target = head.split(b" ")[:2]
    if method != b"CONNECT":
        stream.sendall(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
        return None
    stream.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return target.decode()


def _exactly(stream, count):
    data = b""
    while len(data) < count:
        piece = stream.recv(count - len(data))
        if not piece:
            raise OSError("the client is gone")
        data += piece
    return data


def socks_target(stream):
    """The target of a SOCKS5 CONNECT without authentication (RFC 1928), answered."""
    _exactly(stream, _exactly(stream, 2)[1])
    stream.sendall(b"\x05\x00")
    kind = _exactly(stream, 4)[3]
    if kind == 3:
        host = _exactly(stream, _exactly(stream, 1)[0]).decode()
    elif kind == 1:
        host = socket.inet_ntop(socket.AF_INET, _exactly(stream, 4))
    else:
        host = "[%s]" % socket.inet_ntop(socket.AF_INET6, _exactly(stream, 16))
    (port,) = struct.unpack(">H", _exactly(stream, 2))
    stream.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    return "%s:%d" % (host, port)


def _pump(source, sink):
    try:
        while True:
            piece = source.recv(65536)
            if not piece:
                break
            sink.sendall(piece)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(stream, arguments, context):
    try:
        if context is not None:
            stream = context.wrap_socket(stream, server_side=True)
        if arguments.mode == "socks5":
            target = socks_target(stream)
        else:
            target = connect_target(stream, arguments.refuse)
        if target is None:
            stream.close()
            return
        with open(arguments.log, "a") as log:
            log.write(target + "\n")
        server = socket.create_connection(("127.0.0.1", arguments.to))
    except OSError:
        stream.close()
        return
    threading.Thread(target=_pump, args=(stream, server), daemon=True).start()
    _pump(server, stream)


def main():
    inherited.close_pipes()
    parser = argparse.ArgumentParser(description="A proxy for tests.")
    parser.add_argument("--mode", choices=("http", "https", "socks5"), default="http")
    parser.add_argument("--to", type=int, required=True, help="the port that every target is")
    parser.add_argument("--log", required=True)
    parser.add_argument("--refuse", type=int, help="the status of every answer")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    arguments = parser.parse_args()
    context = None
    if arguments.mode == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
    listener = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)

    def accept():
        while True:
            stream, _ = listener.accept()
            threading.Thread(
                target=serve, args=(stream, arguments, context), daemon=True
            ).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
