#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// A program started with SIGCHLD ignored has its children collected by the kernel, and their
// exit status lost (wait(2), "SIGCHLD set to SIG_IGN").
static void keep_exit_status_of_children(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
    signal(SIGCHLD, SIG_DFL);
  }
}

static int set_attributes(posix_spawnattr_t *attributes, int own_group) {
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
  sigset_t every_signal, none;
  // An ignored signal stays ignored across exec(2); SIGPIPE is one that we ignore.
  sigfillset(&every_signal);
  sigemptyset(&none);
  int error = posix_spawnattr_setsigdefault(attributes, &every_signal);
  if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
  if (error == 0 && own_group) {
    flags |= POSIX_SPAWN_SETPGROUP;
    error = posix_spawnattr_setpgroup(attributes, 0);
  }
  if (error == 0) error = posix_spawnattr_setflags(attributes, flags);
  return error;
}

static int set_descriptors(posix_spawn_file_actions_t *actions,
                           const struct cspawn_request *request) {
  int error = 0;
  if (request->standard_input >= 0) {
    error = posix_spawn_file_actions_adddup2(actions, request->standard_input, 0);
  } else if (!request->inherits_input) {
    error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_adddup2(actions, request->standard_output, 1);
  }
  if (error == 0 && request->standard_error >= 0) {
    error = posix_spawn_file_actions_adddup2(actions, request->standard_error, 2);
  }
  // Whatever a library opened without close-on-exec stays ours (glibc 2.34).
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  return error;
}

int cspawn_start(const struct cspawn_request *request, pid_t *process) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  keep_exit_status_of_children();
  int error = posix_spawnattr_init(&attributes);
  if (error != 0) return error;
  error = posix_spawn_file_actions_init(&actions);
  if (error == 0) {
    error = set_attributes(&attributes, request->own_group);
    if (error == 0) error = set_descriptors(&actions, request);
    if (error == 0) {
      error = posix_spawn(process, request->path, &actions, &attributes, request->arguments,
                          request->environment);
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  posix_spawnattr_destroy(&attributes);
  return error;
}

// Descriptors 0 to 2 can be free when we were started without them; a pipe there would be
// overwritten while the child's own 0 to 2 are laid out.
static int raise_descriptor(int *descriptor) {
  if (*descriptor > 2) return 0;
  int raised = fcntl(*descriptor, F_DUPFD_CLOEXEC, 3);
  if (raised < 0) return errno;
  close(*descriptor);
  *descriptor = raised;
  return 0;
}

int cspawn_pipe(int *reading_end, int *writing_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  int error = raise_descriptor(&ends[0]);
  if (error == 0) error = raise_descriptor(&ends[1]);
  if (error == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) error = errno;
  if (error != 0) {
    close(ends[0]);
    close(ends[1]);
    return error;
  }
  *reading_end = ends[0];
  *writing_end = ends[1];
  return 0;
}

int cspawn_input(const void *bytes, size_t count, int *descriptor) {
  int memory = memfd_create("input", MFD_CLOEXEC);
  if (memory < 0) return errno;
  int error = raise_descriptor(&memory);
  const char *rest = bytes;
  while (error == 0 && count > 0) {
    ssize_t written = write(memory, rest, count);
    if (written >= 0) {
      rest += written;
      count -= (size_t)written;
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && lseek(memory, 0, SEEK_SET) != 0) error = errno;
  if (error != 0) {
    close(memory);
    return error;
  }
  *descriptor = memory;
  return 0;
}

int cspawn_exit_descriptor(pid_t process) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, process, 0);  // close-on-exec by definition
#else
  (void)process;
  return -1;
#endif
}

int cspawn_has_exited(pid_t process) {
  siginfo_t information;
  information.si_pid = 0;
  int result;
  do {
    result = waitid(P_PID, (id_t)process, &information, WEXITED | WNOHANG | WNOWAIT);
  } while (result != 0 && errno == EINTR);
  // No such child: somebody else collected it, so there is nothing left to wait for.
  return result != 0 || information.si_pid == process;
}

int cspawn_collect(pid_t process, int *exit_status, int *signal) {
  int status;
  pid_t collected;
  do {
    collected = waitpid(process, &status, 0);
  } while (collected < 0 && errno == EINTR);
  if (collected < 0) return errno;
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  *exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return 0;
}
