"""A request as the routes see it, and the answer that they give."""

import urllib.parse

import negotiation
import statuses

REASONS = {
    200: "OK", 201: "Created", 301: "Moved Permanently", 302: "Found", 304: "Not Modified",
    307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
    401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    406: "Not Acceptable", 410: "Gone", 415: "Unsupported Media Type",
    429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip


class Request:
    """One HTTP request; `target` is path and query without the server's path prefix."""

    def __init__(self, method, target, headers, body=b""):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        path, _, self.query_text = target.partition("?")
        self.path = urllib.parse.unquote(path)
        parsed = urllib.parse.parse_qs(self.query_text, keep_blank_values=True)
        self.query = {name: values[0] for name, values in parsed.items()}
        self.accept = headers.get("accept")
        self.user = None

    @property
    def wants_indentation(self):
        """kube-apiserver indents JSON for command-line clients and browsers."""
        asked = self.query.get("pretty")
        if asked is not None:
            return asked.lower() in ("true", "1")
        agent = self.headers.get("user-agent", "")
        return agent.startswith(("curl", "Wget", "Mozilla/5.0"))


class Answer:
    """A status, header fields, and the body as an iterable of byte strings."""

    def __init__(self, status, content_type, pieces, headers=()):
        self.status, self.content_type = status, content_type
        self.pieces = [pieces] if isinstance(pieces, bytes) else pieces
        self.headers = list(headers)
        self.is_cacheable = False


def text(status, body):
    """Plain text, as the server's mux writes it."""
    headers = [("X-Content-Type-Options", "nosniff")]
    return Answer(status, "text/plain; charset=utf-8", body.encode(), headers)


def failure(request, status):
    """A Status in the representation that the client asks for."""
    content_type, body = statuses.encode(status, request.accept, status["code"] == 406)
    headers = []
    seconds = (status.get("details") or {}).get("retryAfterSeconds")
    if seconds:
        headers.append(("Retry-After", str(seconds)))
    if status["code"] == 403:
        headers.append(("X-Content-Type-Options", "nosniff"))
    return Answer(status["code"], content_type, body, headers)


def json_answer(status, body):
    return Answer(status, negotiation.JSON, body)
