// Reports over time, in an SQLite database on this machine: storing, listing, reading back,
// pruning. What reports say beside each other is `ReportDiff` and `Trend` of Reports; wording is
// left to commands.
