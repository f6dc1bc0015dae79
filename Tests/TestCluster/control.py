"""What the harness asks of a running server: its log, and faults to come.

    GET  /__log      the requests so far, one JSON object a line
    GET  /__stats    counts and peaks
    POST /__reset    forgets both
    POST /__faults   a fault, or a list of them (faults.py); DELETE /__faults clears all
    POST /__tokens   {"grant": {"token": "user"}, "revoke": ["token"]}
"""

import json

import faults


def answer(site, method, path, body):
    """(status, content type, body); these requests are never logged."""
    try:
        if (method, path) == ("GET", "/__log"):
            lines = (json.dumps(entry) + "\n" for entry in site.journal.entries())
            return 200, "application/x-ndjson", "".join(lines).encode()
        if (method, path) == ("GET", "/__stats"):
            return _json(200, site.journal.stats())
        if (method, path) == ("POST", "/__reset"):
            site.journal.reset()
            return _json(200, {})
        if (method, path) == ("DELETE", "/__faults"):
            site.router.faults.clear()
            return _json(200, {})
        if (method, path) == ("POST", "/__faults"):
            value = json.loads(body)
            for description in value if isinstance(value, list) else [value]:
                site.router.faults.add(description)
            return _json(200, {})
        if (method, path) == ("POST", "/__tokens"):
            value = json.loads(body)
            for token, user in value.get("grant", {}).items():
                site.router.rights.grant(token, user)
            for token in value.get("revoke", ()):
                site.router.rights.revoke(token)
            return _json(200, {})
    except (faults.BadFault, ValueError) as error:
        return _json(400, {"error": str(error)})
    return _json(404, {"error": "no such control path"})


def _json(status, value):
    return status, "application/json", json.dumps(value).encode() + b"\n"
