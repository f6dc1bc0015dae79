// Manifests: texts that name images, to the references in them: Kubernetes objects, charts' values,
// Dockerfiles, plain text; with the bytes of each, and the same text with other references. It
// knows no files, no cluster and no report; whoever has the text asks it.
