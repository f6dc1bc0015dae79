// CSpawn: starting a child process with posix_spawn, and what Swift cannot say about it.
//
// Belongs here: spawn attributes, descriptor set-up, waiting for one process by its descriptor.
// Does not belong here: time limits, reading output, policy – those are Swift.
#ifndef CSPAWN_H
#define CSPAWN_H

#include <sys/types.h>

/// What a child starts with. Strings are borrowed for the length of the call.
struct cspawn_request {
  const char *path;         ///< The program, already looked up; never searched for here.
  char *const *arguments;   ///< argv, ended by NULL; the first is the name the child sees.
  char *const *environment; ///< "NAME=value" strings, ended by NULL; nothing else is inherited.
  int standard_output;      ///< Descriptor that becomes 1; at least 3.
  int standard_error;       ///< Descriptor that becomes 2, or -1 to inherit ours.
  int standard_input;       ///< Descriptor that becomes 0; at least 3, or -1 for none.
  int inherits_input;       ///< Without one: 0 is /dev/null; otherwise it is ours.
  int own_group;            ///< 0: stays in our process group; otherwise leads one of its own.
};

/// Starts a child whose signals are all at their defaults and unblocked, and which inherits no
/// descriptor above 2. Returns 0 and the process id, or an errno value.
int cspawn_start(const struct cspawn_request *request, pid_t *process);

/// Makes a close-on-exec pipe whose two descriptors are 3 or higher and whose reading end does not
/// block. Returns 0 or an errno value.
int cspawn_pipe(int *reading_end, int *writing_end);

/// Opens memory that holds these bytes, to be read from its beginning; close-on-exec, 3 or higher.
/// Returns 0 or an errno value.
int cspawn_input(const void *bytes, size_t count, int *descriptor);

/// A close-on-exec descriptor that becomes readable when the child has exited, or -1 where the
/// kernel has none (before Linux 5.3, some sandboxes).
int cspawn_exit_descriptor(pid_t process);

/// Whether the child has exited; it stays a zombie, so its id and group stay reserved.
int cspawn_has_exited(pid_t process);

/// Collects an exited child. Returns 0 and either its exit status (signal 0) or the signal that
/// ended it, or an errno value.
int cspawn_collect(pid_t process, int *exit_status, int *signal);

#endif
