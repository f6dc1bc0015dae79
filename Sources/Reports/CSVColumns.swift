/// The columns of `-o csv`, version 1, in their order: only ever appended to.
package enum CSVColumns {
  package static let names = [
    "schema_version", "row_type", "scanned_at", "as_of", "catalogue_version", "context",
    "cluster_uid", "server_version", "namespace", "team", "workload_apiversion", "workload_kind",
    "workload_name", "activity", "managed_by", "path", "container", "role", "image", "registry",
    "repository", "tag", "digest", "pull_policy", "rule", "fate", "certainty", "exposure", "risk",
    "reasons", "replacement", "waived_until", "nodes_with_image", "nodes_total",
    "coverage_resource", "coverage_state", "coverage_reason", "waived_kind", "waived_reason",
    "filter", "file", "line", "column", "file_confidence",
  ]
}
