// Which cluster, as whom: kubeconfig files, flags and the service account of a pod, as client-go
// reads them (https://github.com/kubernetes/client-go/tree/master/tools/clientcmd).
//
// Here: finding, reading, merging, resolving one context; the plugin policy of kuberc.
// Not here: the network, running credential plugins, re-reading token files on time.
