// The built binary against the test cluster (Tests/TestCluster), as a person runs it.
//
// Here belong the harness (starting servers and the binary, writing kubeconfigs) and scenarios that
// look only at output, exit status and the requests a server saw. What a single module can prove
// belongs into that module's own tests.
