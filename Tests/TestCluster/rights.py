"""Who a request comes from and what that user may do.

A rights file (`--rights`) is a JSON object of users, merged over the built-in table:

    {"lab-limited": {"groups": [], "tokens": ["limited-token"], "password": "…",
      "rules": [{"namespaces": ["team-a"], "apiGroups": [""], "resources": ["pods"],
                 "verbs": ["list"], "except": []}]}}

`"namespaces": ["*"]` is a cluster-wide grant; `except` names resources that a `*` leaves out.
"""

import base64

_READ = ["get", "list", "watch"]


def _everywhere(*excluded):
    return {
        "namespaces": ["*"],
        "apiGroups": ["*"],
        "resources": ["*"],
        "except": list(excluded),
        "verbs": _READ,
    }


USERS = {
    # Client certificates and tokens of this cluster's administrators.
    "lab-admin": {"groups": ["system:masters"], "password": "admin-password"},
    "lab-token-admin": {"groups": ["system:masters"], "tokens": ["admin-token"]},
    # May list Pods in one namespace and nothing else.
    "lab-limited": {
        "tokens": ["limited-token"],
        "rules": [
            {"namespaces": ["team-a"], "apiGroups": [""], "resources": ["pods"], "verbs": _READ}
        ],
    },
    # May read everything but Secrets.
    "lab-viewer": {"tokens": ["viewer-token"], "rules": [_everywhere("secrets")]},
    # Everything but what only an administrator usually sees.
    "lab-partial": {
        "tokens": ["partial-token"],
        "rules": [
            _everywhere("secrets", "nodes", "events", "customresourcedefinitions", "configmaps")
        ],
    },
    # Every kind, in two namespaces; may not list namespaces.
    "lab-namespaced": {
        "tokens": ["namespaced-token"],
        "rules": [
            {
                "namespaces": ["team-a", "team-b"],
                "apiGroups": ["*"],
                "resources": ["*"],
                "except": ["secrets"],
                "verbs": _READ,
            }
        ],
    },
    # Authenticated, but may read nothing.
    "lab-nobody": {"tokens": ["nobody-token"]},
}

ANONYMOUS = "system:anonymous"
_PUBLIC = ("/version", "/healthz", "/livez", "/readyz")
_DISCOVERY = _PUBLIC + ("/api", "/apis", "/openapi")


class Refused(Exception):
    """Credentials were presented and none of them was good: HTTP 401."""


class User:
    def __init__(self, name, groups, rules):
        self.name, self.groups, self.rules = name, list(groups), list(rules)

    @property
    def is_anonymous(self):
        return self.name == ANONYMOUS

    @property
    def is_master(self):
        return "system:masters" in self.groups


class Rights:
    """The table of users, and the decisions taken from it."""

    def __init__(self, users=None, homes=("team-a", "team-b")):
        """`homes` are the namespaces that stand for team-a and team-b in this population."""
        renamed = dict(zip(("team-a", "team-b"), homes))
        self.users = {name: dict(entry) for name, entry in USERS.items()}
        for entry in self.users.values():
            entry["rules"] = [
                dict(rule, namespaces=[renamed.get(name, name) for name in rule["namespaces"]])
                for rule in entry.get("rules", ())
            ]
        for name, entry in (users or {}).items():
            self.users.setdefault(name, {}).update(entry)
        self.tokens = {
            token: name for name, entry in self.users.items() for token in entry.get("tokens", ())
        }

    def revoke(self, token):
        self.tokens.pop(token, None)

    def grant(self, token, user):
        self.tokens[token] = user

    def authenticate(self, peer, authorization):
        """The user behind a client certificate and an Authorization header.

        As in k8s.io/apiserver, the first credential that is good counts; when there were some
        and none is good, the answer is 401; without any, the user is anonymous.
        """
        presented = False
        if peer is not None:
            presented = True
            if peer.is_trusted:
                return self.user(peer.name, peer.groups)
        scheme, _, credential = (authorization or "").partition(" ")
        if scheme.lower() == "bearer":
            presented = True
            if credential.strip() in self.tokens:
                return self.user(self.tokens[credential.strip()])
        elif scheme.lower() == "basic":
            presented = True
            name, _, password = _decode_basic(credential).partition(":")
            known = self.users.get(name, {}).get("password")
            if known and known == password:
                return self.user(name)
        if presented:
            raise Refused()
        return User(ANONYMOUS, ["system:unauthenticated"], [])

    def user(self, name, groups=()):
        entry = self.users.get(name, {})
        known = list(entry.get("groups", ())) + [
            group for group in groups if group not in entry.get("groups", ())
        ]
        return User(name, known + ["system:authenticated"], entry.get("rules", ()))

    def may(self, user, verb, group, resource, namespace, name=None):
        """Whether a user may act on a resource; namespace "" is the whole cluster."""
        if user.is_master:
            return True
        if resource in ("selfsubjectrulesreviews", "selfsubjectaccessreviews"):
            return not user.is_anonymous
        return any(
            _allows(rule, verb, group, resource, namespace, name) for rule in user.rules
        )

    def may_visit(self, user, path):
        """Whether a user may GET a path that is no resource."""
        if user.is_master:
            return True
        known = _PUBLIC if user.is_anonymous else _DISCOVERY
        return any(path == entry or path.startswith(entry + "/") for entry in known)

    def rules_in(self, user, namespace, cluster):
        """The resource rules that SelfSubjectRulesReview tells for a namespace."""
        if user.is_master:
            return [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}]
        basic = {
            "verbs": ["create"],
            "apiGroups": ["authorization.k8s.io"],
            "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
        }
        out = [basic]
        for rule in user.rules:
            if "*" in rule["namespaces"] or namespace in rule["namespaces"]:
                out.extend(_told(rule, cluster))
        return out


def _allows(rule, verb, group, resource, namespace, name):
    if "*" not in rule["namespaces"] and (not namespace or namespace not in rule["namespaces"]):
        return False
    if rule.get("resourceNames") and name not in rule["resourceNames"]:
        return False
    return (
        _in(verb, rule["verbs"])
        and _in(group, rule["apiGroups"])
        and _in(resource, rule["resources"])
        and resource not in rule.get("except", ())
    )


def _in(value, allowed):
    return "*" in allowed or value in allowed


def _told(rule, cluster):
    """A rule in RBAC's words, which know no exceptions: `except` becomes a list per group."""
    known = ("verbs", "apiGroups", "resources", "resourceNames")
    plain = {key: rule[key] for key in known if key in rule}
    if not rule.get("except"):
        return [plain]
    by_group = {}
    for entry in cluster.types:
        names = by_group.setdefault(entry.group, [])
        allowed = _in(entry.group, rule["apiGroups"]) and _in(entry.name, rule["resources"])
        if allowed and entry.name not in rule["except"] and entry.name not in names:
            names.append(entry.name)
    return [
        dict(plain, apiGroups=[group], resources=names)
        for group, names in by_group.items()
        if names
    ]


def _decode_basic(credential):
    try:
        return base64.b64decode(credential).decode()
    except ValueError:
        return ""
