import ImageReferences
import Inventory
import RegistryCatalogue

/// Reads a finding that `FindingJSON` wrote.
enum FindingReader {
  static func finding(_ object: JSONObject) throws(ReportReadError) -> Finding {
    let workload = try workload(object.object("workload"))
    return Finding(
      kind: try object.choice("kind"), use: try use(object, of: workload), workload: workload,
      team: try object.optionalString("team"), rule: try object.optionalString("rule"),
      fate: try object.choice("fate"), certainty: try object.optionalChoice("certainty"),
      exposure: try object.choice("exposure"), risk: try object.choice("risk"),
      reasons: try object.strings("reasons"), outlook: try object.optionalString("outlook"),
      replacement: try object.optionalString("replacement"),
      isReplacementMechanical: try object.bool("isReplacementMechanical"),
      waiver: try waiver(object),
      nodesWithImage: try object.optionalCount("nodesWithImage"),
      nodesTotal: try object.optionalCount("nodesTotal"))
  }

  private static func waiver(_ object: JSONObject) throws(ReportReadError) -> Waiver? {
    guard let until = try object.optionalDate("waivedUntil") else { return nil }
    return Waiver(
      kind: try object.choice("waivedKind"), reason: try object.string("waivedReason"),
      until: until)
  }

  private static func use(
    _ object: JSONObject, of workload: Workload
  ) throws(ReportReadError) -> ImageUse {
    var use = ImageUse(
      workload: workload.identity,
      activity: try activity(object, desired: workload.activity.desired),
      path: try object.string("path"), container: try object.string("container"),
      role: try object.choice("role"), image: try image(object.object("image")),
      pullPolicy: try pullPolicy(object), origin: try origin(object.object("origin")),
      confidence: try object.choice("confidence"), podCount: try object.count("pods"),
      nodes: try object.strings("nodes"), failures: try object.objects("failures", failure),
      failureCount: try object.count("failureCount"))
    use.representative = representative(of: use.image)
    if object.later("notes") != nil { use.notes = try object.strings("notes") }
    if object.later("file") != nil { use.place = try object.optionalObject("file").map(place) }
    return use
  }

  private static func place(_ object: JSONObject) throws(ReportReadError) -> SourcePlace {
    SourcePlace(
      file: try object.string("path"), line: try object.count("line"),
      column: try object.count("column"), endLine: try object.count("endLine"),
      endColumn: try object.count("endColumn"), confidence: try object.choice("confidence"))
  }

  /// A finding that a comment in its file set aside.
  static func ignored(_ object: JSONObject) throws(ReportReadError) -> Finding {
    var finding = try finding(object.object("finding"))
    finding.use.place?.ignores = [
      IgnoreComment(
        rule: finding.rule ?? finding.kind.rawValue, reason: try object.string("reason"))
    ]
    return finding
  }

  private static func workload(_ object: JSONObject) throws(ReportReadError) -> Workload {
    Workload(
      identity: WorkloadIdentity(
        apiVersion: try object.string("apiVersion"), kind: try object.string("kind"),
        namespace: try object.string("namespace"), name: try object.string("name")),
      uid: try object.optionalString("uid") ?? "",
      activity: try activity(object, desired: object.optionalCount("desired")),
      managedBy: try object.optionalString("managedBy"), wasRead: try object.bool("wasRead"))
  }

  private static func activity(
    _ object: JSONObject, desired: Int?
  ) throws(ReportReadError) -> Activity {
    let word = try object.string("activity")
    let all: [Activity] = [
      .active(desired: desired), .scaledToZero, .suspended, .completed, .history, .inert,
    ]
    guard let activity = all.first(where: { $0.word == word }) else {
      throw object.unexpected(word, "activity", all.map(\.word))
    }
    return activity
  }

  private static func pullPolicy(_ object: JSONObject) throws(ReportReadError) -> PullPolicy {
    guard let text = try object.optionalString("pullPolicy") else { return .unspecified }
    guard let policy = PullPolicy(rawValue: text), policy != .unspecified else {
      throw object.unexpected(
        text, "pullPolicy", [PullPolicy.always, .ifNotPresent, .never].map(\.rawValue))
    }
    return policy
  }

  private static func image(_ object: JSONObject) throws(ReportReadError) -> ImageText {
    let text = try object.string("text")
    let state = try object.string("state")
    switch state {
    case "reference":
      return .reference(
        ImageReference(
          raw: text, registry: try object.string("registry"),
          repository: try object.string("repository"), tag: try object.optionalString("tag"),
          digest: try object.optionalString("digest")))
    case "placeholder": return .placeholder(raw: text, reason: try object.string("reason"))
    case "invalid": return .invalid(raw: text, reason: try object.string("reason"))
    default: throw object.unexpected(state, "state", ["reference", "placeholder", "invalid"])
    }
  }

  /// Of a repository prefix, and of an image whose tag is not known, what was judged in its place:
  /// then the parts say something else than the text.
  private static func representative(of image: ImageText) -> String? {
    guard let reference = image.reference,
      let written = ImageText.parse(reference.raw).reference
    else { return nil }
    if written.name == reference.name {
      return reference.tag == nil && reference.digest == nil ? reference.raw : nil
    }
    let judged = reference.canonical
    return judged.hasPrefix("\(reference.raw)/") ? judged : nil
  }

  private static func origin(_ object: JSONObject) throws(ReportReadError) -> UseOrigin {
    let kind = try object.string("kind")
    switch kind {
    case "template": return .template
    case "dependent": return .dependent(try object.string("detail"))
    case "injected": return .injected
    case "drifted": return .drifted(from: try object.string("detail"))
    case "pods-only": return .podsOnly
    default:
      throw object.unexpected(
        kind, "kind", ["template", "dependent", "injected", "drifted", "pods-only"])
    }
  }

  private static func failure(_ object: JSONObject) throws(ReportReadError) -> StartFailure {
    StartFailure(
      pod: try object.string("pod"), reason: try object.string("reason"),
      message: try object.string("message"))
  }
}
