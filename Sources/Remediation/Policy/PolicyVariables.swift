import RegistryCatalogue

/// The variables of a CEL policy, from the images of an object to those that are judged.
///
/// Each one is a list that the one before it makes; no step can fail on any text, and all that
/// costs much, the whole grammar of references, is asked of hits alone. Strings are cut as
/// `distribution/reference` does: normalize.go `splitDockerDomain`, reference.go `Parse`.
struct PolicyVariables {
  struct Variable: Hashable {
    let name: String
    let expression: String
  }

  let meaning: PolicyMeaning

  /// - Parameters:
  ///   - images: a list of the texts that the request holds.
  ///   - before: a list of those that the object held before, which may stay.
  func variables(images: String, before: String) -> [Variable] {
    [
      Variable(name: "images", expression: images),
      Variable(name: "before", expression: before),
      Variable(
        name: "texts",
        expression: """
          variables.images.filter(i, !(i in variables.before) && i.matches(\(literal(ReferenceKey.text))))
            .map(i, {'raw': i, 'text': i.trim()})
          """),
      Variable(
        name: "heads",
        expression: """
          variables.texts.map(t, {'raw': t.raw, 'text': t.text,
            'head': t.text.contains('/') ? t.text.substring(0, t.text.indexOf('/')) : ''})
          """),
      Variable(
        name: "parts",
        expression: """
          variables.heads.map(t, t.head == 'localhost' || t.head.matches('[.:A-Z]')
            ? {'raw': t.raw, 'text': t.text, 'rest': t.text.substring(t.head.size() + 1),
               'registry': t.head.lowerAscii() == 'index.docker.io' ? 'docker.io' : t.head.lowerAscii()}
            : {'raw': t.raw, 'text': t.text, 'rest': t.text, 'registry': 'docker.io'})
            .map(t, {'raw': t.raw, 'text': t.text, 'registry': t.registry, 'rest': t.rest,
              'path': t.rest.split('@', 2)[0].split(':', 2)[0]})
          """),
      Variable(
        name: "names",
        expression: """
          variables.parts.map(t, {'raw': t.raw, 'text': t.text,
            'host': t.registry.endsWith(':443') ? t.registry.substring(0, t.registry.size() - 4) : t.registry,
            'repository': t.registry == 'docker.io' && !t.path.contains('/') ? 'library/' + t.path : t.path,
            'suffix': t.rest.substring(t.path.size())})
          """),
      Variable(
        name: "keys",
        expression: """
          variables.names.map(t, {'raw': t.raw, 'text': t.text, 'host': t.host,
            'repository': t.repository, 'suffix': t.suffix,
            'key': t.host + '/' + t.repository + (t.suffix == '' ? ':latest' : t.suffix.split('@', 2)[0])})
          """),
      Variable(name: "clauses", expression: clauses),
      Variable(
        name: "hits",
        expression: """
          variables.keys.map(t, \(candidates)
            .filter(c, t.key.startsWith(c.prefix) && (!has(c.match) || t.key.matches(c.match))
              && (!has(c.unless) || !t.key.matches(c.unless)))
            .map(c, {'raw': t.raw, 'text': t.text, 'repository': t.repository, 'suffix': t.suffix,
              'rule': c.?rule.orValue(''), 'fate': c.?fate.orValue(''), 'to': c.?to.orValue(''),
              'depth': c.?depth.orValue('0'), 'keep': c.?keep.orValue(''), 'fixed': c.?fixed.orValue('')}))
            .filter(l, l.size() > 0).map(l, l[0])
            .filter(h, h.rule != '' && h.repository.size() <= \(ReferenceKey.longestRepository)
              && h.text.matches(\(literal(ReferenceKey.reference)))
              && !h.text.matches(\(literal(ReferenceKey.noReference))))
          """),
      Variable(
        name: "targets",
        expression: """
          variables.hits.map(h, {'raw': h.raw, 'text': h.text, 'rule': h.rule, 'fate': h.fate,
            'name': h.to == '' || (h.suffix.contains('@') && !(h.keep in ['all', 'digest'])) ? '' : h.to
              .replace('{path}', h.repository.split('/', int(h.depth) + 1)[int(h.depth)])
              .replace('{repository}', h.repository)
              .replace('{first}', h.repository.split('/')[0])
              .replace('{name}', h.repository.substring(h.repository.lastIndexOf('/') + 1)),
            'tail': h.keep == 'none' ? h.fixed : h.keep != 'digest' ? h.suffix
              : h.suffix.contains('@') ? h.suffix.substring(h.suffix.indexOf('@')) : ''})
          """),
      Variable(
        name: "found",
        expression: """
          variables.targets.map(h, {'raw': h.raw, 'text': h.text, 'rule': h.rule, 'fate': h.fate,
            'use': h.name != '' && h.name.size() <= \(PolicyMeaning.longestRewrittenName)
              && (h.name + h.tail).matches(\(literal(ReferenceKey.reference))) ? h.name + h.tail : ''})
          """),
    ]
  }

  /// What is said of every image that was found, on one line.
  static let message = """
    variables.found.map(h, h.text + ': ' + h.fate + ', rule ' + h.rule + \
    (h.use == '' ? '' : '; use ' + h.use)).join(' | ')
    """

  private var candidates: String {
    hasWildcardHosts
      ? "(variables.clauses[?t.host].orValue([]) + variables.clauses['*'])"
      : "variables.clauses[?t.host].orValue([])"
  }

  private var hasWildcardHosts: Bool {
    meaning.clauses.contains { $0.pattern.host.hasPrefix("*") }
  }

  /// By host, in the order of judgement; under `*` those of hosts with a `*`, which come last.
  private var clauses: String {
    var hosts: [String] = []
    var groups: [String: [String]] = [:]
    for clause in meaning.clauses {
      let host = clause.pattern.host.hasPrefix("*") ? "*" : clause.pattern.host
      if groups[host] == nil { hosts.append(host) }
      groups[host, default: []].append(CELText.map(clause.fields(on: meaning.day)))
    }
    guard !hosts.isEmpty else { return "{'': [{'prefix': ' '}]}" }
    let entries = hosts.map { host in
      "  \(literal(host)): [\n    "
        + (groups[host] ?? []).joined(separator: ",\n    ") + "]"
    }
    return "{\n" + entries.joined(separator: ",\n") + "}"
  }

  private func literal(_ text: String) -> String { CELText.literal(text) }
}
