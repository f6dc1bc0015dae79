"""Field numbers of the Kubernetes messages that the test cluster encodes, and their codec.

Numbers as published in the `generated.proto` files of `k8s.io/api` and `k8s.io/apimachinery`
(release 1.36); they never change. The codec's self-test decodes every recorded body with this
table and compares the result with the recorded JSON.

One line per message: `name=NUMBER[:TYPE]`. A type that ends in `*` is repeated, `{T}` is a map
with string keys, a trailing `!` marks a message that JSON writes inline. Without a type a field is
a scalar: a JSON string is length-delimited, an integer or boolean a varint.
"""

import base64
import calendar
import json
import re
import time

import wire

TABLE = """
ListMeta: selfLink=1 resourceVersion=2 continue=3 remainingItemCount=4 shardInfo=5:ShardInfo
ObjectMeta: name=1 generateName=2 namespace=3 selfLink=4 uid=5 resourceVersion=6 generation=7
    creationTimestamp=8:Time deletionTimestamp=9:Time deletionGracePeriodSeconds=10 labels=11:{}
    annotations=12:{} ownerReferences=13:OwnerReference* finalizers=14:*
    managedFields=17:ManagedFieldsEntry*
OwnerReference: kind=1 name=3 uid=4 apiVersion=5 controller=6 blockOwnerDeletion=7
Status: metadata=1:ListMeta status=2 message=3 reason=4 details=5:StatusDetails code=6
StatusDetails: name=1 group=2 kind=3 causes=4:StatusCause* retryAfterSeconds=5 uid=6
LabelSelector: matchLabels=1:{} matchExpressions=2:LabelSelectorRequirement*
PodList: metadata=1:ListMeta items=2:Pod*
Pod: metadata=1:ObjectMeta spec=2:PodSpec status=3:PodStatus
PodSpec: volumes=1:Volume* containers=2:Container* restartPolicy=3
    terminationGracePeriodSeconds=4 activeDeadlineSeconds=5 dnsPolicy=6 nodeSelector=7:{}
    serviceAccountName=8 serviceAccount=9 nodeName=10 hostNetwork=11 hostPID=12 hostIPC=13
    securityContext=14:PodSecurityContext imagePullSecrets=15:LocalObjectReference* hostname=16
    subdomain=17 affinity=18:Affinity schedulerName=19 initContainers=20:Container*
    automountServiceAccountToken=21 tolerations=22:Toleration* hostAliases=23:HostAlias*
    priorityClassName=24 priority=25 dnsConfig=26:PodDNSConfig shareProcessNamespace=27
    readinessGates=28:PodReadinessGate* runtimeClassName=29 enableServiceLinks=30
    preemptionPolicy=31 overhead=32:{Quantity}
    topologySpreadConstraints=33:TopologySpreadConstraint*
    ephemeralContainers=34:EphemeralContainer* setHostnameAsFQDN=35 os=36:PodOS hostUsers=37
    schedulingGates=38:PodSchedulingGate* resourceClaims=39:PodResourceClaim*
    resources=40:ResourceRequirements hostnameOverride=41 schedulingGroup=43:PodSchedulingGroup
Container: name=1 image=2 command=3:* args=4:* workingDir=5 ports=6:ContainerPort* env=7:EnvVar*
    resources=8:ResourceRequirements volumeMounts=9:VolumeMount* livenessProbe=10:Probe
    readinessProbe=11:Probe lifecycle=12:Lifecycle terminationMessagePath=13 imagePullPolicy=14
    securityContext=15:SecurityContext stdin=16 stdinOnce=17 tty=18 envFrom=19:EnvFromSource*
    terminationMessagePolicy=20 volumeDevices=21:VolumeDevice* startupProbe=22:Probe
    resizePolicy=23:ContainerResizePolicy* restartPolicy=24
    restartPolicyRules=25:ContainerRestartRule*
EphemeralContainer: ephemeralContainerCommon=1:Container! targetContainerName=2
EnvVar: name=1 value=2 valueFrom=3:EnvVarSource
Volume: name=1 volumeSource=2:VolumeSource!
VolumeSource: hostPath=1:HostPathVolumeSource emptyDir=2:EmptyDirVolumeSource
    gcePersistentDisk=3:GCEPersistentDiskVolumeSource
    awsElasticBlockStore=4:AWSElasticBlockStoreVolumeSource gitRepo=5:GitRepoVolumeSource
    secret=6:SecretVolumeSource nfs=7:NFSVolumeSource iscsi=8:ISCSIVolumeSource
    glusterfs=9:GlusterfsVolumeSource persistentVolumeClaim=10:PersistentVolumeClaimVolumeSource
    rbd=11:RBDVolumeSource flexVolume=12:FlexVolumeSource cinder=13:CinderVolumeSource
    cephfs=14:CephFSVolumeSource flocker=15:FlockerVolumeSource
    downwardAPI=16:DownwardAPIVolumeSource fc=17:FCVolumeSource
    azureFile=18:AzureFileVolumeSource configMap=19:ConfigMapVolumeSource
    vsphereVolume=20:VsphereVirtualDiskVolumeSource quobyte=21:QuobyteVolumeSource
    azureDisk=22:AzureDiskVolumeSource photonPersistentDisk=23:PhotonPersistentDiskVolumeSource
    portworxVolume=24:PortworxVolumeSource scaleIO=25:ScaleIOVolumeSource
    projected=26:ProjectedVolumeSource storageos=27:StorageOSVolumeSource csi=28:CSIVolumeSource
    ephemeral=29:EphemeralVolumeSource image=30:ImageVolumeSource
ImageVolumeSource: reference=1 pullPolicy=2
PodStatus: phase=1 conditions=2:PodCondition* message=3 reason=4 hostIP=5 podIP=6
    startTime=7:Time containerStatuses=8:ContainerStatus* qosClass=9
    initContainerStatuses=10:ContainerStatus* nominatedNodeName=11 podIPs=12:PodIP*
    ephemeralContainerStatuses=13:ContainerStatus* resize=14
    resourceClaimStatuses=15:PodResourceClaimStatus* hostIPs=16:HostIP* observedGeneration=17
    extendedResourceClaimStatus=18:PodExtendedResourceClaimStatus
    allocatedResources=19:{Quantity} resources=20:ResourceRequirements
    nodeAllocatableResourceClaimStatuses=21:NodeAllocatableResourceClaimStatus*
ContainerStatus: name=1 state=2:ContainerState lastState=3:ContainerState ready=4 restartCount=5
    image=6 imageID=7 containerID=8 started=9 allocatedResources=10:{Quantity}
    resources=11:ResourceRequirements volumeMounts=12:VolumeMountStatus* user=13:ContainerUser
    allocatedResourcesStatus=14:ResourceStatus* stopSignal=15
ContainerState: waiting=1:ContainerStateWaiting running=2:ContainerStateRunning
    terminated=3:ContainerStateTerminated
ContainerStateWaiting: reason=1 message=2
ContainerStateRunning: startedAt=1:Time
ContainerStateTerminated: exitCode=1 signal=2 reason=3 message=4 startedAt=5:Time
    finishedAt=6:Time containerID=7
PodTemplateSpec: metadata=1:ObjectMeta spec=2:PodSpec
PodTemplateList: metadata=1:ListMeta items=2:PodTemplate*
PodTemplate: metadata=1:ObjectMeta template=2:PodTemplateSpec
ReplicationControllerList: metadata=1:ListMeta items=2:ReplicationController*
ReplicationController: metadata=1:ObjectMeta spec=2:ReplicationControllerSpec
    status=3:ReplicationControllerStatus
ReplicationControllerSpec: replicas=1 selector=2:{} template=3:PodTemplateSpec minReadySeconds=4
NodeList: metadata=1:ListMeta items=2:Node*
Node: metadata=1:ObjectMeta spec=2:NodeSpec status=3:NodeStatus
NodeSpec: podCIDR=1 externalID=2 providerID=3 unschedulable=4 taints=5:Taint*
    configSource=6:NodeConfigSource podCIDRs=7:*
Taint: key=1 value=2 effect=3 timeAdded=4:Time
NodeStatus: capacity=1:{Quantity} allocatable=2:{Quantity} phase=3 conditions=4:NodeCondition*
    addresses=5:NodeAddress* daemonEndpoints=6:NodeDaemonEndpoints nodeInfo=7:NodeSystemInfo
    images=8:ContainerImage* volumesInUse=9:* volumesAttached=10:AttachedVolume*
    config=11:NodeConfigStatus runtimeHandlers=12:NodeRuntimeHandler* features=13:NodeFeatures
    declaredFeatures=14:*
NodeSystemInfo: machineID=1 systemUUID=2 bootID=3 kernelVersion=4 osImage=5
    containerRuntimeVersion=6 kubeletVersion=7 kubeProxyVersion=8 operatingSystem=9
    architecture=10 swap=11:NodeSwapStatus
ContainerImage: names=1:* sizeBytes=2
NamespaceList: metadata=1:ListMeta items=2:Namespace*
Namespace: metadata=1:ObjectMeta spec=2:NamespaceSpec status=3:NamespaceStatus
ConfigMapList: metadata=1:ListMeta items=2:ConfigMap*
ConfigMap: metadata=1:ObjectMeta data=2:{} binaryData=3:{bytes} immutable=4
SecretList: metadata=1:ListMeta items=2:Secret*
Secret: metadata=1:ObjectMeta data=2:{bytes} type=3 stringData=4:{} immutable=5
EventList: metadata=1:ListMeta items=2:Event*
Event: metadata=1:ObjectMeta involvedObject=2:ObjectReference reason=3 message=4
    source=5:EventSource firstTimestamp=6:Time lastTimestamp=7:Time count=8 type=9
    eventTime=10:MicroTime series=11:EventSeries action=12 related=13:ObjectReference
    reportingComponent=14 reportingInstance=15
ObjectReference: kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7
Toleration: key=1 operator=2 value=3 effect=4 tolerationSeconds=5
DeploymentList: metadata=1:ListMeta items=2:Deployment*
Deployment: metadata=1:ObjectMeta spec=2:DeploymentSpec status=3:DeploymentStatus
DeploymentSpec: replicas=1 selector=2:LabelSelector template=3:PodTemplateSpec
    strategy=4:DeploymentStrategy minReadySeconds=5 revisionHistoryLimit=6 paused=7
    progressDeadlineSeconds=9
DeploymentStatus: observedGeneration=1 replicas=2 updatedReplicas=3 availableReplicas=4
    unavailableReplicas=5 conditions=6:DeploymentCondition* readyReplicas=7 collisionCount=8
    terminatingReplicas=9
ReplicaSetList: metadata=1:ListMeta items=2:ReplicaSet*
ReplicaSet: metadata=1:ObjectMeta spec=2:ReplicaSetSpec status=3:ReplicaSetStatus
ReplicaSetSpec: replicas=1 selector=2:LabelSelector template=3:PodTemplateSpec minReadySeconds=4
ReplicaSetStatus: replicas=1 fullyLabeledReplicas=2 observedGeneration=3 readyReplicas=4
    availableReplicas=5 conditions=6:ReplicaSetCondition* terminatingReplicas=7
StatefulSetList: metadata=1:ListMeta items=2:StatefulSet*
StatefulSet: metadata=1:ObjectMeta spec=2:StatefulSetSpec status=3:StatefulSetStatus
StatefulSetSpec: replicas=1 selector=2:LabelSelector template=3:PodTemplateSpec
    volumeClaimTemplates=4:PersistentVolumeClaim* serviceName=5 podManagementPolicy=6
    updateStrategy=7:StatefulSetUpdateStrategy revisionHistoryLimit=8 minReadySeconds=9
    persistentVolumeClaimRetentionPolicy=10:StatefulSetPersistentVolumeClaimRetentionPolicy
    ordinals=11:StatefulSetOrdinals
DaemonSetList: metadata=1:ListMeta items=2:DaemonSet*
DaemonSet: metadata=1:ObjectMeta spec=2:DaemonSetSpec status=3:DaemonSetStatus
DaemonSetSpec: selector=1:LabelSelector template=2:PodTemplateSpec
    updateStrategy=3:DaemonSetUpdateStrategy minReadySeconds=4 revisionHistoryLimit=6
DaemonSetStatus: currentNumberScheduled=1 numberMisscheduled=2 desiredNumberScheduled=3
    numberReady=4 observedGeneration=5 updatedNumberScheduled=6 numberAvailable=7
    numberUnavailable=8 collisionCount=9 conditions=10:DaemonSetCondition*
ControllerRevisionList: metadata=1:ListMeta items=2:ControllerRevision*
ControllerRevision: metadata=1:ObjectMeta data=2:RawExtension revision=3
JobList: metadata=1:ListMeta items=2:Job*
Job: metadata=1:ObjectMeta spec=2:JobSpec status=3:JobStatus
JobSpec: parallelism=1 completions=2 activeDeadlineSeconds=3 selector=4:LabelSelector
    manualSelector=5 template=6:PodTemplateSpec backoffLimit=7 ttlSecondsAfterFinished=8
    completionMode=9 suspend=10 podFailurePolicy=11:PodFailurePolicy backoffLimitPerIndex=12
    maxFailedIndexes=13 podReplacementPolicy=14 managedBy=15 successPolicy=16:SuccessPolicy
JobStatus: conditions=1:JobCondition* startTime=2:Time completionTime=3:Time active=4
    succeeded=5 failed=6 completedIndexes=7 uncountedTerminatedPods=8:UncountedTerminatedPods
    ready=9 failedIndexes=10 terminating=11
JobCondition: type=1 status=2 lastProbeTime=3:Time lastTransitionTime=4:Time reason=5 message=6
JobTemplateSpec: metadata=1:ObjectMeta spec=2:JobSpec
CronJobList: metadata=1:ListMeta items=2:CronJob*
CronJob: metadata=1:ObjectMeta spec=2:CronJobSpec status=3:CronJobStatus
CronJobSpec: schedule=1 startingDeadlineSeconds=2 concurrencyPolicy=3 suspend=4
    jobTemplate=5:JobTemplateSpec successfulJobsHistoryLimit=6 failedJobsHistoryLimit=7
    timeZone=8
CronJobStatus: active=1:ObjectReference* lastScheduleTime=4:Time lastSuccessfulTime=5:Time
ManagedFieldsEntry: manager=1 operation=2 apiVersion=3 time=4:Time fieldsType=6 fieldsV1=7:FieldsV1
    subresource=8
LabelSelectorRequirement: key=1 operator=2 values=3:*
StatusCause: reason=1 message=2 field=3
Condition: type=1 status=2 observedGeneration=3 lastTransitionTime=4:Time reason=5 message=6
LocalObjectReference: name=1
ContainerPort: name=1 hostPort=2 containerPort=3 protocol=4 hostIP=5
ResourceRequirements: limits=1:{Quantity} requests=2:{Quantity}
VolumeMount: name=1 readOnly=2 mountPath=3 subPath=4 mountPropagation=5 subPathExpr=6
EnvVarSource: fieldRef=1:ObjectFieldSelector resourceFieldRef=2:ResourceFieldSelector
    configMapKeyRef=3:KeySelector secretKeyRef=4:KeySelector
ObjectFieldSelector: apiVersion=1 fieldPath=2
ResourceFieldSelector: containerName=1 resource=2 divisor=3:Quantity
KeySelector: localObjectReference=1:LocalObjectReference! key=2 optional=3
EnvFromSource: prefix=1 configMapRef=2:ReferenceOptional secretRef=3:ReferenceOptional
ReferenceOptional: localObjectReference=1:LocalObjectReference! optional=2
Probe: handler=1:ProbeHandler! initialDelaySeconds=2 timeoutSeconds=3 periodSeconds=4
    successThreshold=5 failureThreshold=6
ProbeHandler: exec=1:ExecAction httpGet=2:HTTPGetAction tcpSocket=3:TCPSocketAction
ExecAction: command=1:*
HTTPGetAction: path=1 port=2:IntOrString host=3 scheme=4
TCPSocketAction: port=1:IntOrString host=2
SecurityContext: capabilities=1:Capabilities privileged=2 runAsUser=4 runAsNonRoot=5
    readOnlyRootFilesystem=6 allowPrivilegeEscalation=7 runAsGroup=8
Capabilities: add=1:* drop=2:*
PodSecurityContext: runAsUser=2 runAsNonRoot=3 fsGroup=5 runAsGroup=6
Affinity: nodeAffinity=1:NodeAffinity
NodeAffinity: requiredDuringSchedulingIgnoredDuringExecution=1:NodeSelector
NodeSelector: nodeSelectorTerms=1:NodeSelectorTerm*
NodeSelectorTerm: matchExpressions=1:NodeSelectorRequirement* matchFields=2:NodeSelectorRequirement*
NodeSelectorRequirement: key=1 operator=2 values=3:*
HostPathVolumeSource: path=1 type=2
EmptyDirVolumeSource: medium=1 sizeLimit=2:Quantity
SecretVolumeSource: secretName=1 items=2:KeyToPath* defaultMode=3 optional=4
ConfigMapVolumeSource: localObjectReference=1:LocalObjectReference! items=2:KeyToPath*
    defaultMode=3 optional=4
KeyToPath: key=1 path=2 mode=3
PersistentVolumeClaimVolumeSource: claimName=1 readOnly=2
RBDVolumeSource: monitors=1:* image=2 fsType=3 pool=4 user=5 keyring=6 readOnly=8
GitRepoVolumeSource: repository=1 revision=2 directory=3
QuobyteVolumeSource: registry=1 volume=2 readOnly=3 user=4 group=5 tenant=6
ProjectedVolumeSource: sources=1:VolumeProjection* defaultMode=2
VolumeProjection: secret=1:SecretProjection downwardAPI=2:DownwardAPIProjection
    configMap=3:ConfigMapProjection serviceAccountToken=4:ServiceAccountTokenProjection
SecretProjection: localObjectReference=1:LocalObjectReference! items=2:KeyToPath* optional=4
ConfigMapProjection: localObjectReference=1:LocalObjectReference! items=2:KeyToPath* optional=4
DownwardAPIProjection: items=1:DownwardAPIVolumeFile*
DownwardAPIVolumeFile: path=1 fieldRef=2:ObjectFieldSelector
ServiceAccountTokenProjection: audience=1 expirationSeconds=2 path=3
PodCondition: type=1 status=2 lastProbeTime=3:Time lastTransitionTime=4:Time reason=5 message=6
    observedGeneration=7
PodIP: ip=1
HostIP: ip=1
NamespaceSpec: finalizers=1:*
NamespaceStatus: phase=1 conditions=2:NamespaceCondition*
NamespaceCondition: type=1 status=2 lastTransitionTime=4:Time reason=5 message=6
NodeCondition: type=1 status=2 lastHeartbeatTime=3:Time lastTransitionTime=4:Time reason=5 message=6
NodeAddress: type=1 address=2
NodeDaemonEndpoints: kubeletEndpoint=1:DaemonEndpoint
DaemonEndpoint: Port=1
EventSource: component=1 host=2
EventSeries: count=1 lastObservedTime=2:MicroTime
ReplicationControllerStatus: replicas=1 fullyLabeledReplicas=2 observedGeneration=3 readyReplicas=4
    availableReplicas=5
DeploymentStrategy: type=1 rollingUpdate=2:RollingUpdateDeployment
RollingUpdateDeployment: maxUnavailable=1:IntOrString maxSurge=2:IntOrString
DeploymentCondition: type=1 status=2 reason=4 message=5 lastUpdateTime=6:Time
    lastTransitionTime=7:Time
StatefulSetStatus: observedGeneration=1 replicas=2 readyReplicas=3 currentReplicas=4
    updatedReplicas=5 currentRevision=6 updateRevision=7 collisionCount=9 availableReplicas=11
StatefulSetUpdateStrategy: type=1 rollingUpdate=2:RollingUpdateStatefulSet
RollingUpdateStatefulSet: partition=1
StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted=1 whenScaled=2
DaemonSetUpdateStrategy: type=1 rollingUpdate=2:RollingUpdateDaemonSet
RollingUpdateDaemonSet: maxUnavailable=1:IntOrString maxSurge=2:IntOrString
UncountedTerminatedPods: succeeded=1:* failed=2:*
HorizontalPodAutoscaler: metadata=1:ObjectMeta spec=2:HorizontalPodAutoscalerSpec
HorizontalPodAutoscalerSpec: scaleTargetRef=1:CrossVersionObjectReference minReplicas=2
    maxReplicas=3
CrossVersionObjectReference: kind=1 name=2 apiVersion=3
ServiceAccount: metadata=1:ObjectMeta
SelfSubjectAccessReview: metadata=1:ObjectMeta spec=2:SelfSubjectAccessReviewSpec
    status=3:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec: resourceAttributes=1:ResourceAttributes
    nonResourceAttributes=2:NonResourceAttributes
ResourceAttributes: namespace=1 verb=2 group=3 version=4 resource=5 subresource=6 name=7
NonResourceAttributes: path=1 verb=2
SubjectAccessReviewStatus: allowed=1 reason=2 evaluationError=3 denied=4
SelfSubjectRulesReview: metadata=1:ObjectMeta spec=2:SelfSubjectRulesReviewSpec
    status=3:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec: namespace=1
SubjectRulesReviewStatus: resourceRules=1:ResourceRule* nonResourceRules=2:NonResourceRule*
    incomplete=3 evaluationError=4
ResourceRule: verbs=1:* apiGroups=2:* resources=3:* resourceNames=4:*
NonResourceRule: verbs=1:* nonResourceURLs=2:*
"""


class UnknownField(KeyError):
    """JSON holds a field that the table above does not name."""


class Field:
    """One field of a message: its number, the type of its value, and how it repeats."""

    def __init__(self, name, number, kind):
        self.name, self.number = name, number
        self.inline = kind.endswith("!")
        self.repeated = kind.endswith("*")
        self.map = kind.startswith("{")
        self.kind = kind.strip("{}*!")


def _parse(table):
    messages = {}
    for line in re.sub(r"\n +", " ", table).strip().splitlines():
        name, _, body = line.partition(":")
        messages[name] = {}
        for part in body.split():
            field_name, number, kind = re.match(r"(\w+)=(\d+):?(.*)$", part).groups()
            messages[name][field_name] = Field(field_name, int(number), kind)
    return messages


MESSAGES = _parse(TABLE)
_BY_NUMBER = {
    name: {entry.number: entry for entry in entries.values()} for name, entries in MESSAGES.items()
}


# Encoding


def encode(kind, value):
    """The message `kind` for a JSON object, without its top-level `apiVersion` and `kind`."""
    message = MESSAGES[kind]
    out = []
    left = {key for key in value if value[key] is not None}
    for entry in message.values():
        if entry.inline:
            inner = {key: value[key] for key in left if key in MESSAGES[entry.kind]}
            left -= set(inner)
            if inner or entry.name == "ephemeralContainerCommon":
                out.append(wire.field(entry.number, encode(entry.kind, inner)))
        elif entry.name in left:
            left.discard(entry.name)
            out.append(_encode_field(entry, value[entry.name]))
    if "metadata" in message and "apiVersion" not in message:
        left -= {"apiVersion", "kind"}
    if left:
        raise UnknownField("%s: %s" % (kind, ", ".join(sorted(left))))
    return b"".join(out)


def _encode_field(entry, value):
    if entry.map:
        return b"".join(
            wire.field(
                entry.number,
                wire.field(1, name.encode()) + _encode_value(2, entry.kind, item),
            )
            for name, item in sorted(value.items())
        )
    if entry.repeated:
        return b"".join(_encode_value(entry.number, entry.kind, item) for item in value)
    return _encode_value(entry.number, entry.kind, value)


def _encode_value(number, kind, value):
    if kind == "":
        if isinstance(value, str):
            return wire.field(number, value.encode())
        return wire.number_field(number, value)
    if kind == "bytes":
        return wire.field(number, base64.b64decode(value))
    if kind in ("Time", "MicroTime"):
        return wire.field(number, _encode_time(value))
    if kind == "Quantity":
        return wire.field(number, wire.field(1, str(value).encode()))
    if kind == "IntOrString":
        return wire.field(number, _encode_int_or_string(value))
    if kind in ("FieldsV1", "RawExtension"):
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        return wire.field(number, wire.field(1, text.encode()))
    return wire.field(number, encode(kind, value))


def _encode_time(text):
    whole, _, fraction = text.rstrip("Z").partition(".")
    seconds = calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S"))
    nanos = int((fraction + "0" * 9)[:9]) if fraction else 0
    return wire.number_field(1, seconds) + wire.number_field(2, nanos)


def _encode_int_or_string(value):
    if isinstance(value, int):
        return wire.number_field(1, 0) + wire.number_field(2, value) + wire.field(3, b"")
    return wire.number_field(1, 1) + wire.number_field(2, 0) + wire.field(3, value.encode())


# Decoding (the self-test and the selectors need it)


def decode(kind, data):
    """A JSON object of the fields that the table names; empty values are left out."""
    out = {}
    numbers = _BY_NUMBER[kind]
    for number, wire_type, value, _ in wire.fields(data):
        entry = numbers.get(number)
        if entry is None:
            continue
        if entry.inline:
            out.update(decode(entry.kind, value))
        elif entry.map:
            name = wire.first(value, 1).decode()
            out.setdefault(entry.name, {})[name] = _decode_value(
                entry.kind, wire.LENGTH, wire.first(value, 2)
            )
        elif entry.repeated:
            out.setdefault(entry.name, []).append(_decode_value(entry.kind, wire_type, value))
        else:
            decoded = _decode_value(entry.kind, wire_type, value)
            if decoded not in (None, "", 0, {}, []):
                out[entry.name] = decoded
    return out


def _decode_value(kind, wire_type, value):
    if kind == "":
        if wire_type == wire.VARINT:
            return value - (1 << 64) if value >> 63 else value
        return value.decode()
    if kind == "bytes":
        return base64.b64encode(value).decode()
    if kind in ("Time", "MicroTime"):
        return _decode_time(value, kind == "MicroTime")
    if kind == "Quantity":
        return wire.first(value, 1).decode()
    if kind == "IntOrString":
        is_text = wire.first(value, 1, 0)
        return wire.first(value, 3).decode() if is_text else wire.first(value, 2, 0)
    if kind in ("FieldsV1", "RawExtension"):
        return json.loads(wire.first(value, 1) or b"{}")
    return decode(kind, value)


def _decode_time(value, micro):
    if not value:
        return None
    seconds, nanos = wire.first(value, 1, 0), wire.first(value, 2, 0)
    if seconds >> 63:
        return None
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return text + (".%06dZ" % (nanos // 1000) if micro else "Z")

