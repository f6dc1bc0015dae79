"""What the checks of policies share: the table of images, the tool, and what was expected.

The table is Tests/Fixtures/policy: what becomes of an image, written by hand.
"""
import json
import os
import subprocess
import sys

FIXTURES = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Fixtures", "policy")
with open(os.path.join(FIXTURES, "verdicts.json")) as file:
    TABLE = json.load(file)
_failures = []
_passed = 0


def expect(condition, words):
    global _passed
    if condition:
        _passed += 1
    else:
        _failures.append(words)
        print("FAILED: " + words)


def conclude():
    print("%d passed, %d failed" % (_passed, len(_failures)))
    sys.exit(1 if _failures else 0)


def tool(*arguments):
    """What the tool writes as a policy of the table's rules, on the table's day."""
    name = sys.argv[1] if len(sys.argv) > 1 else ".build/debug/kubectl-gcr_report"
    return subprocess.run(
        [name, "policy", "--as-of", TABLE["asOf"], "--rules",
         os.path.join(FIXTURES, "rules.yaml"), *arguments],
        check=True, capture_output=True, text=True).stdout


def message(entry):
    """How the message of a refused image begins and ends."""
    return ("%s: " % entry["image"].strip(),
            ", rule %s%s" % (entry["rule"], "; use " + entry["use"] if entry["use"] else ""))
