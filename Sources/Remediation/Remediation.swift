// From a report to files and commands that a person applies: fixes, mirrors, policies. Pure: no network, no disk, no clock.
