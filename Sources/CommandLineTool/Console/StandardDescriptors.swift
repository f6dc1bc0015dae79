import Glibc

/// The three descriptors that every process is born with, unless its parent closed some.
package enum StandardDescriptors {
  /// Takes the place of those that are closed, so that no connection or file is opened under
  /// their numbers and then written to as if it were standard output.
  ///
  /// Reading from them finds an end, writing to them fails with EBADF as it would have.
  package static func occupyClosed() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken (POSIX open), and all below this one are in use.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
