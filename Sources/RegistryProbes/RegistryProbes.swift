// What belongs here: asking a registry, by the OCI distribution specification, whether an image is
// there, which one it is and for which platforms; the credentials that Docker's configuration holds
// for it.
// What does not: which images are asked about, what replaces them, the wording of answers, pulling.
