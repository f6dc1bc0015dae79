import Glibc

/// Keeps two runs from overlapping: a lock on a file that ends with the process, however it ends.
///
/// flock(2): the lock belongs to the open file, so that no file is ever left behind locked. The
/// file stays, because who removes it may remove one that another run has just locked.
struct RunLock {
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: opened; made with mode 0644 less the umask where it is missing.
  ///   - name: as typed, for errors.
  init(path: String, name: String) throws(RunLockError) {
    descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else { throw .unusable(file: name, code: errno) }
    do throws(RunLockError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw .notAFile(file: name)
      }
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        switch errno {
        case EINTR: continue
        case EWOULDBLOCK: throw .taken(file: name)
        default: throw .unusable(file: name, code: errno)
        }
      }
    } catch {
      close(descriptor)
      throw error
    }
  }

  func release() {
    close(descriptor)
  }
}

/// A lock that could not be had; the exit status is 1.
enum RunLockError: Error, Hashable {
  /// Another run has it.
  case taken(file: String)
  case notAFile(file: String)
  /// `code` is an errno.
  case unusable(file: String, code: Int32)
}

func describe(_ error: RunLockError) -> String {
  switch error {
  case .taken(let file):
    "another run holds the lock \"\(file)\"; it is free when that run has ended, however it ends"
  case .notAFile(let file):
    "cannot lock \"\(file)\": it is no file"
  case .unusable(let file, let code):
    "cannot lock \"\(file)\": \(OutputError(file: file, code: code).words)"
  }
}
