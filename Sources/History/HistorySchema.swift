/// The tables, version by version.
struct HistorySchema: Hashable, Sendable {
  /// `PRAGMA application_id`: "gcrr", so that no other database is taken for a history.
  static let applicationID: UInt32 = 0x6763_7272

  /// The n-th one leads from version n to n + 1 (`PRAGMA user_version`). One that was released is
  /// never changed.
  let migrations: [[String]]

  var version: Int { migrations.count }

  static let current = HistorySchema(migrations: [
    [
      """
      CREATE TABLE scans (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        scanned_at INTEGER NOT NULL,
        as_of TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        catalogue_version TEXT NOT NULL,
        catalogue_sha256 TEXT NOT NULL,
        filter TEXT NOT NULL,
        length INTEGER NOT NULL,
        report BLOB NOT NULL
      ) STRICT
      """,
      "CREATE INDEX scans_by_time ON scans (scanned_at)",
      """
      CREATE TABLE clusters (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        identity TEXT NOT NULL,
        name TEXT NOT NULL,
        is_read INTEGER NOT NULL,
        PRIMARY KEY (scan, number)
      ) STRICT
      """,
      """
      CREATE TABLE counts (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        cluster INTEGER NOT NULL,
        team TEXT NOT NULL,
        risk TEXT NOT NULL,
        findings INTEGER NOT NULL,
        PRIMARY KEY (scan, cluster, team, risk)
      ) STRICT
      """,
      """
      CREATE TABLE unread (
        scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
        cluster INTEGER NOT NULL,
        resource TEXT NOT NULL,
        namespace TEXT NOT NULL,
        is_gap INTEGER NOT NULL
      ) STRICT
      """,
      "CREATE INDEX unread_by_scan ON unread (scan, cluster)",
    ]
  ])
}
