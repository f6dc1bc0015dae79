// Archives: gzip and tar, from bytes to bytes, within bounds. What the packed files mean is not its
// business; it opens no file, and a name in an archive is a label, never a path.
