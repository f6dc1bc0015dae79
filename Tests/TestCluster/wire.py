"""Protocol Buffers on the wire: just enough to split and join the lists of an API server.

A Kubernetes protobuf body is the four bytes `k8s\\0` and one `runtime.Unknown` message
(1 typeMeta, 2 raw, 3 contentEncoding, 4 contentType); `raw` is the list or object itself.
Of a list, field 1 is its ListMeta and every field 2 is one item.
"""

MAGIC = b"k8s\0"
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


class WireError(ValueError):
    """The bytes are no well-formed message."""


def varint(value):
    """The base-128 form of an integer; a negative one takes ten bytes, as int64 does."""
    if value < 0:
        value += 1 << 64
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def read_varint(data, at):
    """The integer at `at` and the position behind it."""
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise WireError("truncated or oversized varint at byte %d" % at)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def key(number, wire_type):
    return varint(number << 3 | wire_type)


def field(number, payload):
    """One length-delimited field."""
    return key(number, LENGTH) + varint(len(payload)) + payload


def number_field(number, value):
    """One varint field."""
    return key(number, VARINT) + varint(int(value))


def fields(data):
    """Yields (number, wire type, value, whole field as bytes); value is int or bytes."""
    at = 0
    while at < len(data):
        start = at
        tag, at = read_varint(data, at)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == VARINT:
            value, at = read_varint(data, at)
        elif wire_type == LENGTH:
            size, at = read_varint(data, at)
            value = data[at : at + size]
            at += size
        elif wire_type in (FIXED64, FIXED32):
            size = 8 if wire_type == FIXED64 else 4
            value = data[at : at + size]
            at += size
        else:
            raise WireError("wire type %d at byte %d" % (wire_type, start))
        if at > len(data):
            raise WireError("field %d runs past the end of its message" % number)
        yield number, wire_type, value, data[start:at]


def first(data, number, default=b""):
    for found, _, value, _ in fields(data):
        if found == number:
            return value
    return default


def envelope(api_version, kind, raw_length):
    """Everything that precedes `raw` in a body, and what follows it."""
    type_meta = field(1, api_version.encode()) + field(2, kind.encode())
    head = MAGIC + field(1, type_meta) + key(2, LENGTH) + varint(raw_length)
    return head, field(3, b"") + field(4, b"")


def wrap(api_version, kind, raw):
    """A whole body around one message."""
    head, tail = envelope(api_version, kind, len(raw))
    return head + raw + tail


def unwrap(body):
    """(apiVersion, kind, raw) of a whole body."""
    if body[:4] != MAGIC:
        raise WireError("no k8s\\0 at the start")
    unknown = body[4:]
    type_meta = first(unknown, 1)
    return first(type_meta, 1).decode(), first(type_meta, 2).decode(), first(unknown, 2)


def split_list(raw):
    """(ListMeta bytes, [item bytes]) of a list message."""
    meta, items = b"", []
    for number, _, value, _ in fields(raw):
        if number == 1:
            meta = value
        elif number == 2:
            items.append(value)
    return meta, items


def list_meta(resource_version, token="", remaining=None):
    """A ListMeta as the server writes it: empty strings are on the wire, too."""
    out = field(1, b"") + field(2, resource_version.encode()) + field(3, token.encode())
    if remaining is not None:
        out += number_field(4, remaining)
    return out

