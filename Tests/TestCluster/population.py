"""The populations that a test cluster can hold, by name."""

import recorded

BUILDERS = {"recorded": lambda pods: recorded.load()}
PROFILES = ("current",)


def build(name, profile, pods):
    """The cluster `name`, as the release of `profile` would serve it."""
    return BUILDERS[name](pods)
