"""Runs a program, presses Ctrl-C when it says a certain text, and tells in JSON how it ended.

    python3 interrupting.py [--terminal] [--signal NAME …] --when TEXT -- PROGRAM ARGUMENT …

With `--terminal` the program has a terminal for everything, and Ctrl-C is typed into it; else
SIGINT or the named signals are sent, and standard output and error are pipes.
"""

import argparse
import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
import time


def read_until(descriptor, text, seen):
    """Reads until the text was seen; False when the stream ends before."""
    while text not in seen:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            return False
        if not piece:
            return False
        seen.extend(piece)
    return True


def with_pipes(program, text, signals):
    process = subprocess.Popen(
        program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = [], bytearray()
    reader = threading.Thread(target=lambda: output.append(process.stdout.read()))
    reader.start()
    was_seen = read_until(process.stderr.fileno(), text, errors)
    started = time.monotonic()
    if was_seen:
        for number in signals:
            process.send_signal(number)
    errors.extend(process.stderr.read())
    status = process.wait()
    seconds = time.monotonic() - started
    reader.join()
    return {
        "status": status,
        "seconds": seconds,
        "wasSeen": was_seen,
        "stdout": output[0].decode(errors="replace"),
        "stderr": errors.decode(errors="replace"),
        "keptSettings": True,
    }


def on_terminal(program, text):
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)

    def take_terminal():
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        program, stdin=slave, stdout=slave, stderr=slave, preexec_fn=take_terminal
    )
    seen = bytearray()
    was_seen = read_until(master, text, seen)
    started = time.monotonic()
    if was_seen:
        os.write(master, b"\x03")
    status = process.wait()
    seconds = time.monotonic() - started
    after = termios.tcgetattr(slave)
    os.set_blocking(master, False)
    try:
        seen.extend(os.read(master, 1 << 20))
    except BlockingIOError:
        pass
    return {
        "status": status,
        "seconds": seconds,
        "wasSeen": was_seen,
        "stdout": seen.decode(errors="replace"),
        "stderr": "",
        "keptSettings": before == after,
    }


def main():
    parser = argparse.ArgumentParser(description="Interrupts a program.")
    parser.add_argument("--terminal", action="store_true")
    parser.add_argument("--signal", action="append", choices=["INT", "TERM", "HUP"])
    parser.add_argument("--when", required=True)
    parser.add_argument("program", nargs="+")
    arguments = parser.parse_args()
    signals = [signal.Signals["SIG" + name] for name in arguments.signal or ["INT"]]
    # Whoever started us in the background may have left them ignored.
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, signal.SIG_DFL)
    text = arguments.when.encode()
    if arguments.terminal:
        ending = on_terminal(arguments.program, text)
    else:
        ending = with_pipes(arguments.program, text, signals)
    json.dump(ending, sys.stdout)


if __name__ == "__main__":
    main()
