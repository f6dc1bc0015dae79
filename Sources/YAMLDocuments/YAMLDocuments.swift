// Text in YAML to nodes that know where they stand, and values to YAML text.
//
// Here: libyaml's events, positions, limits, aliases, merge keys, the reading of scalars, the
// writer. Not here: what any document means, files, the network.
