#!/usr/bin/env python3
"""Side by side, in one run: our scan, curl replaying exactly the scan's GETs, and the kubectl
one-liner, against the test cluster with N synthetic Pods.

    Tests/Benchmarks/bench.py BINARY [--pods 1000,10000,50000] [--rounds 3] [--output FILE]

Prints Markdown: time and peak memory as ratios, requests, bytes, the scan's memory where only the
Pods grow or nothing is shared, the start of the program, and the decoders' speed alone.
Compare figures of one run only: the machine is shared and the server is one process beside us.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVER = os.path.join(ROOT, "Tests", "TestCluster", "server.py")
ONE_LINER = (
    "kubectl get pods -A -o jsonpath='{.items[*].spec.containers[*].image}'"
    " | tr -s '[[:space:]]' '\\n' | sort | uniq -c"
)


class Server:
    """The test cluster with so many Pods; stops when its standard input closes."""

    def __init__(self, pods, *shape):
        self.process = subprocess.Popen(
            [sys.executable, SERVER, "--population", "scale", "--pods", str(pods), *shape],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.facts = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def control(self, method, path):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.facts['control']}{path}", method=method)
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def requests(self):
        return [json.loads(line) for line in self.control("GET", "/__log").splitlines()]

    def kubeconfig(self, folder):
        path = os.path.join(folder, "config")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({
                "apiVersion": "v1", "kind": "Config", "current-context": "bench",
                "clusters": [{"name": "bench", "cluster": {
                    "server": self.facts["url"], "certificate-authority": self.facts["ca"]}}],
                "users": [{"name": "bench", "user": {"token": "admin-token"}}],
                "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "bench"}}],
            }, file)
        return path


def run(command, environment, shell=False):
    """Wall seconds and peak resident MiB of the command and what it started."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, shell=shell, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: {command} ended with {process.returncode}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def median_of(rounds, *arguments, before=lambda: None, **options):
    """The median time and the highest memory; `before` is done before each round."""
    results = []
    for _ in range(rounds):
        before()
        results.append(run(*arguments, **options))
    return statistics.median(r[0] for r in results), max(r[1] for r in results)


def replay_file(server, requests, folder):
    """A curl configuration that sends these GETs, one after the other, over one connection."""
    path = os.path.join(folder, "replay")
    with open(path, "w", encoding="utf-8") as file:
        for number, request in enumerate(requests):
            query = f"?{request['query']}" if request["query"] else ""
            if number:
                file.write("next\n")
            file.write(f'url = "{server.facts["url"]}{request["path"]}{query}"\n')
            file.write(f'header = "Accept: {request["headers"]["accept"]}"\n')
            # A User-Agent of curl's own would be answered with indented JSON.
            file.write(f'user-agent = "{request["headers"]["user-agent"]}"\n')
            file.write('header = "Authorization: Bearer admin-token"\n')
            file.write(f'cacert = "{server.facts["ca"]}"\noutput = "/dev/null"\nsilent\n')
            if "gzip" in request["headers"].get("accept-encoding", ""):
                file.write("compressed\n")
    return path


def environment_of(server, folder):
    return {"PATH": os.environ["PATH"], "HOME": folder, "KUBECONFIG": server.kubeconfig(folder)}


def measure(command, cache, pods, rounds, has_kubectl):
    """`cache` is the folder that the command keeps schemas in, emptied before cold rounds."""
    with Server(pods) as server, tempfile.TemporaryDirectory() as folder:
        environment = environment_of(server, folder)

        def forget():
            if cache:
                shutil.rmtree(cache, ignore_errors=True)

        run(command, environment)  # the server renders its lists when first asked
        forget()
        server.control("POST", "/__reset")
        run(command, environment)
        requests = [r for r in server.requests() if r["method"] == "GET"]
        bytes_sent = sum(r["bytes"] or 0 for r in requests)
        peak = json.loads(server.control("GET", "/__stats"))["peakListsInFlight"]
        replay = replay_file(server, requests, folder)
        ours = median_of(rounds, command, environment, before=forget)
        warm = median_of(rounds, command, environment) if cache else None
        curl = median_of(rounds, ["curl", "--config", replay], environment)
        # The pipeline's peak is that of kubectl, its largest child. Once: it takes minutes.
        kubectl = run(["sh", "-c", ONE_LINER], environment) if has_kubectl else None
        return {
            "pods": pods, "ours": ours, "warm": warm, "curl": curl, "kubectl": kubectl,
            "requests": len(requests), "bytes": bytes_sent, "peak": peak}


def row(result):
    ours, curl = result["ours"], result["curl"]
    kubectl, warm = result["kubectl"], result["warm"]
    cells = [
        f"{result['pods']:,}",
        f"{ours[0]:.2f} s" + (f", warm {warm[0]:.2f} s" if warm else ""),
        f"{ours[1]:.0f} MiB", f"{curl[0]:.2f} s",
        f"{ours[0] / curl[0]:.2f}" + (f", warm {warm[0] / curl[0]:.2f}" if warm else ""),
        f"{kubectl[0]:.2f} s, {kubectl[1]:,.0f} MiB" if kubectl else "–",
        f"{kubectl[0] / ours[0]:.0f}" if kubectl else "–",
        str(result["requests"]), f"{result['bytes'] / 1e6:.1f} MB", str(result["peak"])]
    return "| " + " | ".join(cells) + " |"


def memory_rows(command):
    """The scan's time and peak memory where only the Pods grow, and where nothing is shared."""
    shapes = [
        ("5,000 Pods of 250 Deployments", 5_000, ("--workloads", "250")),
        ("50,000 Pods of 250 Deployments", 50_000, ("--workloads", "250")),
        ("1,000 Pods, 30,000 bare Pods and Jobs", 1_000, ("--bare", "30000")),
    ]
    yield "| population | scan | peak memory |"
    yield "|---|---|---|"
    for name, pods, shape in shapes:
        with Server(pods, *shape) as server, tempfile.TemporaryDirectory() as folder:
            environment = environment_of(server, folder)
            run(command, environment)
            seconds, peak = median_of(3, command, environment)
            yield f"| {name} | {seconds:.2f} s | {peak:.0f} MiB |"


def start_rows(binary):
    """Milliseconds from start to end of what needs no cluster: the best of twenty."""
    yield "| command | best | peak memory |"
    yield "|---|---|---|"
    for arguments in (["version"], ["--help"], ["rules"], ["demo"]):
        results = [run([binary, *arguments], dict(os.environ)) for _ in range(20)]
        best, peak = min(r[0] for r in results), max(r[1] for r in results)
        yield f"| `{' '.join(arguments)}` | {best * 1000:.1f} ms | {peak:.0f} MiB |"


def version(command):
    try:
        text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return "not installed"
    return text.strip().splitlines()[0] if text.strip() else "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--pods", default="1000,10000,50000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--kubectl-pods", type=int, default=50_000, help="the most Pods that kubectl is made to read")
    parser.add_argument("--decoders", help="the DecoderBenchmark program")
    parser.add_argument("--cache-dir", help="pass it on, and measure cold and warm apart")
    parser.add_argument("--output", help="also write the page to this file")
    options = parser.parse_args()
    command = [options.binary]
    if options.cache_dir:
        command += ["--cache-dir", options.cache_dir]
    has_kubectl = shutil.which("kubectl") is not None

    lines = [
        "# Benchmark", "",
        f"- machine: {platform.machine()}, {os.cpu_count()} cores, {platform.platform()}",
        f"- ours: {version([options.binary, 'version'])}",
        f"- curl: {version(['curl', '--version'])}",
        f"- kubectl: {version(['kubectl', 'version', '--client'])}; one-liner: `{ONE_LINER}`",
        f"- command: `Tests/Benchmarks/bench.py {' '.join(sys.argv[1:])}`",
        "- server: Tests/TestCluster, `--population scale`, same machine; medians of the rounds",
        "", "| pods | scan | peak memory | curl, same GETs | scan / curl | kubectl one-liner |"
        " one-liner / scan | requests | bytes | lists in flight |",
        "|---|---|---|---|---|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)

    def say(*texts):
        lines.extend(texts)
        print("\n".join(texts), flush=True)

    for pods in (int(text) for text in options.pods.split(",")):
        has_patience = has_kubectl and pods <= options.kubectl_pods
        say(row(measure(command, options.cache_dir, pods, options.rounds, has_patience)))
    say("")
    for line in memory_rows(command):
        say(line)
    say("")
    for line in start_rows(options.binary):
        say(line)
    if options.decoders:
        text = subprocess.run(
            [options.decoders], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        say("", "Decoders alone, one core, records built:", "", "```", text.rstrip(), "```")
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
