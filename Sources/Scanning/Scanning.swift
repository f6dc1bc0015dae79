// Scanning: one cluster's scan: which lists to ask for, what to do when they are refused, and the
// ledger of what was and was not read. It knows no registry and no screen.
