"""The populations that a test cluster can hold, by name."""

import profiles
import recorded
import second

BUILDERS = {
    "recorded": lambda pods: recorded.load(),
    "second": lambda pods: second.build(),
}
PROFILES = ("current",) + tuple(profiles.RELEASES)


def build(name, profile, pods):
    """The cluster `name`, as the release of `profile` would serve it."""
    cluster = BUILDERS[name](pods)
    return cluster if profile == "current" else profiles.apply(cluster, profile)
