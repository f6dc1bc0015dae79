import CSpawn
import Glibc

extension ProcessSupervision {
  struct StartRefusal: Error {
    let code: Int32
  }

  /// Starts the child; the reading ends of its pipes are the caller's to close.
  static func start(
    _ child: ChildProcess
  ) throws(StartRefusal) -> (process: pid_t, output: Int32, messages: Int32?) {
    let environment = child.environment.map { "\($0.key)=\($0.value)" }
    // A NUL would cut the string short and run something else than was written.
    guard !([child.executable] + child.arguments + environment).contains(where: hasNUL) else {
      throw StartRefusal(code: EINVAL)
    }
    let output = try pipe()
    defer { close(output.writing) }
    let messages: DescriptorPair?
    do {
      messages = child.isInteractive ? nil : try pipe()
    } catch {
      close(output.reading)
      throw error
    }
    defer { if let messages { close(messages.writing) } }

    let input: Int32
    do {
      input = try filledPipe(child.isInteractive ? nil : child.input)
    } catch {
      close(output.reading)
      if let messages { close(messages.reading) }
      throw error
    }
    defer { if input >= 0 { close(input) } }

    var process: pid_t = 0
    let code = withCStrings(child.arguments) { arguments in
      withCStrings(environment) { environment in
        child.executable.withCString { path in
          var request = cspawn_request(
            path: path, arguments: arguments, environment: environment,
            standard_output: output.writing, standard_error: messages?.writing ?? -1,
            inherits_input: child.isInteractive ? 1 : 0, standard_input: input,
            own_group: child.isInteractive ? 0 : 1)
          return cspawn_start(&request, &process)
        }
      }
    }
    guard code == 0 else {
      close(output.reading)
      if let messages { close(messages.reading) }
      throw StartRefusal(code: code)
    }
    return (process, output.reading, messages?.reading)
  }

  /// The reading end of a pipe that holds these bytes and its end already; -1 for none.
  private static func filledPipe(_ bytes: [UInt8]?) throws(StartRefusal) -> Int32 {
    guard let bytes else { return -1 }
    // PIPE_BUF (pipe(7)): so many are taken at once by every pipe.
    guard bytes.count <= 4096 else { throw StartRefusal(code: EMSGSIZE) }
    let pair = try pipe()
    defer { close(pair.writing) }
    guard bytes.isEmpty || write(pair.writing, bytes, bytes.count) == bytes.count else {
      close(pair.reading)
      throw StartRefusal(code: EIO)
    }
    return pair.reading
  }

  private static func pipe() throws(StartRefusal) -> DescriptorPair {
    do {
      return try DescriptorPair()
    } catch {
      throw StartRefusal(code: error.code)
    }
  }

  private static func hasNUL(_ text: String) -> Bool {
    text.utf8.contains(0)
  }

  /// Lends the strings as a C array ended by NULL, as execve(2) takes them.
  private static func withCStrings<Value>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Value
  ) -> Value {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
  }
}
