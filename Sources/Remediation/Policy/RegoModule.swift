import YAMLDocuments

/// The Rego of the constraint template. No text of the catalogue stands in it: the rules are the
/// constraint's parameters.
enum RegoModule {
  /// Rego v0, which Gatekeeper reads in every version. `operation` is unset in Gatekeeper's audit,
  /// so nothing depends on its being CREATE.
  static let text = """
    package gcrreportregistries

    violation[{"msg": message, "details": {"image": hit.text, "rule": hit.clause.rule}}] {
      not exempt
      hit := hits[_]
      message := concat("", [hit.text, ": ", hit.clause.fate, ", rule ", hit.clause.rule, advice(hit)])
    }

    # The kubelet makes a mirror pod from a file; refusing it would not stop what runs there.
    exempt {
      input.review.object.kind == "Pod"
      input.review.object.metadata.annotations["kubernetes.io/config.mirror"]
    }

    # What is made by an object that is judged itself holds what that was allowed to hold.
    exempt {
      not is_update
      not input.parameters.includeOwned
      owner := input.review.object.metadata.ownerReferences[_]
      owner.controller == true
      judged_owners[input.review.object.kind][concat("/", [split(owner.apiVersion, "/")[0], owner.kind])]
    }

    is_update {
      input.review.operation == "UPDATE"
    }

    judged_owners := {
      "Pod": \(owners(.pods)),
      "Job": \(owners(.workloads)),
      "ReplicaSet": \(owners(.workloads)),
    }

    specs(item) = [spec | spec := pod_spec(item)]

    pod_spec(item) = spec {
      item.kind == "Pod"
      spec := item.spec
    }

    pod_spec(item) = spec {
      item.kind == "CronJob"
      spec := item.spec.jobTemplate.spec.template.spec
    }

    pod_spec(item) = spec {
      item.kind == "PodTemplate"
      spec := item.template.spec
    }

    pod_spec(item) = spec {
      not other_shapes[item.kind]
      spec := item.spec.template.spec
    }

    other_shapes := {"Pod", "CronJob", "PodTemplate"}

    container_lists := {"containers", "initContainers", "ephemeralContainers"}

    images(item) = result {
      containers := {image | list := container_lists[_]; image := specs(item)[_][list][_].image}
      volumes := {image | image := specs(item)[_].volumes[_].image.reference}
      result := containers | volumes
    }

    # An update may keep what the object holds already.
    before = result {
      is_update
      result := images(input.review.oldObject)
    }

    before = set() {
      not is_update
    }

    hits[hit] {
      image := images(input.review.object)[_]
      not before[image]
      regex.match(\(quoted(ReferenceKey.text)), image)
      text := trim(image, " \\t\\r\\n\\u000b\\u000c")
      regex.match(\(quoted(ReferenceKey.reference)), text)
      not regex.match(\(quoted(ReferenceKey.noReference)), text)
      parts := split_reference(text)
      count(parts.repository) <= \(ReferenceKey.longestRepository)
      found := [clause | clause := input.parameters.clauses[_]; is_about(clause, parts.key)]
      clause := found[0]
      clause.rule
      hit := {"text": text, "clause": clause, "parts": parts}
    }

    is_about(clause, key) {
      startswith(key, clause.prefix)
      matches(clause, key)
      not excepts(clause, key)
    }

    matches(clause, key) {
      not clause.match
    }

    matches(clause, key) {
      regex.match(clause.match, key)
    }

    excepts(clause, key) {
      regex.match(clause.unless, key)
    }

    # github.com/distribution/reference, normalize.go splitDockerDomain and reference.go Parse.
    split_reference(text) = parts {
      domain := domain_of(text)
      path := split(split(domain.rest, "@")[0], ":")[0]
      suffix := substring(domain.rest, count(path), -1)
      host := trim_suffix(domain.registry, ":443")
      repository := repository_of(domain.registry, path)
      key := concat("", [host, "/", repository, tag_of(suffix)])
      parts := {"key": key, "repository": repository, "suffix": suffix}
    }

    domain_of(text) = domain {
      has_domain(text)
      head := split(text, "/")[0]
      domain := {"registry": registry_of(lower(head)), "rest": substring(text, count(head) + 1, -1)}
    }

    domain_of(text) = domain {
      not has_domain(text)
      domain := {"registry": "docker.io", "rest": text}
    }

    has_domain(text) {
      contains(text, "/")
      regex.match("[.:A-Z]", split(text, "/")[0])
    }

    has_domain(text) {
      startswith(text, "localhost/")
    }

    registry_of(host) = "docker.io" {
      host == "index.docker.io"
    }

    registry_of(host) = host {
      host != "index.docker.io"
    }

    repository_of(registry, path) = repository {
      is_short(registry, path)
      repository := concat("/", ["library", path])
    }

    repository_of(registry, path) = path {
      not is_short(registry, path)
    }

    is_short(registry, path) {
      registry == "docker.io"
      not contains(path, "/")
    }

    tag_of(suffix) = ":latest" {
      suffix == ""
    }

    tag_of(suffix) = tag {
      suffix != ""
      tag := split(suffix, "@")[0]
    }

    advice(hit) = text {
      text := concat("", ["; use ", replacement(hit)])
    }

    advice(hit) = "" {
      not replacement(hit)
    }

    # What a machine may write in its stead; undefined where there is nothing.
    replacement(hit) = text {
      hit.clause.to
      keeps_digest(hit)
      segments := split(hit.parts.repository, "/")
      depth := to_number(hit.clause.depth)
      path := concat("/", array.slice(segments, depth, count(segments)))
      with_path := replace(hit.clause.to, "{path}", path)
      with_repository := replace(with_path, "{repository}", hit.parts.repository)
      with_first := replace(with_repository, "{first}", segments[0])
      name := replace(with_first, "{name}", segments[count(segments) - 1])
      count(name) <= \(PolicyMeaning.longestRewrittenName)
      text := concat("", [name, kept_suffix(hit)])
      regex.match(\(quoted(ReferenceKey.reference)), text)
    }

    keeps_digest(hit) {
      not contains(hit.parts.suffix, "@")
    }

    keeps_digest(hit) {
      {"all", "digest"}[hit.clause.keep]
    }

    kept_suffix(hit) = object.get(hit.clause, "fixed", "") {
      hit.clause.keep == "none"
    }

    kept_suffix(hit) = hit.parts.suffix {
      {"all", "tag"}[hit.clause.keep]
    }

    kept_suffix(hit) = suffix {
      hit.clause.keep == "digest"
      contains(hit.parts.suffix, "@")
      suffix := concat("", ["@", split(hit.parts.suffix, "@")[1]])
    }

    kept_suffix(hit) = "" {
      hit.clause.keep == "digest"
      not contains(hit.parts.suffix, "@")
    }

    """

  private static func owners(_ shape: PolicyShape) -> String {
    "{" + shape.judgedOwners.map(quoted).joined(separator: ", ") + "}"
  }

  /// A Rego string has JSON's syntax.
  private static func quoted(_ text: String) -> String { YAMLNode.jsonString(text) }
}
