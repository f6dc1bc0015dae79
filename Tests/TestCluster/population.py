"""The populations that a test cluster can hold, by name."""

import estate
import migrated
import profiles
import recorded
import scale
import second
import workflows

BUILDERS = {
    "recorded": lambda pods: recorded.load(),
    "estate": lambda pods: estate.build(),
    "migrated": lambda pods: migrated.build(),
    "scale": lambda pods: scale.build(pods),
    "second": lambda pods: second.build(),
    "workflows": workflows.build,
}
# The two namespaces of each population that limited users may read (rights.py).
HOMES = {
    "recorded": ("team-a", "team-b"),
    "second": ("bazaar", "freight"),
    "estate": ("shop", "builds"),
    "migrated": ("apps", "kube-system"),
    "scale": ("team-00", "team-01"),
    "workflows": ("ci", "default"),
}
PROFILES = ("current",) + tuple(profiles.RELEASES)


def build(name, profile, pods, workloads=0, bare=0):
    """The cluster `name`, as the release of `profile` would serve it."""
    is_shaped = name == "scale" and (workloads or bare)
    cluster = scale.build(pods, workloads, bare) if is_shaped else BUILDERS[name](pods)
    return cluster if profile == "current" else profiles.apply(cluster, profile)
