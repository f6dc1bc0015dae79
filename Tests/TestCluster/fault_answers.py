"""The answers of faults that replace the real one."""

import negotiation
import paging
import statuses
from messages import Answer, failure, json_answer, text

_LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head>"
    b"<body><h1>Sign in to continue</h1></body></html>\n"
)


def answer(fault, request):
    """The answer that `fault` gives instead of the real one; None where it gives none."""
    return _KINDS[fault.kind](fault, request)


def _status(fault, request):
    code = int(fault.get("code", 500))
    retry_after = fault.get("retryAfter")
    if fault.get("text") is not None:
        answer = text(code, fault.get("text"))
    elif code == 401:
        answer = failure(request, statuses.unauthorized())
    elif code == 403:
        message = fault.get("message", "forbidden by the test")
        answer = failure(request, statuses.make(403, "Forbidden", message, {}))
    elif code == 404:
        answer = failure(request, statuses.resource_not_found())
    elif code == 429:
        message = "Too many requests, please try again later."
        answer = failure(request, statuses.make(429, "TooManyRequests", message))
    else:
        status = statuses.server_error(code)
        status["message"] = fault.get("message", status["message"])
        answer = failure(request, status)
    if retry_after is not None:
        answer.headers = [entry for entry in answer.headers if entry[0] != "Retry-After"]
        answer.headers.append(("Retry-After", str(retry_after)))
    return answer


def _gone(fault, request):
    token = request.query.get("continue")
    usable = token and fault.get("token", True)
    return failure(request, statuses.expired(paging.expire(token) if usable else None))


def _too_large_version(fault, request):
    return failure(request, statuses.too_large_version(106841, 6842))


def _storage_initializing(fault, request):
    status = statuses.too_many_requests(
        int(fault.get("retryAfter", 1)), "storage is (re)initializing"
    )
    return failure(request, status)


def _html(fault, request):
    return Answer(200, "text/html; charset=utf-8", _LOGIN_PAGE)


def _bad_json(fault, request):
    head = b'{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":['
    return json_answer(200, head + b'{"metadata":{"name":"broken","labels":{"a":}}}]}\n')


def _empty(fault, request):
    return Answer(200, fault.get("type", negotiation.JSON), b"")


def _redirect(fault, request):
    location = fault.get("location", "https://other.example/")
    return Answer(int(fault.get("code", 302)), "text/html", b"", [("Location", location)])


def _huge(fault, request):
    limit = int(fault.get("bytes", 1 << 30))
    head = b'{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":['
    if fault.get("oneItem"):
        head += b'{"metadata":{"name":"endless","namespace":"default","annotations":{"text":"'

        def pieces():
            yield head
            for _ in range(0, limit, 65536):
                yield b"x" * 65536
            yield b'"}}}]}\n'

    else:
        item = b'{"metadata":{"name":"filler","namespace":"default","uid":"f"},"spec":{}}'
        block = b",".join([item] * 512)

        def pieces():
            yield head + item
            for _ in range(0, limit, len(block)):
                yield b"," + block
            yield b"]}\n"

    return Answer(200, negotiation.JSON, pieces())


def _nothing(fault, request):
    return None


_KINDS = {
    "status": _status,
    "gone": _gone,
    "tooLargeVersion": _too_large_version,
    "storageInitializing": _storage_initializing,
    "html": _html,
    "badJSON": _bad_json,
    "empty": _empty,
    "redirect": _redirect,
    "huge": _huge,
    "hang": _nothing,
    "close": _nothing,
}
