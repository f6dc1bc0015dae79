"""A headless Chromium, driven over the pipe of its DevTools protocol
(https://chromedevtools.github.io/devtools-protocol/). Python's standard library only."""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time


class Browser:
    def __init__(self, program, seconds):
        self.deadline = time.monotonic() + seconds
        self.profile = tempfile.mkdtemp(prefix="gcr-report-browser-")
        # --remote-debugging-pipe reads descriptor 3 and writes descriptor 4, messages end in NUL.
        their_input, self.output = os.pipe()
        self.input, their_output = os.pipe()

        def descriptors():
            # Above 4 first: neither duplicate may overwrite the other's source.
            first, second = os.dup(their_input), os.dup(their_output)
            high = [os.dup2(first, 63), os.dup2(second, 62)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-dev-shm-usage",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--remote-debugging-pipe", f"--user-data-dir={self.profile}",
                "--window-size=1280,900", "about:blank",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=descriptors, start_new_session=True)
        os.close(their_input)
        os.close(their_output)
        self.number = 0
        self.session = None
        self.buffer = b""
        self.events = []

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def attach(self):
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        answer = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = answer["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.buffer:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.input], [], [], left)[0]:
                raise TimeoutError("the browser did not answer in time")
            chunk = os.read(self.input, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser ended")
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def wait_for(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.receive())

    def open(self, url):
        self.events = [e for e in self.events if e.get("method") != "Page.loadEventFired"]
        self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def evaluate(self, expression):
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, expression):
        """Asks until the answer is true: nothing here depends on how long a step takes."""
        while not self.evaluate(expression):
            if time.monotonic() > self.deadline:
                raise TimeoutError(f"never true: {expression}")
            time.sleep(0.02)

    def press(self, key, code):
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                text="\r" if key == "Enter" and kind == "keyDown" else "")

    def complaints(self):
        """What the console showed, and every request beside the file itself."""
        texts = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.consoleAPICalled":
                texts.append("console: " + json.dumps(parameters.get("args")))
            elif method == "Runtime.exceptionThrown":
                texts.append("exception: " + json.dumps(parameters.get("exceptionDetails")))
            elif method == "Log.entryAdded":
                texts.append("log: " + json.dumps(parameters.get("entry")))
            elif method == "Page.javascriptDialogOpening":
                texts.append("dialog: " + parameters.get("message", ""))
            elif method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith("file:///"):
                    texts.append("request: " + url)
        requests = [e for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return texts, len(requests)
