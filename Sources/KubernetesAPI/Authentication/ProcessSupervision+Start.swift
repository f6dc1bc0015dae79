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

    let input: Int32?
    do {
      input = try child.input.map(memory)
    } catch {
      close(output.reading)
      if let messages { close(messages.reading) }
      throw error
    }
    defer { if let input { close(input) } }

    var process: pid_t = 0
    let code = withCStrings(child.arguments) { arguments in
      withCStrings(environment) { environment in
        child.executable.withCString { path in
          var request = cspawn_request(
            path: path, arguments: arguments, environment: environment,
            standard_output: output.writing, standard_error: messages?.writing ?? -1,
            standard_input: input ?? -1, inherits_input: child.isInteractive ? 1 : 0,
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

  private static func pipe() throws(StartRefusal) -> DescriptorPair {
    do {
      return try DescriptorPair()
    } catch {
      throw StartRefusal(code: error.code)
    }
  }

  private static func memory(of bytes: [UInt8]) throws(StartRefusal) -> Int32 {
    var descriptor: Int32 = -1
    let code = cspawn_input(bytes, bytes.count, &descriptor)
    guard code == 0 else { throw StartRefusal(code: code) }
    return descriptor
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
