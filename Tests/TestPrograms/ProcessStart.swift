import Foundation

extension Process {
  private static let starting = NSLock()

  /// Starts the program, one at a time in this process; `connect` makes its pipes.
  ///
  /// Foundation sees the end of a child on a socket, and closes in a new child what was open when it
  /// looked. What another thread makes between that look and the start is inherited, and held open
  /// for as long as that child lives: a test then waits for a server to end instead of its program.
  package func start<Pipes>(connecting connect: () -> Pipes) throws -> Pipes {
    try Self.starting.withLock {
      let pipes = connect()
      try run()
      return pipes
    }
  }
}
