/// Puts events together to nodes; keeps the limits. Needs no recursion.
struct DocumentBuilder {
  private(set) var documents: [YAMLNode] = []

  private let positions: SourcePositions
  private let limits: YAMLLimits
  private var open: [OpenCollection] = []
  private var anchors: [String: Built] = [:]
  private var nodeCount = 0

  /// A finished node with what its expansion costs.
  private struct Built {
    let node: YAMLNode
    let count: Int
    let height: Int
  }

  private struct OpenCollection {
    var isMapping: Bool
    var isFlow: Bool
    var tag: String?
    var anchor: String?
    var start: YAMLMark
    var items: [YAMLNode] = []
    var pairs: [YAMLPair] = []
    var key: YAMLNode?
    /// Filled once there are too many keys to look through.
    var placeOfKey: [String: Int] = [:]
    var lastEnd: YAMLMark?
    var count = 1
    var height = 1
  }

  init(positions: SourcePositions, limits: YAMLLimits) {
    self.positions = positions
    self.limits = limits
  }

  mutating func take(_ event: Event) throws(YAMLError) {
    switch event.kind {
    case .streamStart, .streamEnd, .documentEnd:
      break
    case .documentStart:
      anchors = [:]
    case .alias(let name):
      try expand(name, event)
    case .scalar(let scalar):
      let properties = (event.anchor == nil ? 0 : 1) + (scalar.tag == nil ? 0 : 1)
      let node = YAMLNode(
        content: .scalar(scalar),
        start: positions.contentStart(
          scalar: event.start, end: event.end, properties: properties),
        end: positions.mark(scalar: event.end), anchor: event.anchor)
      try add(Built(node: node, count: 1, height: 0))
    case .sequenceStart(let tag, let isFlow):
      try begin(event, isMapping: false, tag: tag, isFlow: isFlow)
    case .mappingStart(let tag, let isFlow):
      try begin(event, isMapping: true, tag: tag, isFlow: isFlow)
    case .sequenceEnd, .mappingEnd:
      try finish(event)
    }
  }

  private mutating func begin(
    _ event: Event, isMapping: Bool, tag: String?, isFlow: Bool
  ) throws(YAMLError) {
    let mark = positions.mark(scalar: event.start)
    guard open.count < limits.maximumDepth else {
      throw .tooDeep(line: mark.line, column: mark.column, limit: limits.maximumDepth)
    }
    let properties = (event.anchor == nil ? 0 : 1) + (tag == nil ? 0 : 1)
    // libyaml ends a block collection's start event at its properties, a flow one's at its bracket.
    let start = positions.contentStart(
      scalar: event.start, end: isFlow ? event.end : nil, properties: properties)
    open.append(
      OpenCollection(
        isMapping: isMapping, isFlow: isFlow, tag: tag, anchor: event.anchor, start: start))
  }

  private mutating func finish(_ event: Event) throws(YAMLError) {
    guard let done = open.popLast() else { return }
    let hasBrackets = done.isFlow && positions.isBracket(at: done.start)
    let end = hasBrackets ? positions.mark(scalar: event.end) : done.lastEnd ?? done.start
    let node = YAMLNode(
      content: done.isMapping ? .mapping(done.pairs) : .sequence(done.items),
      start: done.start, end: end,
      anchor: done.anchor, collectionTag: done.tag, isFlow: done.isFlow)
    try add(Built(node: node, count: done.count, height: done.height), isCounted: true)
  }

  private mutating func expand(_ name: String, _ event: Event) throws(YAMLError) {
    let alias = YAMLAlias(
      name: name, start: positions.mark(scalar: event.start),
      end: positions.mark(scalar: event.end))
    let (line, column) = (alias.start.line, alias.start.column)
    if open.contains(where: { $0.anchor == name }) {
      throw .recursiveAlias(line: line, column: column, name: name)
    }
    guard let target = anchors[name] else {
      throw .unknownAlias(line: line, column: column, name: name)
    }
    guard open.count + target.height <= limits.maximumDepth else {
      throw .tooDeep(line: line, column: column, limit: limits.maximumDepth)
    }
    let node = YAMLNode(
      content: target.node.content, start: target.node.start, end: target.node.end,
      alias: alias, collectionTag: target.node.collectionTag, isFlow: target.node.isFlow)
    try add(Built(node: node, count: target.count, height: target.height))
  }

  /// `isCounted`: the children of a collection were counted as they came; only it itself is new.
  private mutating func add(_ built: Built, isCounted: Bool = false) throws(YAMLError) {
    let node = built.node
    let place = node.alias?.start ?? node.start
    nodeCount += isCounted ? 1 : built.count
    guard nodeCount <= limits.maximumNodes else {
      throw .tooManyNodes(line: place.line, column: place.column, limit: limits.maximumNodes)
    }
    if let anchor = node.anchor { anchors[anchor] = built }
    guard !open.isEmpty else {
      documents.append(node)
      return
    }
    // In place: a copy of an open collection costs more than what is added to it.
    let last = open.count - 1
    open[last].count += built.count
    open[last].height = max(open[last].height, built.height + 1)
    open[last].lastEnd = node.alias?.end ?? node.end
    if !open[last].isMapping {
      open[last].items.append(node)
    } else if let key = open[last].key {
      open[last].key = nil
      try Self.insert(
        YAMLPair(key: key, value: node), into: &open[last], limits.duplicateKeys)
    } else {
      open[last].key = node
    }
  }

  /// Mappings with more keys than this get a table of them.
  private static let fewKeys = 8

  /// Where a key stands already.
  private static func place(of key: String, in parent: inout OpenCollection) -> Int? {
    if parent.pairs.count <= fewKeys {
      return parent.pairs.firstIndex { $0.key.scalar?.text == key }
    }
    if parent.placeOfKey.isEmpty {
      for (place, pair) in parent.pairs.enumerated() {
        if let text = pair.key.scalar?.text { parent.placeOfKey[text] = place }
      }
    }
    return parent.placeOfKey[key]
  }

  private static func insert(
    _ pair: YAMLPair, into parent: inout OpenCollection, _ duplicates: YAMLLimits.DuplicateKeys
  ) throws(YAMLError) {
    // Keys that are collections have no text to compare; nothing looks them up either.
    guard let text = pair.key.scalar?.text else {
      parent.pairs.append(pair)
      return
    }
    guard let place = place(of: text, in: &parent) else {
      if !parent.placeOfKey.isEmpty { parent.placeOfKey[text] = parent.pairs.count }
      parent.pairs.append(pair)
      return
    }
    switch duplicates {
    case .lastWins:
      parent.pairs[place] = pair
    case .refused:
      let mark = pair.key.alias?.start ?? pair.key.start
      throw .duplicateKey(line: mark.line, column: mark.column, key: text)
    }
  }
}
