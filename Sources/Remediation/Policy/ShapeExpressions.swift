/// The places of one shape in CEL.
struct ShapeExpressions {
  let shape: PolicyShape
  let includesOwned: Bool

  /// A list of the texts of every image field, absent ones as ''.
  func images(of object: String) -> String {
    let spec = ([object] + shape.path).joined(separator: ".?")
    let lists = ["containers", "initContainers", "ephemeralContainers"].map { list in
      "\(spec).?\(list).orValue([]).map(c, string(c.?image.orValue('')))"
    }
    // KEP-4639: a volume may be an image.
    let volumes = "\(spec).?volumes.orValue([]).map(v, string(v.?image.?reference.orValue('')))"
    return (lists + [volumes]).joined(separator: "\n + ")
  }

  /// Those of the object as it was; a new one held none.
  var before: String {
    "oldObject == null ? [] :\n   \(images(of: "oldObject"))"
  }

  var conditions: [(name: String, expression: String)] {
    var conditions: [(name: String, expression: String)] = []
    if shape == .pods { conditions.append(Self.noMirrorPod) }
    if !includesOwned, !shape.judgedOwners.isEmpty {
      let owners = shape.judgedOwners.map(CELText.literal).joined(separator: ", ")
      conditions.append(
        (
          "not-made-by-what-is-judged",
          """
          oldObject != null || !object.metadata.?ownerReferences.orValue([]).exists(o,
            o.?controller.orValue(false) && (o.apiVersion.split('/')[0] + '/' + o.kind) in [\(owners)])
          """
        ))
    }
    return conditions
  }

  /// The kubelet makes it from a file on its node; refusing it would not stop what runs there.
  static let noMirrorPod = (
    name: "not-a-mirror-pod",
    expression: "!('kubernetes.io/config.mirror' in object.metadata.?annotations.orValue({}))"
  )
}
