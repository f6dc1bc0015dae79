import Kubeconfig
import Reports

/// The reports that `merge` is given: files, folders of them, standard input.
struct ReportFiles {
  /// A report of a large fleet; in bytes.
  private static let limit = 1 << 30

  private let environment: Environment
  private let files = LocalFiles(limit: limit)

  init(_ environment: Environment) {
    self.environment = environment
  }

  /// In the order of the arguments; the files of a folder (`*.json`, `*.jsonl`) by name.
  ///
  /// - Parameter warn: told about a file whose last line was cut short.
  func read(
    _ arguments: [String], warn: (String) -> Void
  ) throws(ReportFileError) -> [ReportMerge.Input] {
    var inputs: [ReportMerge.Input] = []
    for argument in arguments {
      for (name, path) in try paths(argument) {
        let sequence: ReportReader.Sequence
        do {
          sequence = try ReportReader.readAll(try files.read(path))
        } catch let error as FileFailure {
          throw ReportFileError(name: name, reason: "cannot be read: \(error.inWords)")
        } catch let error as ReportReadError {
          throw ReportFileError(name: name, reason: error.description)
        } catch {
          throw ReportFileError(name: name, reason: describe(error))
        }
        if sequence.isCutShort {
          warn(
            "\"\(name)\": the last line is cut short and left out; the"
              + " \(sequence.reports.count) before it are whole")
        }
        inputs += sequence.reports.map { .init(name: name, report: $0) }
      }
    }
    return inputs
  }

  private func paths(
    _ argument: String
  ) throws(ReportFileError) -> [(name: String, path: String)] {
    if argument == "-" { return [("standard input", "/dev/stdin")] }
    let path = environment.absolute(argument)
    let names: [String]
    do {
      names = try files.fileNames(in: path)
    } catch {
      // No folder: a file, or nothing at all, which reading it will tell.
      return [(argument, path)]
    }
    let reports = names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") }
    guard !reports.isEmpty else {
      throw ReportFileError(
        name: argument, reason: "the folder has no file that ends in .json or .jsonl")
    }
    let start = argument.hasSuffix("/") ? argument : argument + "/"
    return reports.map { (start + $0, "\(path)/\($0)") }
  }
}

/// A file that is no report; the exit status is 2.
struct ReportFileError: Error, Hashable, CustomStringConvertible {
  let name: String
  let reason: String

  var description: String {
    "report \"\(name)\": \(reason)"
  }
}
