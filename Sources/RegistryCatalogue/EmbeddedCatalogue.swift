import CEmbedded

/// `catalogue.yaml`, as it was when the binary was built.
enum EmbeddedCatalogue {
  static let catalogue = Result { () throws(CatalogueError) in
    try Catalogue(bytes, path: "catalogue.yaml", checksOverlaps: false)
  }

  static var bytes: [UInt8] {
    var length = 0
    // A C array of static storage: valid for `length` bytes and never written.
    guard let start = gcr_embedded_catalogue(&length) else { return [] }
    return Array(UnsafeBufferPointer(start: start, count: length))
  }
}
