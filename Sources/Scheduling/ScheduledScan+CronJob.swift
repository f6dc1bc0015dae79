import YAMLDocuments

extension ScheduledScan {
  /// Seconds that a run may take, and by which one may be late.
  private static let deadline = 3_600
  /// After so many minutes the scan itself gives up, early enough to leave files that say so.
  package static let scanMinutes = 50
  /// The user of the image that the Containerfile builds.
  private static let user = 65_532

  var cronJob: YAMLTree {
    .fields([
      "apiVersion": "batch/v1", "kind": "CronJob", "metadata": metadata,
      "spec": .fields([
        "schedule": .string(expression.text),
        "timeZone": .string(timeZone),
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": .int(Self.deadline),
        "successfulJobsHistoryLimit": 3,
        "failedJobsHistoryLimit": 3,
        "jobTemplate": .fields([
          "metadata": .fields(["labels": labels]),
          "spec": .fields([
            "backoffLimit": .int(retries),
            "activeDeadlineSeconds": .int(Self.deadline),
            "template": .fields([
              "metadata": .fields(["labels": labels]), "spec": podSpec,
            ]),
          ]),
        ]),
      ]),
    ])
  }

  private var podSpec: YAMLTree {
    .fields([
      "serviceAccountName": .string(name),
      "automountServiceAccountToken": true,
      // Services named gcr-report would set variables that look like settings.
      "enableServiceLinks": false,
      "restartPolicy": "Never",
      "nodeSelector": .fields(["kubernetes.io/os": "linux"]),
      "securityContext": .fields([
        "runAsNonRoot": true,
        "runAsUser": choosesUser ? .int(Self.user) : nil,
        "runAsGroup": choosesUser ? .int(Self.user) : nil,
        "fsGroup": choosesUser ? .int(Self.user) : nil,
        "fsGroupChangePolicy": choosesUser ? "OnRootMismatch" : nil,
        "seccompProfile": .fields(["type": "RuntimeDefault"]),
      ]),
      "containers": [container],
      "volumes": .sequence(volumes),
    ])
  }

  private var container: YAMLTree {
    .fields([
      "name": "gcr-report",
      "image": .string(image),
      "command": ["kubectl-gcr_report"],
      "args": .strings((["scan"] + arguments).map(Self.unexpanded)),
      "securityContext": .fields([
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": true,
        "capabilities": .fields(["drop": ["ALL"]]),
      ]),
      "resources": .fields([
        "requests": .fields(["cpu": "100m", "memory": "64Mi"]),
        "limits": .fields(["memory": "512Mi", "ephemeral-storage": "128Mi"]),
      ]),
      "volumeMounts": .sequence(mounts),
    ])
  }

  /// `$(NAME)` in arguments is replaced by a variable of the container unless the dollar sign is
  /// doubled (k8s.io/api core/v1 `Container.Args`).
  private static func unexpanded(_ argument: String) -> String {
    argument.replacing("$", with: "$$")
  }

  private var mounts: [YAMLTree] {
    var mounts: [YAMLTree] = [
      .fields(["name": "reports", "mountPath": .string(Self.reportFolder)]),
      .fields(["name": "scratch", "mountPath": .string(Self.scratchFolder)]),
    ]
    if !files.isEmpty {
      mounts.append(
        .fields([
          "name": "files", "mountPath": .string(Self.fileFolder), "readOnly": true,
        ]))
    }
    return mounts
  }

  private var volumes: [YAMLTree] {
    var volumes: [YAMLTree] = [
      .fields([
        "name": "reports",
        "persistentVolumeClaim": .fields(["claimName": .string(claimName)]),
      ]),
      .fields(["name": "scratch", "emptyDir": .fields(["sizeLimit": "64Mi"])]),
    ]
    if !files.isEmpty {
      volumes.append(
        .fields(["name": "files", "configMap": .fields(["name": .string(name)])]))
    }
    return volumes
  }
}
