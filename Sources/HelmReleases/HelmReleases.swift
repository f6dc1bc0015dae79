// HelmReleases: what Helm keeps of a release in a Secret or ConfigMap, to the images that its
// manifest and hooks name and the values that set them. It asks no server and prints nothing; no
// error and no record here carries a value, a template or any other text of a release.
