// What a scan needs to run by itself inside a cluster: checked values and the manifests made of
// them. Pure: no file, no clock, no network; what a scan may read is decided elsewhere.
