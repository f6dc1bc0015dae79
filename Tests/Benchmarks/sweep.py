#!/usr/bin/env python3
"""A sweep over many clusters beside `xargs -P` running curl over the same lists.

    Tests/Benchmarks/sweep.py BINARY [--contexts 200] [--pods 5000] [--limit 20] [--kinds …]

Prints Markdown: wall time of both, our peak memory, what was read and what not; then kills a sweep
in the middle and checks that every row that was printed is whole.
"""

import argparse
import collections
import csv
import io
import json
import os
import resource
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


def measured(command, **more):
    """Seconds, peak memory of the child in MiB, and its result."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    out, err = process.communicate()
    seconds = time.monotonic() - started
    return seconds, process.returncode, out, err


def peak_of_children():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--contexts", type=int, default=200)
    parser.add_argument("--pods", type=int, default=5000)
    parser.add_argument("--limit", default="60s")
    parser.add_argument("--kinds", default=MIX)
    parser.add_argument("--slowness", default="5")
    parser.add_argument("--parallel", default="32")
    chosen = parser.parse_args()
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
        for form in (["-o", "csv"], ["-o", "json", "--stream"], ["-o", "json"], ["-o", "table"]):
            seconds, status, out, err = measured(sweep + form, env=environment)
            print("| sweep %s | %.1f s | status %d | %.0f MiB at most so far | %.1f MB out |" % (
                " ".join(form), seconds, status, peak_of_children(), len(out) / 1e6), flush=True)
            if form == ["-o", "csv"]:
                rows = list(csv.DictReader(io.StringIO(out.decode(), newline="")))
                print("| contexts in rows | %d | %s |" % (
                    len({row["context"] for row in rows}),
                    dict(collections.Counter(row["row_type"] for row in rows))), flush=True)
                print(err.decode()[-300:], file=sys.stderr)
        urls = [
            "%s %s%s" % (entry["token"], entry["url"], path)
            for entry in contexts if entry["url"] and entry["kind"] != "twin" for path in LISTS
        ]
        curl = (
            'curl -sk --compressed -o /dev/null -H "Accept: application/vnd.kubernetes.protobuf"'
            ' -H "Authorization: Bearer $0" "$1"'
        )
        seconds, _, _, _ = measured(
            ["xargs", "-P", chosen.parallel, "-n", "2", "sh", "-c", curl + "; true"],
            stdin=_file(folder, "\n".join(urls)))  # fmt: skip
        print("| xargs -P %s curl, %d lists | %.1f s |" % (chosen.parallel, len(urls), seconds))
        _kill_in_the_middle(sweep, environment, folder)
        server.stdin.close()
        server.wait()


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
    print("| killed after %d rows of %d contexts | %s |" % (
        len(rows) - 1, len({row[5] for row in rows[1:]}), "all whole" if whole else "CUT"))


if __name__ == "__main__":
    main()
