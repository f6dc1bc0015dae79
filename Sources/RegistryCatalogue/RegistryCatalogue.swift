// What is known about registries: rules from embedded data and the user's files, a reference's
// fate on a date, and the risk that follows. Pure: no network, no clock, no screen; the only
// bytes read are the embedded catalogue and those a caller hands in.
