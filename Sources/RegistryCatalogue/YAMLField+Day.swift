package import YAMLDocuments

extension YAMLField {
  package func day() throws(YAMLFieldError) -> CalendarDate {
    let text = try text()
    guard let day = CalendarDate(text) else {
      throw fault("\(Self.quote(text)) is no day; expected YYYY-MM-DD")
    }
    return day
  }
}
