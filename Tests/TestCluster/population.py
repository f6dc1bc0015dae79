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
    "scale": scale.build,
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


def build(name, profile, pods):
    """The cluster `name`, as the release of `profile` would serve it."""
    cluster = BUILDERS[name](pods)
    return cluster if profile == "current" else profiles.apply(cluster, profile)
