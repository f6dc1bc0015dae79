/// The tables, version by version. A migration is never changed once it was released.
enum HistorySchema {
  /// `PRAGMA application_id`: "gcrr", so that no other database is taken for a history.
  static let applicationID: Int64 = 0x6763_7272

  /// The n-th one leads from version n to n + 1 (`PRAGMA user_version`).
  static let migrations: [[String]] = [
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
        gaps INTEGER NOT NULL,
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
    ]
  ]

  static var version: Int { migrations.count }
}
