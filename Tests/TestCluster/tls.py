"""TLS as a real API server does it: a bad client certificate is no TLS failure.

kube-apiserver asks for a client certificate and never verifies it during the handshake; an
expired or foreign one ends in HTTP 401. Python's `ssl` knows only "verify or abort", so the
verification callback of OpenSSL is set through `ctypes`: it lets the handshake go on, and
`SSL_get_verify_result` says afterwards what was wrong. The two pointers that this needs stand
right behind the object headers of `_ssl._SSLContext` and `_ssl._SSLSocket` (CPython 3.9 to 3.13).
"""

import _ssl
import ctypes
import ssl

_LIBRARY = ctypes.CDLL(getattr(_ssl, "__file__", None))
_VERIFY_PEER = 1
_POINTER = ctypes.sizeof(ctypes.c_void_p)
_OBJECT_HEADER = object.__basicsize__
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)

_LIBRARY.SSL_CTX_set_verify.argtypes = [ctypes.c_void_p, ctypes.c_int, _CALLBACK]
_LIBRARY.SSL_CTX_set_verify.restype = None
_LIBRARY.SSL_get_verify_result.argtypes = [ctypes.c_void_p]
_LIBRARY.SSL_get_verify_result.restype = ctypes.c_long

# Kept alive for as long as any context may call it.
_go_on = _CALLBACK(lambda verified, store: 1)


class Peer:
    """The certificate that a client presented: who it names, and whether it verified."""

    def __init__(self, name, groups, verify_result):
        self.name, self.groups = name, groups
        self.is_trusted = verify_result == 0


def server_context(certificate, key, client_authority):
    """A context for TLS 1.2 and later that asks for a client certificate and accepts any."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(client_authority)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.set_alpn_protocols(["http/1.1"])
    pointer = ctypes.c_void_p.from_address(id(context) + _OBJECT_HEADER).value
    _LIBRARY.SSL_CTX_set_verify(pointer, _VERIFY_PEER, _go_on)
    return context


def peer(connection):
    """The client's certificate after the handshake, or None when it presented none."""
    certificate = connection.getpeercert()
    if not certificate:
        return None
    names = {}
    for part in certificate["subject"]:
        for attribute, value in part:
            names.setdefault(attribute, []).append(value)
    address = id(connection._sslobj) + _OBJECT_HEADER + _POINTER
    pointer = ctypes.c_void_p.from_address(address).value
    return Peer(
        names.get("commonName", [""])[0],
        names.get("organizationName", []),
        _LIBRARY.SSL_get_verify_result(pointer),
    )
