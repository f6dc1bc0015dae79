package import Inventory

/// How the objects of one custom kind are read.
package struct CustomObjectSchema: Sendable {
  package let apiVersion: String
  package let kind: String
  package let fields: [ImageField]
  package let lifecycle: ObjectLifecycle
  /// What the catalogue knows a text to be; asked only where no schema says what it is.
  package let recognizesText: CataloguedTextRecognizer

  package init(
    apiVersion: String, kind: String, fields: [ImageField], lifecycle: ObjectLifecycle,
    recognizesText: @escaping CataloguedTextRecognizer
  ) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.fields = fields
    self.lifecycle = lifecycle
    self.recognizesText = recognizesText
  }
}

extension WireSchema where Record == ExtractedObject {
  /// Objects of a custom kind: metadata, what says whether they are active, and the images. The
  /// rest is skipped where it lies.
  package static func customObjects(_ schema: CustomObjectSchema) -> WireSchema<ExtractedObject> {
    let tree = FieldTree(schema.fields, lifecycle: schema.lifecycle)
    return WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var reader = CustomObjectReader(decoder: decoder, recognizesText: schema.recognizesText)
      let record = try reader.object(bytes, &cursor, tree, schema)
      decoder = reader.decoder
      return record
    })
  }
}
