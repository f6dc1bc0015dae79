// The command line from arguments to bytes and status, with an environment made of values.
