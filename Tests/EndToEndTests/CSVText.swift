/// Reads CSV as RFC 4180 defines it: what a spreadsheet would make of the output.
enum CSVText {
  static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var pending = scalars.next()
    while let scalar = pending {
      pending = scalars.next()
      switch (scalar, isQuoted) {
      case ("\"", true) where pending == "\"":
        cell.unicodeScalars.append(scalar)
        pending = scalars.next()
      case ("\"", _):
        isQuoted.toggle()
      case (",", false):
        record.append(cell)
        cell = ""
      case ("\r", false) where pending == "\n":
        pending = scalars.next()
        records.append(record + [cell])
        record = []
        cell = ""
      default:
        cell.unicodeScalars.append(scalar)
      }
    }
    return records
  }
}
