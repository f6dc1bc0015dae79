#!/usr/bin/env python3
"""A sweep over many clusters beside `xargs -P` running curl over the same lists.

    Tests/Benchmarks/sweep.py BINARY [--contexts 200] [--pods 5000] [--rounds 3] [--output FILE]

Prints Markdown: wall time of both in turns, so that whatever else the machine does strikes both,
and their ratio; our peak memory in each form; then kills a sweep in the middle and checks that
every row that was printed is whole.
"""

import argparse
import csv
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLEET = os.path.join(ROOT, "Tests", "TestCluster", "fleet.py")
MIX = ",".join(["healthy"] * 14 + ["slow", "refusing", "expired", "forbidden", "unauthorized", "twin"])
LISTS = [
    "/api/v1/pods", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets",
    "/apis/apps/v1/statefulsets", "/apis/apps/v1/daemonsets", "/apis/batch/v1/jobs",
    "/apis/batch/v1/cronjobs", "/api/v1/nodes", "/api/v1/namespaces",
]  # fmt: skip


def measured(command, folder, **more):
    """Seconds, status, peak memory in MiB; what it wrote is in the folder's files out and err.

    The peak is the kernel's high-water mark of the process itself: that of getrusage begins with
    the memory of whoever started it.
    """
    started, peak = time.monotonic(), 0.0
    with open(os.path.join(folder, "out"), "wb") as out, \
            open(os.path.join(folder, "err"), "wb") as err:  # fmt: skip
        process = subprocess.Popen(command, stdout=out, stderr=err, **more)
        while process.poll() is None:
            try:
                with open("/proc/%d/status" % process.pid) as status:
                    marks = [line for line in status if line.startswith("VmHWM")]
                peak = max([peak] + [int(line.split()[1]) / 1024 for line in marks])
            except OSError:
                pass
            time.sleep(0.02)
    return time.monotonic() - started, process.returncode, peak


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--contexts", type=int, default=200)
    parser.add_argument("--pods", type=int, default=5000)
    parser.add_argument("--limit", default="60s")
    parser.add_argument("--kinds", default=MIX)
    parser.add_argument("--slowness", default="5")
    parser.add_argument("--parallel", default="32")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", help="also write the page to this file")
    chosen = parser.parse_args()
    page = Page()
    version = subprocess.run([chosen.binary, "version"], capture_output=True, text=True)
    page.say("# Sweep over %d clusters\n" % chosen.contexts)
    page.say("- machine: %s, %d cores, %s" % (
        platform.machine(), os.cpu_count(), platform.platform()))  # fmt: skip
    page.say("- ours: %s" % version.stdout.strip())
    page.say("- curl: %s" % subprocess.run(
        ["curl", "--version"], capture_output=True, text=True).stdout.split("\n")[0])  # fmt: skip
    page.say("- command: `%s`" % " ".join(["Tests/Benchmarks/sweep.py"] + sys.argv[1:]))
    page.say("- clusters: one process (Tests/TestCluster/fleet.py) on the same machine; %d Pods each"
             % chosen.pods)  # fmt: skip
    page.say("- kinds, repeated: %s; slow ones drip the list of Pods over %s s\n" % (
        chosen.kinds.replace(",", ", "), chosen.slowness))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        kubeconfig = os.path.join(folder, "config")
        server = subprocess.Popen(
            [sys.executable, FLEET, "--population", "scale", "--pods", str(chosen.pods),
             "--contexts", str(chosen.contexts), "--kinds", chosen.kinds,
             "--slowness", chosen.slowness, "--kubeconfig", kubeconfig],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        contexts = json.loads(server.stdout.readline())["contexts"]
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "KUBECONFIG": kubeconfig}
        sweep = [chosen.binary, "--all-contexts", "--cluster-timeout", chosen.limit,
                 "--parallel-clusters", chosen.parallel]  # fmt: skip
        urls = [
            "%s %s%s" % (entry["token"], entry["url"], path)
            for entry in contexts if entry["url"] and entry["kind"] != "twin" for path in LISTS
        ]
        curl = (
            'curl -sk --compressed -o /dev/null -H "Accept: application/vnd.kubernetes.protobuf"'
            ' -H "Authorization: Bearer $0" "$1"'
        )
        xargs = ["xargs", "-P", chosen.parallel, "-n", "2", "sh", "-c", curl + "; true"]
        page.say("| round | sweep -o csv | xargs -P %s curl, %d lists | sweep / curl |" % (
            chosen.parallel, len(urls)))  # fmt: skip
        page.say("|---|---|---|---|")
        ratios = []
        for number in range(chosen.rounds):
            ours, _, _ = measured(sweep + ["-o", "csv", "-q"], folder, env=environment)
            theirs, _, _ = measured(xargs, folder, stdin=_file(folder, "\n".join(urls)))
            ratios.append(ours / theirs)
            page.say("| %d | %.1f s | %.1f s | %.2f |" % (number + 1, ours, theirs, ratios[-1]))
        page.say("| median | | | %.2f |\n" % statistics.median(ratios))
        page.say("| form | time | status | peak memory | output |\n|---|---|---|---|---|")
        for form in (["-o", "csv"], ["-o", "json", "--stream"], ["-o", "table"], ["-o", "json"]):
            seconds, status, peak = measured(sweep + form, folder, env=environment)
            size = os.path.getsize(os.path.join(folder, "out"))
            page.say("| sweep %s | %.1f s | %d | %.0f MiB | %.1f MB |" % (
                " ".join(form), seconds, status, peak, size / 1e6))  # fmt: skip
        page.say("")
        page.say(_kill_in_the_middle(sweep, environment, folder))
        server.stdin.close()
        server.wait()
    if chosen.output:
        page.write(chosen.output)


class Page:
    """Says each line at once, and keeps it."""

    def __init__(self):
        self._lines = []

    def say(self, line):
        print(line, flush=True)
        self._lines.append(line)

    def write(self, path):
        with open(path, "w") as file:
            file.write("\n".join(self._lines) + "\n")


def _file(folder, text):
    path = os.path.join(folder, "urls")
    with open(path, "w") as file:
        file.write(text)
    return open(path)


def _kill_in_the_middle(sweep, environment, folder):
    path = os.path.join(folder, "rows.csv")
    with open(path, "wb") as file:
        process = subprocess.Popen(
            sweep + ["-o", "csv", "-q"], env=environment, stdout=file, stderr=subprocess.DEVNULL)
        while os.path.getsize(path) < 500_000 and process.poll() is None:
            time.sleep(0.05)
        process.kill()
        process.wait()
    with open(path, newline="") as file:
        text = file.read()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    whole = text.endswith("\r\n") and all(len(row) == len(rows[0]) for row in rows)
    return "Killed (SIGKILL) in the middle, after %d rows of %d contexts: %s." % (
        len(rows) - 1, len({row[5] for row in rows[1:]}),
        "every row is whole" if whole else "A ROW IS CUT")  # fmt: skip


if __name__ == "__main__":
    main()
