/// A fault that the test cluster injects; Tests/TestCluster/faults.py explains each.
struct Fault: Encodable, Sendable {
  enum Kind: String, Encodable, Sendable, CaseIterable {
    // In place of the answer.
    case status, gone, tooLargeVersion, storageInitializing, html, badJSON, empty, redirect
    case huge, hang, close
    // On the way of the real answer.
    case reset, truncateChunked, truncateLength, drip, stall, contentType, duplicatePage, delay
  }

  /// What goes wrong.
  var `do`: Kind
  /// A regular expression that is searched in path and query.
  var path: String
  /// The first matching request that goes wrong, counted from 1.
  var nth = 1
  /// How many go wrong from there on; 0 is all of them.
  var times = 1
  var method: String?
  /// Only requests of this user.
  var user: String?
  var code: Int?
  var retryAfter: Int?
  var message: String?
  /// A plain-text body in place of a Status.
  var text: String?
  /// Where the body is cut, the size of a drip, or the length of a huge body.
  var bytes: Int?
  var seconds: Double?
  var location: String?
  var type: String?
  /// Whether a 410 carries a usable continue token.
  var token: Bool?
  /// A huge body made of one endless item instead of many small ones.
  var oneItem: Bool?

  init(_ kind: Kind, path: String = "", nth: Int = 1, times: Int = 1) {
    self.do = kind
    self.path = path
    self.nth = nth
    self.times = times
  }

  /// An error status, for example `.status(503, path: "/pods", retryAfter: 1)`.
  static func status(
    _ code: Int, path: String, retryAfter: Int? = nil, nth: Int = 1, times: Int = 1
  ) -> Fault {
    var fault = Fault(.status, path: path, nth: nth, times: times)
    fault.code = code
    fault.retryAfter = retryAfter
    return fault
  }
}
