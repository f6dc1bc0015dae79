"""Runs a program on a terminal of its own, and tells in JSON what it wrote and how it ended.

    python3 on_terminal.py [--columns N] [--pipe-output] -- PROGRAM ARGUMENT …

With `--pipe-output` only standard error is the terminal; standard output is told apart.
"""

import argparse
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
import threading


def main():
    parser = argparse.ArgumentParser(description="Runs a program on a terminal.")
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--pipe-output", action="store_true")
    parser.add_argument("program", nargs="+")
    arguments = parser.parse_args()
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, arguments.columns, 0, 0))
    process = subprocess.Popen(
        arguments.program,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if arguments.pipe_output else slave,
        stderr=slave,
    )
    os.close(slave)
    output = []
    reader = None
    if arguments.pipe_output:
        reader = threading.Thread(target=lambda: output.append(process.stdout.read()))
        reader.start()
    written = bytearray()
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # EIO: nobody holds the other end any more
            break
        if not piece:
            break
        written.extend(piece)
    status = process.wait()
    if reader:
        reader.join()
    result = {
        "status": status,
        "terminal": written.decode(errors="replace"),
        "stdout": b"".join(output).decode(errors="replace"),
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
