"""What a server started by a test must not hold on to."""

import os
import stat


def close_pipes():
    """Closes the pipes that the test process had open when it started us.

    Those of other children would end only with this process. Its sockets stay: by the end of
    one of them Foundation learns that a child has ended.
    """
    for name in os.listdir("/dev/fd"):
        number = int(name)
        try:
            if number > 2 and stat.S_ISFIFO(os.fstat(number).st_mode):
                os.close(number)
        except OSError:
            pass  # the listing's own descriptor
