// Kubeconfig
