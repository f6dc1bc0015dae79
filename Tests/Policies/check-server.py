#!/usr/bin/env python3
"""Holds the generated policies against a real API server, 1.36 or later.

    POLICY_CHECK_KUBECONFIG=FILE Tests/Policies/check-server.py [TOOL]

Without the variable nothing is done. The server is changed: policies named gcr-report-* and the
namespace gcr-report-policy-check come and go.
"""
import copy
import json
import os
import subprocess
import sys
import time

from verdicts import TABLE, conclude, expect, message, tool

KUBECONFIG = os.environ.get("POLICY_CHECK_KUBECONFIG")
NAMESPACE = "gcr-report-policy-check"
BAD, WORSE, GOOD = "k8s.gcr.io/pause:3.1", "k8s.gcr.io/pause:3.2", "registry.k8s.io/pause:3.9"


def kubectl(*arguments, stdin=None):
    done = subprocess.run(
        ["kubectl", "--kubeconfig", KUBECONFIG, *arguments],
        input=None if stdin is None else json.dumps(stdin), capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def apply(text):
    done = subprocess.run(
        ["kubectl", "--kubeconfig", KUBECONFIG, "apply", "-f", "-"], input=text,
        capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("the server refuses the policy: " + done.stderr)


def delete(text):
    subprocess.run(
        ["kubectl", "--kubeconfig", KUBECONFIG, "delete", "--ignore-not-found", "-f", "-"],
        input=text, capture_output=True, text=True)


def spec(images=(GOOD,), **more):
    containers = [{"name": "c%d" % i, "image": image} for i, image in enumerate(images)]
    return dict({"containers": containers, "automountServiceAccountToken": False}, **more)


def obj(api, kind, name, body, **metadata):
    return dict({"apiVersion": api, "kind": kind,
                 "metadata": dict({"name": name, "namespace": NAMESPACE}, **metadata)}, **body)


def pod(name, pod_spec, **metadata):
    return obj("v1", "Pod", name, {"spec": pod_spec}, **metadata)


def template(pod_spec):
    return {"metadata": {"labels": {"a": "b"}}, "spec": pod_spec}


def never(pod_spec):
    return dict(pod_spec, restartPolicy="Never")


SHAPES = {
    "Pod": lambda n, s: pod(n, s),
    "Deployment": lambda n, s: obj("apps/v1", "Deployment", n, {"spec": {
        "replicas": 0, "selector": {"matchLabels": {"a": "b"}}, "template": template(s)}}),
    "ReplicaSet": lambda n, s: obj("apps/v1", "ReplicaSet", n, {"spec": {
        "replicas": 0, "selector": {"matchLabels": {"a": "b"}}, "template": template(s)}}),
    "StatefulSet": lambda n, s: obj("apps/v1", "StatefulSet", n, {"spec": {
        "replicas": 0, "serviceName": "x", "selector": {"matchLabels": {"a": "b"}},
        "template": template(s)}}),
    "DaemonSet": lambda n, s: obj("apps/v1", "DaemonSet", n, {"spec": {
        "selector": {"matchLabels": {"a": "b"}}, "template": template(s)}}),
    "Job": lambda n, s: obj("batch/v1", "Job", n, {"spec": {
        "suspend": True, "template": template(never(s))}}),
    "ReplicationController": lambda n, s: obj("v1", "ReplicationController", n, {"spec": {
        "replicas": 0, "selector": {"a": "b"}, "template": template(s)}}),
    "CronJob": lambda n, s: obj("batch/v1", "CronJob", n, {"spec": {
        "schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": template(never(s))}}}}),
    "PodTemplate": lambda n, s: obj("v1", "PodTemplate", n, {"template": template(s)}),
}


def create(item):
    return kubectl("create", "--dry-run=server", "-o", "json", "-f", "-", stdin=item)


def create_all(items):
    """(created by name, messages by name) of a dry run of every item."""
    listed = {"apiVersion": "v1", "kind": "List", "items": items}
    _, out, err = kubectl("create", "--dry-run=server", "-o", "json", "-f", "-", stdin=listed)
    created = {}
    decoder, text = json.JSONDecoder(), out.strip()
    while text:
        value, end = decoder.raw_decode(text)
        for item in value.get("items", [value]):
            created[item["metadata"]["name"]] = item
        text = text[end:].strip()
    return created, err


def wait(check):
    for _ in range(100):
        if check():
            return
        time.sleep(0.2)
    sys.exit("the policy does not come into force")


def check_table(kind):
    entries = [e for e in TABLE["verdicts"] if kind != "Pod" or e["image"] == e["image"].strip()]
    items = [SHAPES[kind]("t%d" % i, spec([e["image"]])) for i, e in enumerate(entries)]
    created, err = create_all(items)
    for i, entry in enumerate(entries):
        denied = "t%d" % i not in created
        expect(denied == (entry["rule"] is not None),
               "%s %r: %s" % (kind, entry["image"], "denied" if denied else "admitted"))
        if entry["rule"] is None:
            continue
        start, end = message(entry)
        told = [line for line in err.splitlines()
                if "\"t%d\" is forbidden" % i in line and start in line and line.endswith(end)]
        expect(len(told) == 1, "%s %r: message %r … %r" % (kind, entry["image"], start, end))


def check_places():
    for kind, make in SHAPES.items():
        places = {
            "containers": spec([GOOD, BAD]),
            "initContainers": spec(initContainers=[{"name": "i", "image": BAD}]),
            "sidecars": spec(initContainers=[
                {"name": "i", "image": BAD, "restartPolicy": "Always"}]),
            "volumes": spec(volumes=[{"name": "v", "image": {"reference": BAD}}]),
        }
        for place, pod_spec in places.items():
            code, _, err = create(make("place", pod_spec))
            expect(code != 0 and "rule k8s-gcr-io" in err, "%s %s: %s" % (kind, place, err))
        good = spec([GOOD], initContainers=[{"name": "i", "image": GOOD}],
                    volumes=[{"name": "v", "image": {"reference": GOOD}},
                             {"name": "e", "emptyDir": {}}])
        code, _, err = create(make("place", good))
        expect(code == 0, "%s with good images: %s" % (kind, err))


def patch(kind, name, change, *more):
    return kubectl("patch", kind, name, "-n", NAMESPACE, "--dry-run=server", "-p",
                   json.dumps(change), *more)


def check_updates():
    """Of objects that were there before the policy."""
    for kind in SHAPES:
        name = "old-" + kind.lower()
        code, _, err = patch(kind, name, {"metadata": {"labels": {"x": "y"}}})
        expect(code == 0, "label of old %s: %s" % (kind, err))
    path = {"spec": {"template": {"spec": {"containers": [{"name": "c0", "image": WORSE}]}}}}
    code, _, err = patch("Deployment", "old-deployment", path)
    expect(code != 0 and WORSE in err and BAD not in err, "another bad image: " + err)
    added = copy.deepcopy(path)
    added["spec"]["template"]["spec"]["containers"][0] = {"name": "more", "image": BAD}
    code, _, err = patch("Deployment", "old-deployment", added)
    expect(code == 0, "the image that it has, once more: " + err)
    code, _, err = patch("Pod", "old-pod", {"spec": {"containers": [
        {"name": "c0", "image": WORSE}]}})
    expect(code != 0, "another image of a Pod: " + err)
    for image, admitted in [(BAD, True), (WORSE, False), (GOOD, True)]:
        change = {"spec": {"ephemeralContainers": [{"name": "debug", "image": image}]}}
        for name in ["old-pod", "old-owned"]:
            code, _, err = patch("Pod", name, change, "--subresource=ephemeralcontainers")
            expect((code == 0) == admitted, "ephemeral %s in %s: %s" % (image, name, err))


def check_exemptions():
    code, _, err = create(pod("mirror", spec([BAD], nodeName="n"), annotations={
        "kubernetes.io/config.mirror": "x"}))
    expect(code == 0, "mirror pod: " + err)
    for api, kind, controller, admitted in [
            ("apps/v1", "ReplicaSet", True, True), ("apps/v1", "StatefulSet", True, True),
            ("apps/v1", "DaemonSet", True, True), ("batch/v1", "Job", True, True),
            ("v1", "ReplicationController", True, True), ("apps/v1", "ReplicaSet", False, False),
            ("example.com/v1", "ReplicaSet", True, False), ("v1", "ReplicaSet", True, False)]:
        owner = {"apiVersion": api, "kind": kind, "name": "o", "uid": "1",
                 "controller": controller}
        code, _, err = create(pod("owned", spec([BAD]), ownerReferences=[owner]))
        expect((code == 0) == admitted,
               "Pod of %s %s, controller %s: %s" % (api, kind, controller, err))
    for kind, owner in [("ReplicaSet", ("apps/v1", "Deployment")), ("Job", ("batch/v1", "CronJob"))]:
        item = SHAPES[kind]("owned", spec([BAD]))
        item["metadata"]["ownerReferences"] = [{"apiVersion": owner[0], "kind": owner[1],
                                                "name": "o", "uid": "1", "controller": True}]
        code, _, err = create(item)
        expect(code == 0, "%s of %s: %s" % (kind, owner, err))


def check_cost():
    images = ["gcr.io/distroless/%s%d:1" % ("a" * 150, i) for i in range(400)]
    started = time.time()
    code, _, err = create(SHAPES["Deployment"]("wide", spec(images)))
    expect(code == 0, "400 containers: " + err[:300])
    code, _, err = create(SHAPES["Deployment"]("wide", spec(images + [BAD])))
    expect(code != 0 and "rule k8s-gcr-io" in err, "401 containers: " + err[:300])
    print("400 containers: %.1f s for two requests" % (time.time() - started))
    many = ["k8s.gcr.io/%s%d:1" % ("a" * 150, i) for i in range(100)]
    code, _, err = create(SHAPES["Deployment"]("wide", spec(many)))
    expect(code != 0 and "cost" not in err, "100 bad containers: " + err[:300])


def check_rewriting():
    entries = [e for e in TABLE["verdicts"] if e["image"] == e["image"].strip()]
    created, err = create_all([pod("t%d" % i, spec([e["image"]])) for i, e in enumerate(entries)])
    for i, entry in enumerate(entries):
        item = created.get("t%d" % i)
        image = item and item["spec"]["containers"][0]["image"]
        expect(image == (entry["use"] or entry["image"]),
               "rewritten %r: %r %s" % (entry["image"], image, "" if item else err[:400]))
    full = spec([BAD, GOOD, BAD], initContainers=[{"name": "i", "image": BAD}],
                volumes=[{"name": "v", "image": {"reference": BAD}}, {"name": "e", "emptyDir": {}}])
    full["containers"][0]["env"] = [{"name": "A", "value": "b"}]
    code, out, err = create(pod("full", full, ownerReferences=[
        {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "o", "uid": "1",
         "controller": True}]))
    expect(code == 0, "a full Pod: " + err)
    result = json.loads(out or "{}").get("spec", {})
    new = BAD.replace("k8s.gcr.io", "registry.k8s.io")
    expect([c["image"] for c in result.get("containers", [])] == [new, GOOD, new], "containers")
    expect(result.get("containers", [{}])[0].get("env") == [{"name": "A", "value": "b"}], "env")
    expect([c["image"] for c in result.get("initContainers", [])] == [new], "init containers")
    expect([v.get("image", {}).get("reference") for v in result.get("volumes", [])]
           == [new, None], "volumes: %s" % result.get("volumes"))
    code, out, err = create(pod("plain", spec([GOOD])))
    result = json.loads(out or "{}").get("spec", {})
    expect(code == 0 and "initContainers" not in result and "volumes" not in result, "plain Pod")
    code, out, err = create(pod("mirror", spec([BAD], nodeName="n"), annotations={
        "kubernetes.io/config.mirror": "x"}))
    expect(code == 0 and json.loads(out)["spec"]["containers"][0]["image"] == BAD, "mirror pod")
    code, out, err = patch("Pod", "old-pod", {"metadata": {"labels": {"x": "y"}}}, "-o", "json")
    expect(code == 0 and json.loads(out)["spec"]["containers"][0]["image"] == BAD,
           "an old Pod's label: " + err)
    change = {"spec": {"ephemeralContainers": [{"name": "debug", "image": WORSE}]}}
    code, out, err = patch("Pod", "old-pod", change, "--subresource=ephemeralcontainers", "-o",
                           "json")
    images = [c["image"] for c in json.loads(out or "{}").get("spec", {}).get(
        "ephemeralContainers", [])]
    expect(images == [WORSE.replace("k8s.gcr.io", "registry.k8s.io")],
           "ephemeral container: %s %s" % (images, err))
    code, out, err = create(SHAPES["Deployment"]("template", spec([BAD])))
    expect(code == 0 and BAD in out, "templates stay")


def main():
    if not KUBECONFIG:
        print("skipped: POLICY_CHECK_KUBECONFIG names no server")
        return
    validating = {a: tool("--for", "vap", "--action", a) for a in ["audit", "warn", "deny"]}
    mutating = tool("--for", "map")
    try:
        delete(validating["deny"])
        delete(mutating)
        kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found")
        kubectl("create", "namespace", NAMESPACE)
        wait(lambda: kubectl("get", "serviceaccount", "default", "-n", NAMESPACE)[0] == 0)
        wait(lambda: create(pod("probe", spec([BAD])))[0] == 0)
        for kind, make in SHAPES.items():
            code, _, err = kubectl("create", "-f", "-", stdin=make("old-" + kind.lower(), spec([BAD])))
            expect(code == 0, "before the policy, %s: %s" % (kind, err))
        deployment = json.loads(kubectl("get", "deployment", "old-deployment", "-n", NAMESPACE,
                                        "-o", "json")[1])
        kubectl("create", "-f", "-", stdin=pod("old-owned", spec([BAD]), ownerReferences=[
            {"apiVersion": "apps/v1", "kind": "Deployment", "name": "old-deployment",
             "uid": deployment["metadata"]["uid"]}]))
        apply(validating["warn"])
        wait(lambda: "rule k8s-gcr-io" in create(pod("probe", spec([BAD])))[2])
        code, _, err = create(pod("probe", spec([BAD])))
        expect(code == 0 and "Warning:" in err, "warned: " + err)
        apply(validating["audit"])
        wait(lambda: "rule" not in create(pod("probe", spec([BAD])))[2])
        expect(create(pod("probe", spec([BAD])))[0] == 0, "audited")
        apply(validating["deny"])
        wait(lambda: all(create(make("probe", spec([BAD])))[0] != 0 for make in SHAPES.values()))
        check_table("Pod")
        check_table("Deployment")
        check_places()
        check_updates()
        check_exemptions()
        check_cost()
        delete(validating["deny"])
        wait(lambda: create(pod("probe", spec([BAD])))[0] == 0)
        apply(mutating)
        wait(lambda: BAD not in create(pod("probe", spec([BAD])))[1])
        check_rewriting()
    finally:
        delete(validating["deny"])
        delete(mutating)
        kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait=false")
    conclude()


main()
