// The table of documented image fields: operators of databases, queues and monitoring.

extension KnownKind {
  static let operators: [KnownKind] = [
    // prometheus-operator pkg/apis/monitoring/v1/{prometheus,alertmanager,thanos}_types.go
    KnownKind(
      "monitoring.coreos.com", ["Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"],
      [
        .image: ["spec.image", "spec.thanos.image"],
        .baseImage: ["spec.baseImage", "spec.thanos.baseImage"],
        .containers: ["spec.containers"],
        .initContainers: ["spec.initContainers"],
      ]),
    // strimzi-kafka-operator api io.strimzi.api.kafka.model
    KnownKind(
      "kafka.strimzi.io", ["Kafka"],
      [
        .image: [
          "spec.kafka.image", "spec.kafka.brokerRackInitImage", "spec.zookeeper.image",
          "spec.entityOperator.topicOperator.image", "spec.entityOperator.userOperator.image",
          "spec.entityOperator.tlsSidecar.image", "spec.cruiseControl.image",
          "spec.kafkaExporter.image",
        ]
      ]),
    KnownKind(
      "kafka.strimzi.io", ["KafkaConnect", "KafkaMirrorMaker2", "KafkaMirrorMaker", "KafkaBridge"],
      [
        .image: ["spec.image", "spec.clientRackInitImage", "spec.build.output.image"],
        .imageVolume: ["spec.plugins[].artifacts[].reference"],
      ]),
    // cloudnative-pg api/v1
    KnownKind("postgresql.cnpg.io", ["Cluster"], [.image: ["spec.imageName"]]),
    KnownKind(
      "postgresql.cnpg.io", ["ImageCatalog", "ClusterImageCatalog"], lifecycle: .template,
      [.image: ["spec.images[].image", "spec.componentImages[].image"]]),
    KnownKind(
      "postgresql.cnpg.io", ["Pooler"],
      [.image: ["spec.pgbouncer.image"], .podTemplate: ["spec.template"]]),
    // zalando/postgres-operator manifests/{postgresql,operatorconfiguration}.crd.yaml
    KnownKind(
      "acid.zalan.do", ["postgresql"],
      [
        .image: ["spec.dockerImage", "spec.connectionPooler.dockerImage"],
        .initContainers: ["spec.initContainers"],
        .containers: ["spec.sidecars"],
      ]),
    KnownKind(
      "acid.zalan.do", ["OperatorConfiguration"], lifecycle: .configuration,
      [
        .image: [
          "configuration.docker_image",
          "configuration.connection_pooler.connection_pooler_image",
          "configuration.logical_backup.logical_backup_docker_image",
          "configuration.sidecar_docker_images{}",
        ],
        .containers: ["configuration.sidecars"],
      ]),
    // elastic/cloud-on-k8s pkg/apis; podTemplate has no schema there
    KnownKind(
      "*.k8s.elastic.co",
      [
        "Elasticsearch", "Kibana", "ApmServer", "EnterpriseSearch", "Beat", "Agent",
        "ElasticMapsServer", "Logstash",
      ],
      [
        .image: ["spec.image"],
        .podTemplate: [
          "spec.nodeSets[].podTemplate", "spec.podTemplate", "spec.deployment.podTemplate",
          "spec.daemonSet.podTemplate", "spec.statefulSet.podTemplate",
        ],
      ]),
    // open-telemetry/opentelemetry-operator apis/{v1alpha1,v1beta1}
    KnownKind(
      "opentelemetry.io", ["OpenTelemetryCollector", "TargetAllocator", "OpAMPBridge"],
      [
        .image: ["spec.image", "spec.targetAllocator.image"],
        .containers: ["spec.additionalContainers"],
        .initContainers: ["spec.initContainers"],
      ]),
    KnownKind(
      "opentelemetry.io", ["Instrumentation"], lifecycle: .configuration,
      [
        .image: ["java", "python", "nodejs", "dotnet", "go", "nginx", "apacheHttpd"].map {
          "spec.\($0).image"
        }
      ]),
  ]
}
