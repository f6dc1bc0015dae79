import CSQLite

/// One connection to an SQLite database; used by one task at a time.
final class Database {
  /// What a column may hold here.
  enum Value: Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
  }

  /// A result code of SQLite, with its words.
  struct Failure: Error, Hashable {
    let code: Int32
    let words: String
  }

  private let handle: OpaquePointer

  /// Opens an existing file, to read only where the system allows no more; nothing is created.
  ///
  /// - Parameter busyTimeout: how long to wait for another writer, in milliseconds.
  init(path: String, busyTimeout: Int32) throws(Failure) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(
      path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      let words = String(cString: sqlite3_errstr(code))
      sqlite3_close_v2(opened)
      throw Failure(code: code, words: words)
    }
    handle = opened
    sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Runs one statement to its end.
  func run(_ sql: String, _ values: [Value] = []) throws(Failure) {
    try query(sql, values) { (_) throws(Failure) in }
  }

  /// All rows, each as its columns.
  func rows(_ sql: String, _ values: [Value] = []) throws(Failure) -> [[Value]] {
    var rows: [[Value]] = []
    try query(sql, values) { (row) throws(Failure) in rows.append(row) }
    return rows
  }

  func integer(_ sql: String) throws(Failure) -> Int64 {
    guard case .integer(let number)? = try rows(sql).first?.first else { return 0 }
    return number
  }

  /// All or nothing. The write lock is taken at the start: of two writers one waits, and none finds
  /// in the middle that it has read what is no longer true.
  func transaction<Result>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try run("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // What failed is told; a rollback that fails too has nothing to add.
      do { try run("ROLLBACK") } catch {}
      throw error
    }
  }

  private func query(
    _ sql: String, _ values: [Value], row: ([Value]) throws(Failure) -> Void
  ) throws(Failure) {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &prepared, nil))
    guard let statement = prepared else { return }
    defer { sqlite3_finalize(statement) }
    for (number, value) in values.enumerated() {
      try check(Self.bind(value, Int32(number + 1), statement))
    }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        try check(code)
        return
      }
      try row((0..<sqlite3_column_count(statement)).map { Self.column($0, statement) })
    }
  }

  private func check(_ code: Int32) throws(Failure) {
    guard code != SQLITE_OK else { return }
    throw Failure(code: code & 0xff, words: String(cString: sqlite3_errmsg(handle)))
  }

  private static func bind(_ value: Value, _ index: Int32, _ statement: OpaquePointer) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .text(let text):
      var text = text
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          gcr_bind_text(statement, index, $0.baseAddress, Int32($0.count))
        }
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes {
        gcr_bind_blob(statement, index, $0.baseAddress, UInt64($0.count))
      }
    }
  }

  private static func column(_ index: Int32, _ statement: OpaquePointer) -> Value {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(statement, index) else { return .text("") }
      let count = Int(sqlite3_column_bytes(statement, index))
      return .text(
        String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      guard let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
      let count = Int(sqlite3_column_bytes(statement, index))
      return .blob(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    default: return .null
    }
  }
}
