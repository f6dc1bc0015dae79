// Reports over time, in an SQLite database on this machine: storing, listing, reading back, pruning.
// What two reports say beside each other is `ReportDiff` of Reports; wording is left to commands.
