import Inventory

/// Decodes list items from protobuf into records; one per list, so that strings are shared.
///
/// Its extensions hold a message each, with the field numbers beside it. All of these come from the
/// `generated.proto` files of Kubernetes 1.36; published numbers never change, and unknown ones are
/// skipped. A field that occurs twice: the last value wins, repeated fields add up.
package struct ProtobufItemDecoder {
  var strings = WireStrings()
  /// The last run of tolerations, as bytes and decoded: most pods carry the same two.
  var lastTolerations: (bytes: [UInt8], value: [TolerationRecord]) = ([], [])
  /// The last owner, as bytes and decoded: the pods of one controller follow each other.
  var lastOwner: (bytes: [UInt8], value: OwnerReference) = ([], OwnerReference())
  /// Labels, annotations and node selectors: a run begins with the number of its field.
  var maps = DecodedMaps()
  /// The events of one object follow each other.
  var lastInvolvedUID = ""

  /// Seconds of a `metav1.Time` or `MicroTime` (1 seconds, 2 nanos); nil for the empty message, which
  /// stands for the zero time (`k8s.io/apimachinery/pkg/apis/meta/v1/time_proto.go`).
  func time(_ bytes: Span<UInt8>, _ message: ProtobufCursor) throws(WireError) -> Int64? {
    var cursor = message
    var seconds: Int64?
    while try cursor.next(bytes) {
      if cursor.number == 1 { seconds = try cursor.integer() } else { seconds = seconds ?? 0 }
    }
    return seconds
  }
}
