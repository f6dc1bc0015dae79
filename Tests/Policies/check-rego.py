#!/usr/bin/env python3
"""Holds Gatekeeper's template against the table of images with a Rego interpreter.

    python3 -m pip install regopy pyyaml
    Tests/Policies/check-rego.py [TOOL]

Without the interpreter nothing is done.
"""
import json
import re
import sys

from verdicts import TABLE, conclude, expect, message, tool

try:
    import regopy
    import yaml
except ImportError:
    print("skipped: regopy or PyYAML is not installed")
    sys.exit(0)

BAD, GOOD = "k8s.gcr.io/pause:3.1", "registry.k8s.io/pause:3.9"
TEMPLATE, CONSTRAINT = yaml.safe_load_all(tool("--for", "gatekeeper", "--action", "deny"))
REGO = TEMPLATE["spec"]["targets"][0]["rego"]


def modern(text):
    """Rego v0, which Gatekeeper reads, as the interpreter's v1: `if` and `contains` in heads."""
    text = re.sub(r"^(violation|hits)\[(.*)\] \{$", r"\1 contains \2 if {", text, flags=re.M)
    return re.sub(r"^(?!.*(:=| if \{$))(\S.*) \{$", r"\2 if {", text, flags=re.M)


def violations(review):
    interpreter = regopy.Interpreter()
    interpreter.add_module("policy", modern(REGO))
    # Not set_input: it forgets to escape backslashes.
    interpreter.set_input_term(json.dumps(
        {"review": review, "parameters": CONSTRAINT["spec"]["parameters"]}))
    try:
        result = json.loads(str(interpreter.query("data.gcrreportregistries.violation")))
    except json.JSONDecodeError as error:
        sys.exit("the interpreter's answer is no JSON: %s" % error.doc[:2000])
    return [v for x in result["expressions"] for v in x]


def pod(*images, **more):
    containers = [{"name": str(i), "image": image} for i, image in enumerate(images)]
    return {"kind": "Pod", "apiVersion": "v1", "metadata": dict({"name": "p"}, **more),
            "spec": {"containers": containers}}


def review(item, **more):
    return dict({"operation": "CREATE", "object": item}, **more)


def texts(found):
    return sorted(v["msg"] for v in found)


def check_table():
    for entry in TABLE["verdicts"]:
        found = violations(review(pod(entry["image"])))
        if entry["rule"] is None:
            expect(found == [], "%r: %s" % (entry["image"], found))
            continue
        start, end = message(entry)
        expect(len(found) == 1 and found[0]["msg"].startswith(start)
               and found[0]["msg"].endswith(end), "%r: %s" % (entry["image"], found))


def check_shapes():
    spec = pod(BAD)["spec"]
    template = {"spec": {"template": {"spec": spec}}}
    for kind in ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job",
                 "ReplicationController"]:
        expect(len(violations(review(dict(template, kind=kind, metadata={})))) == 1, kind)
    for item in [{"kind": "CronJob", "spec": {"jobTemplate": template}},
                 {"kind": "PodTemplate", "template": {"spec": spec}}]:
        expect(len(violations(review(dict(item, metadata={})))) == 1, item["kind"])
    for place in [{"initContainers": [{"image": BAD}]}, {"ephemeralContainers": [{"image": BAD}]},
                  {"volumes": [{"image": {"reference": BAD}}, {"emptyDir": {}}]}]:
        item = {"kind": "Pod", "metadata": {}, "spec": dict(pod(GOOD)["spec"], **place)}
        expect(len(violations(review(item))) == 1, str(place))
    expect(len(violations(review(pod(BAD, "k8s.gcr.io/pause:3.2", GOOD)))) == 2, "two images")


def check_exemptions():
    update = {"operation": "UPDATE", "oldObject": pod(BAD)}
    expect(violations(review(pod(BAD, GOOD), **update)) == [], "kept")
    expect(len(violations(review(pod("k8s.gcr.io/pause:3.2"), **update))) == 1, "another one")
    audit = {"object": pod(BAD)}
    expect(len(violations(audit)) == 1, "audit, without an operation")
    mirror = pod(BAD, annotations={"kubernetes.io/config.mirror": "x"})
    expect(violations(review(mirror)) == [], "mirror pod")
    for api, kind, controller, admitted in [
            ("apps/v1", "ReplicaSet", True, True), ("batch/v1", "Job", True, True),
            ("v1", "ReplicationController", True, True), ("apps/v1", "ReplicaSet", False, False),
            ("example.com/v1", "ReplicaSet", True, False)]:
        item = pod(BAD, ownerReferences=[
            {"apiVersion": api, "kind": kind, "controller": controller}])
        expect((violations(review(item)) == []) == admitted, "Pod of %s %s" % (api, kind))


check_table()
check_shapes()
check_exemptions()
conclude()
