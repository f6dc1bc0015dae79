// Reads images out of the text of ConfigMaps: kubeadm's ClusterConfiguration, the configuration of
// what injects sidecars, and any text that holds images which the catalogue knows.
// Which ConfigMaps are asked for, and asking for them, belongs in Scanning; what an image means
// belongs in Reports.
