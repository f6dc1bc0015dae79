import Inventory

/// Reads one object of a custom kind by a tree of wanted fields.
///
/// Values of other types than expected are skipped: no schema binds what a hostile or old object
/// holds. Only bytes that are no JSON, or end too early, throw.
struct CustomObjectReader {
  var decoder: JSONItemDecoder
  let recognizesText: CataloguedTextRecognizer
  var found = FoundImages()
  var activity = ActivityFacts()
  /// Where its images will run, if not in its own namespace.
  var landing: String?
  /// Whether the values that are searched name a registry for all of their images.
  var hasGlobalRegistry = false
  /// The field that is read now and the object that it stands in, where siblings may say its tag.
  var beside: (field: String, object: JSONCursor)?

  init(decoder: JSONItemDecoder, recognizesText: @escaping CataloguedTextRecognizer) {
    self.decoder = decoder
    self.recognizesText = recognizesText
  }

  mutating func object(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ tree: FieldTree,
    _ schema: CustomObjectSchema
  ) throws(WireError) -> ExtractedObject {
    var record = ExtractedObject(apiVersion: schema.apiVersion, kind: schema.kind)
    let isFreeForm = tree.fields.contains { $0.meaning == .freeForm }
    let start = cursor
    guard try cursor.enterObject(bytes) else { return record }
    while let key = try cursor.nextKey(bytes) {
      if key.equals("metadata", bytes) {
        record.metadata = try decoder.metadata(bytes, &cursor)
        continue
      }
      let child = tree.children.first { key.equals($0.name, bytes) }
      let isOutside = ["status", "apiVersion", "kind"].contains { key.equals($0, bytes) }
      let mark = found.push(key: key, bytes)
      if isFreeForm, !isOutside {
        var search = cursor
        try freeForm(bytes, &search)
      }
      if let child {
        setBeside(child.node, key, bytes, start)
        try walk(bytes, &cursor, child.node)
      } else {
        try cursor.skipValue(bytes)
      }
      found.pop(mark)
    }
    if let landing, !landing.isEmpty, landing != record.metadata.namespace {
      found.note(UseNotes.landing(in: landing))
    }
    record.images = found.sorted
    record.activity = activity.activity(schema.lifecycle)
    // Knative keeps revisions that no route leads to (knative/serving `pkg/apis/serving`).
    if record.metadata.labels["serving.knative.dev/routingState"] == "reserve" {
      record.activity = .history
    }
    // Kubeflow stops Notebooks so (kubeflow/kubeflow `components/notebook-controller`).
    if record.metadata.annotations["kubeflow-resource-stopped"] != nil {
      record.activity = .scaledToZero
    }
    return record
  }

  /// Reads one value with all that is wanted of it and below it.
  mutating func walk(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ node: FieldTree
  ) throws(WireError) {
    let kind = try cursor.peek(bytes)
    if let fact = node.fact {
      var copy = cursor
      try activity.read(fact, kind, bytes, &copy, decoder)
    }
    for field in node.fields {
      var copy = cursor
      try read(field.meaning, field.confidence, kind, bytes, &copy)
    }
    switch kind {
    case .object where node.hasChildren:
      let start = cursor
      guard try cursor.enterObject(bytes) else { return }
      while let key = try cursor.nextKey(bytes) {
        guard let child = node.child(key, bytes) else {
          try cursor.skipValue(bytes)
          continue
        }
        let mark = found.push(key: key, bytes)
        setBeside(child, key, bytes, start)
        try walk(bytes, &cursor, child)
        found.pop(mark)
      }
    case .array where !node.elements.isEmpty:
      guard try cursor.enterArray(bytes) else { return }
      var index = 0
      while try cursor.nextElement(bytes) {
        beside = nil
        let mark = found.push(index: index)
        try walk(bytes, &cursor, node.elements[0])
        found.pop(mark)
        index += 1
      }
    default: try cursor.skipValue(bytes)
    }
  }

  private mutating func read(
    _ meaning: FieldMeaning, _ confidence: UseConfidence, _ kind: JSONCursor.Kind,
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) {
    switch (meaning, kind) {
    case (.podTemplate, .object):
      guard try cursor.enterObject(bytes) else { return }
      while let key = try cursor.nextKey(bytes) {
        guard key.equals("spec", bytes), try cursor.peek(bytes) == .object else {
          try cursor.skipValue(bytes)
          continue
        }
        let mark = found.push(key: key, bytes)
        try podSpec(bytes, &cursor, confidence)
        found.pop(mark)
      }
    case (.podSpec, .object): try podSpec(bytes, &cursor, confidence)
    case (.containers, .array): try containers(bytes, &cursor, .container, confidence)
    case (.initContainers, .array): try containers(bytes, &cursor, .initContainer, confidence)
    case (.tektonReference, .object): try tektonReference(bytes, &cursor, confidence)
    case (.helmParameters, .array): try helmParameters(bytes, &cursor)
    case (.freeForm, _): try freeForm(bytes, &cursor)
    case (_, .object): try parts(meaning, confidence, bytes, &cursor)
    case (_, .string):
      guard let text = try cursor.readText(bytes) else { return }
      let image = decoder.strings.shared(bytes, text)
      guard let beside, Self.mayLackTag(meaning) else {
        return single(meaning, confidence, image)
      }
      try tagged(meaning, confidence, image, beside.field, beside.object, bytes)
    default: break
    }
  }

  /// A string that names an image by itself.
  mutating func single(
    _ meaning: FieldMeaning, _ confidence: UseConfidence, _ text: String
  ) {
    switch meaning {
    case .containerImage: found.add(text, .container, confidence)
    case .image: found.add(text, .configuration, confidence)
    case .freeFormText: yaml(text)
    case .imageVolume: found.add(text, .imageVolume, confidence)
    case .likelyImage:
      guard ImageCandidate.reads(text, besideContainerFields: false) else { return }
      found.add(text, .configuration, confidence)
    case .cataloguedImage: catalogued(TaggedText(text), confidence, mayBeShort: true)
    case .targetNamespace: landing = text
    case .likelyContainerImage:
      guard ImageCandidate.reads(text, besideContainerFields: true) else { return }
      found.add(text, .container, confidence)
    case .artifact:
      guard let reference = ImageCandidate.artifact(text) else { return }
      found.add(reference, .configuration, confidence)
    case .kustomizeImage:
      // `name=newName:tag`, `newName:tag` or `name@digest` (kustomize `edit set image`).
      let image = text.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""
      found.add(image, .configuration, confidence)
    default: break
    }
  }
}
