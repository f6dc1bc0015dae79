# What to change in one cluster; nothing has been changed yet.
# prod · https://api.example.com · UID 0b5ac0de-1111-2222-3333-444455556666 · v1.31.2 · scanned
# 2026-11-21T09:09:09Z · as of 2026-11-21 · catalogue 2026.11.20 · gcr-report 0.0.0

# ==== 1. Change in the cluster: 8 objects
# The same name, tag and digest at another place; nothing that is known manages these objects, but
# look for a manifest that somebody keeps: it must change too.
# In this order: what fails now, then by risk; at equal risk what other things are made from first,
# what every node runs last. What is production the report does not know: begin where a restart
# costs least.
# Each patch tests what it replaces and changes nothing where that is something else by now.
# --dry-run=server tries it.
# Is it this cluster? The answer must be 0b5ac0de-1111-2222-3333-444455556666:
#   kubectl --context prod get namespace kube-system -o 'jsonpath={.metadata.uid}'

# 1.1 critical, failing: shop/Deployment/web
#     container app: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     container init (init):
#       gcr.io/google_containers/pause:3.2@sha256:abababababababababababababababababababababababababababababababab
#       ->
#       registry.k8s.io/pause:3.2@sha256:abababababababababababababababababababababababababababababababab
#     - A rollout replaces its Pods.
#     - Watch it afterwards:
#       kubectl --context prod -n shop rollout status deployment/web
kubectl --context prod -n shop patch deployment/web --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"},{"op":"test","path":"/spec/template/spec/initContainers/1/name","value":"init"},{"op":"test","path":"/spec/template/spec/initContainers/1/image","value":"gcr.io/google_containers/pause:3.2@sha256:abababababababababababababababababababababababababababababababab"},{"op":"replace","path":"/spec/template/spec/initContainers/1/image","value":"registry.k8s.io/pause:3.2@sha256:abababababababababababababababababababababababababababababababab"}]'

# 1.2 high, pulls: kube-system/DaemonSet/kube-proxy
#     container app: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - A rollout replaces its Pods one after the other; with updateStrategy OnDelete, which the
#       report does not know, only when somebody deletes them.
#     - Where kubeadm installed it, the next kubeadm upgrade writes it anew from kubeadm-config: see
#       that imageRepository there is right too.
#     - Watch it afterwards:
#       kubectl --context prod -n kube-system rollout status daemonset/kube-proxy
kubectl --context prod -n kube-system patch daemonset/kube-proxy --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"}]'

# 1.3 medium, pulls: obs/Prometheus/main
#     spec.image: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - The controller of Prometheus takes it over; look what it restarts.
kubectl --context prod -n obs patch Prometheus.v1.monitoring.coreos.com/main --type=json -p '[{"op":"test","path":"/spec/image","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/image","value":"registry.k8s.io/web:1.0"}]'

# 1.4 medium, pulls: shop/CronJob/nightly
#     container app: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - From its next run on; running Jobs end as they are.
kubectl --context prod -n shop patch cronjob/nightly --type=json -p '[{"op":"test","path":"/spec/jobTemplate/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"}]'

# 1.5 medium, pulls: shop/Deployment/hostile
#     container *: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - A rollout replaces its Pods.
#     - Watch it afterwards:
#       kubectl --context prod -n shop rollout status deployment/hostile
kubectl --context prod -n shop patch deployment/hostile --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"}]'

# 1.6 medium, pulls: shop/Deployment/operator
#     container app, in the argument --image: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     container app, in the environment variable RELATED_IMAGE_X: k8s.gcr.io/web:1.0 ->
#       registry.k8s.io/web:1.0
#     - It has no replicas: nothing restarts.
kubectl --context prod -n shop patch deployment/operator --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/args/1","value":"--image=k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--image=registry.k8s.io/web:1.0"},{"op":"test","path":"/spec/template/spec/containers/0/env/3/value","value":"k8s.gcr.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/env/3/value","value":"registry.k8s.io/web:1.0"}]'

# 1.7 medium, pulls: two/Deployment/a
#     container app: k8s.gcr.io/x:1 -> registry.k8s.io/x:1
#     - A rollout replaces its Pods.
#     - Watch it afterwards:
#       kubectl --context prod -n two rollout status deployment/a
kubectl --context prod -n two patch deployment/a --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/x:1"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/x:1"}]'

# 1.8 medium, pulls: two/Deployment/b.c
#     container app: k8s.gcr.io/x:2 -> quay.io/x/x:2
#     - A rollout replaces its Pods.
#     - Watch it afterwards:
#       kubectl --context prod -n two rollout status deployment/b.c
kubectl --context prod -n two patch deployment/b.c --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/x:2"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"quay.io/x/x:2"}]'

# ==== 2. Change at the source: 8 places
# The same name, tag and digest at another place. In the cluster the change would be reverted,
# refused or lost, so it is made where the object comes from.

# 2.1 medium: kubeadm's ConfigMap kube-system/kubeadm-config
#     data.ClusterConfiguration.imageRepository: k8s.gcr.io/x -> registry.k8s.io
#     - Keep a copy, then edit the text of ClusterConfiguration in the ConfigMap; nothing restarts.
#     - kubeadm reads it at the next kubeadm upgrade or join, and writes the static pods' files,
#       CoreDNS and kube-proxy from it. Until then they stay as they are: their own entries here say
#       what to change now.
#     - See which images kubeadm will ask for: kubeadm config images list --config FILE.
#     - Where Cluster API made the cluster, change KubeadmControlPlane
#       (spec.kubeadmConfigSpec.clusterConfiguration) instead.
#       kubectl --context prod -n kube-system get configmap kubeadm-config -o yaml | sed '/^  resourceVersion:/d' > kubeadm-config.before.yaml
#       kubectl --context prod -n kube-system edit configmap kubeadm-config
#     - To take it back:
#       kubectl --context prod -n kube-system replace -f kubeadm-config.before.yaml

# 2.2 medium: kube-system/Pod/kube-apiserver-node-1: edit the static pod's file on node node-1
#     container kube-apiserver at spec.containers[0].image: k8s.gcr.io/web:1.0 ->
#       registry.k8s.io/web:1.0
#     - On node node-1 copy the file to a folder of your own first, never beside it: the kubelet
#       runs every file of its folder.
#     - Edit the file: usually /etc/kubernetes/manifests/kube-apiserver.yaml; the kubelet's
#       staticPodPath says where. The object in the API is a copy that nobody reads.
#     - The kubelet restarts the Pod at once. Go node by node, and wait until it is ready again.
#       kubectl --context prod -n kube-system get pod kube-apiserver-node-1 --watch
#     - To take it back: Move the copy back over the file.

# 2.3 medium: shop/Deployment/\u{1b}[2J'; rm -rf / #`$(id)`\n\u{202e}: a name or path that cannot
#     stand in a command
#     container \u{1b}[2J'; rm -rf / #`$(id)`\n\u{202e} at spec.template.spec.containers[0].image:
#       k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - Change it by hand.

# 2.4 medium: Helm release "shop/rel" chart app-1.2.3
#     shop/Deployment/chart, container app at spec.template.spec.containers[0].image:
#       k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     shop/StatefulSet/chart-db, container db at spec.template.spec.containers[0].image:
#       k8s.gcr.io/db:2@sha256:abababababababababababababababababababababababababababababababab ->
#       registry.k8s.io/db:2@sha256:abababababababababababababababababababababababababababababababab
#     - image.registry=registry.k8s.io and image.repository=web
#     -
#       db\.x.image=registry.k8s.io/db:2@sha256:abababababababababababababababababababababababababababababababab
#     - Put the values into the file from which the release is upgraded, and keep the chart at
#       app-1.2.3; a newer chart may have the new place already.
#       helm --kube-context prod -n shop upgrade rel CHART --reuse-values --set-string image.registry=registry.k8s.io --set-string image.repository=web --set-string 'db\.x.image=registry.k8s.io/db:2@sha256:abababababababababababababababababababababababababababababababab'
#     - To take it back:
#       helm --kube-context prod -n shop rollback rel

# 2.5 medium: Argo CD Application "shop"
#     shop/Deployment/gitops, container app at spec.template.spec.containers[0].image:
#       k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - Change the image in the source of the Application: Argo CD reverts what is changed in the
#       cluster, or calls it out of sync.
#     - To take it back: Revert the commit.

# 2.6 medium: container istio-proxy is put into Pods of 1 workload as they are made
#     shop/Deployment/mesh, container istio-proxy at spec.template.spec.containers[0].image:
#       k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - Istio's injector adds it: set global.hub (and the proxy's image) in the values of istiod's
#       installation, or in the IstioOperator, or upgrade Istio.
#     - Then make the Pods anew, which are injected as they are made.
#       kubectl --context prod -n shop rollout restart deployment/mesh
#     - To take it back: Set the injector's former configuration, and make the Pods anew.

# 2.7 medium: Helm release "\u{1b}[2J'; rm -rf / #`$(id)`\n\u{202e}" chart \u{1b}[2J'; rm -rf /
#     #`$(id)`\n\u{202e}
#     shop/Deployment/rel2, container app at spec.template.spec.containers[0].image:
#       k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - Which value sets k8s.gcr.io/web:1.0 is not known: scan with --helm, or look into the chart
#       (helm show values)
#     - Put the values into the file from which the release is upgraded, and keep the chart at
#       \u{1b}[2J'; rm -rf / #`$(id)`\n\u{202e}; a newer chart may have the new place already.
#     - To take it back: Set the former values, and upgrade again.

# 2.8 medium: shop/Job/once: its template cannot be changed, it must be made anew
#     container app at spec.template.spec.containers[0].image: k8s.gcr.io/web:1.0 ->
#       registry.k8s.io/web:1.0
#     - A Job starts from the beginning. Change the manifest or the program that makes it; without
#       one keep a copy, change the image in it, take out status, spec.selector and the labels that
#       end in controller-uid and job-name, and replace the Job.
#       kubectl --context prod -n shop get job/once -o yaml > before.yaml
#       kubectl --context prod -n shop replace --force -f CHANGED.yaml
#     - To take it back: Replace it with the copy in the same way.

# ==== 3. A person decides: 1 image use
# Another name, tag or version: not the same image. No script here changes these.

# 3.1 medium, pulls: shop/Deployment/old
#     container app at spec.template.spec.containers[0].image: k8s.gcr.io/web:1.0 -> ghcr.io/new/web
#     - choose a tag that the new place has
#     - read what changed since: flags, configuration, user, ports, architectures
#     - Use registry.k8s.io.

# ==== 4. No replacement is known: 1 image use

# 4.1 medium, pulls: shop/Deployment/own
#     container app at spec.template.spec.containers[0].image: gcr.io/acme/app:1
#     - Use registry.k8s.io.

# ==== 5. Set aside by exceptions: 1 image use

# 5.1 medium, pulls: shop/Deployment/waived
#     container app: k8s.gcr.io/web:1.0 -> registry.k8s.io/web:1.0
#     - mitigated until 2027-01-01: \u{1b}[2J'; rm -rf / #`$(id)`\n\u{202e}

# ==== 6. Old revisions and finished work: 1 image use
# Nothing to change. A rollback (kubectl rollout undo, helm rollback) brings the old image back.

# ==== 7. Not read: unknown, never clean

# 7.1 jobs.batch in vault (forbidden)

# ==== 8. To take the changes in the cluster back
# kubectl --context prod -n two patch deployment/b.c --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"quay.io/x/x:2"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/x:2"}]'
# kubectl --context prod -n two patch deployment/a --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/x:1"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/x:1"}]'
# kubectl --context prod -n shop patch deployment/operator --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/args/1","value":"--image=registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--image=k8s.gcr.io/web:1.0"},{"op":"test","path":"/spec/template/spec/containers/0/env/3/value","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/env/3/value","value":"k8s.gcr.io/web:1.0"}]'
# kubectl --context prod -n shop patch deployment/hostile --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"}]'
# kubectl --context prod -n shop patch cronjob/nightly --type=json -p '[{"op":"test","path":"/spec/jobTemplate/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"}]'
# kubectl --context prod -n obs patch Prometheus.v1.monitoring.coreos.com/main --type=json -p '[{"op":"test","path":"/spec/image","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/image","value":"k8s.gcr.io/web:1.0"}]'
# kubectl --context prod -n kube-system patch daemonset/kube-proxy --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"}]'
# kubectl --context prod -n shop patch deployment/web --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/web:1.0"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"k8s.gcr.io/web:1.0"},{"op":"test","path":"/spec/template/spec/initContainers/1/name","value":"init"},{"op":"test","path":"/spec/template/spec/initContainers/1/image","value":"registry.k8s.io/pause:3.2@sha256:abababababababababababababababababababababababababababababababab"},{"op":"replace","path":"/spec/template/spec/initContainers/1/image","value":"gcr.io/google_containers/pause:3.2@sha256:abababababababababababababababababababababababababababababababab"}]'
