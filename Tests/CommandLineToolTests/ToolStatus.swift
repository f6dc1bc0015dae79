@testable import CommandLineTool

/// The tool's own statuses, where Testing has a type of the same name.
typealias ToolStatus = ExitStatus
