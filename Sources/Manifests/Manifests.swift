// Manifests: Kubernetes objects written as YAML to the pod specs that they hold. It knows no files,
// no cluster and no report; whoever has the text asks it.
