// KubernetesAPI: requests to one API server: credentials, retry, paging, discovery, and the
// decoders of its answers (Wire/). What the answers mean for images is decided above.
