"""Which representation a client gets, by its Accept header, as k8s.io/apiserver negotiates it."""

JSON = "application/json"
YAML = "application/yaml"
PROTOBUF = "application/vnd.kubernetes.protobuf"


class Clause:
    """One media range of an Accept header."""

    def __init__(self, text):
        parts = [part.strip() for part in text.split(";")]
        self.type = parts[0].lower()
        self.parameters = dict(part.split("=", 1) for part in parts[1:] if "=" in part)
        self.quality = float(self.parameters.pop("q", "1") or 0)

    def matches(self, media_type):
        return self.type in (media_type, "*/*", media_type.split("/")[0] + "/*")


def clauses(accept):
    """The clauses of a header, best first; no header accepts anything."""
    found = [Clause(part) for part in (accept or "*/*").split(",") if part.strip()]
    return sorted(found or [Clause("*/*")], key=lambda clause: -clause.quality)


def representation(accept, has_protobuf):
    """(media type, transformation) for a resource, or None for 406.

    The transformation is "", or "PartialObjectMetadata" or "PartialObjectMetadataList"; Tables
    are not served: the next clause of the client decides.
    """
    for clause in clauses(accept):
        form = clause.parameters.get("as", "")
        if form and not form.startswith("PartialObjectMetadata"):
            continue
        if "stream" in clause.parameters:
            continue
        if clause.matches(JSON):
            return JSON, form
        if has_protobuf and clause.matches(PROTOBUF):
            return PROTOBUF, form
        if clause.matches(YAML):
            return YAML, form
    return None


def status_type(accept):
    """The media type of an error: the first one that the client names, else JSON."""
    for clause in clauses(accept):
        if clause.matches(JSON):
            return JSON
        if clause.matches(PROTOBUF):
            return PROTOBUF
    return JSON


def discovery_form(accept, has_aggregated):
    """"legacy", "aggregated", "aggregated-protobuf", or None for 406."""
    for clause in clauses(accept):
        form = clause.parameters.get("as")
        if form is None:
            if clause.matches(JSON):
                return "legacy"
        elif form == "APIGroupDiscoveryList" and clause.parameters.get("v") == "v2":
            if has_aggregated and clause.matches(JSON):
                return "aggregated"
            if has_aggregated and clause.matches(PROTOBUF):
                return "aggregated-protobuf"
    return None
