"""Names, labels and messages of the second population that attack a terminal, a sheet or a page."""

import builder
from builder import container, pod, pod_spec, waiting

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b1A"
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BIDIRECTIONAL = "safe\u202egnp.exe\u2066\u200b"


def add(world):
    """One Deployment whose every free text is hostile, and a Pod with hostile image texts."""
    image = "k8s.gcr.io/pause:3.1"
    spec = pod_spec([container("app", image)])
    top, current = world.deploy(
        "hostile-text",
        "vandal",
        1,
        spec,
        annotations={
            "meta.helm.sh/release-name": FORMULA,
            "meta.helm.sh/release-namespace": "@SUM(1)",
            "example.org/note": ESCAPES,
            "example.org/owner": MARKUP,
            "example.org/contact": BIDIRECTIONAL,
            "kubectl.kubernetes.io/last-applied-configuration": (
                '{"spec":{"containers":[{"image":"k8s.gcr.io/never-count-me:1"}]}}'
            ),
        },
    )
    top["metadata"]["labels"]["team"] = "-2+3"
    message = 'Back-off pulling image "%s": %s %s %s\r\n%s' % (
        image, ESCAPES, MARKUP, FORMULA, BIDIRECTIONAL,
    )  # fmt: skip
    failing = waiting("app", image, "ImagePullBackOff", message)
    made = world.pods_of(current, "ReplicaSet", 1, phase="Pending", statuses={"app": failing})
    world.add("events", builder.event("vandal", made[0], "Failed", ESCAPES + FORMULA + MARKUP))
    # The API server refuses white space around an image, and nothing else.
    images = [
        "k8s.gcr.io/pause:\x1b[31m3.1",
        "=HYPERLINK(\"http://evil.example\")",
        "k8s.gcr.io/\u202eesuap:3.1",
        "k8s.gcr.io/<b>:1",
    ]
    names = ["escape", "formula", "bidi", "markup"]
    world.add(
        "pods",
        pod(
            "hostile-images",
            "vandal",
            pod_spec([container(name, text, "IfNotPresent") for name, text in zip(names, images)]),
            phase="Pending",
            statuses={
                name: waiting(
                    name, text, "InvalidImageName", 'couldn\'t parse image name "%s"' % text
                )
                for name, text in zip(names, images)
            },
        ),
    )  # fmt: skip
