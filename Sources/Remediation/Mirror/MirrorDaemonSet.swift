import Inventory
import RegistryCatalogue
import YAMLDocuments

/// A DaemonSet that keeps files on nodes: those that it wrote itself, in one folder, and no other.
struct MirrorDaemonSet: Sendable {
  /// The part of the runtime's configuration that it looks after.
  enum Family: String, Hashable, Sendable, CaseIterable {
    case containerd
    case crio = "cri-o"

    init?(_ platform: NodePlatform) {
      switch platform {
      case .containerd(let version), .eks(let version), .aks(let version):
        guard version != .before1_5 else { return nil }
        self = .containerd
      case .crio: self = .crio
      default: return nil
      }
    }

    var folder: String {
      switch self {
      case .containerd: HostsTOML.folder
      case .crio: "/etc/containers/registries.conf.d"
      }
    }
  }

  /// The nodes that a person marks with this where their pools cannot be told apart.
  static let nodeLabel = "gcr-report/mirror"

  let family: Family
  /// Pinned.
  let image: String
  let header: String
  /// Key of the ConfigMap to the place below the folder and what it holds.
  let files: [(key: String, path: String, content: String)]
  /// Pools whose nodes it runs on; nil for every Linux node.
  let pools: [NodePoolLabel]?

  var name: String { "gcr-report-mirror-\(family.rawValue)" }

  /// Nil where there is nothing to write.
  init?(_ family: Family, image: String, pools: [NodePoolLabel]?, _ input: RecipeInput) {
    self.family = family
    self.image = image
    self.pools = pools
    header = input.header
    switch family {
    case .containerd:
      files = HostsTOML.all(input).map {
        ("\($0.folder).hosts.toml", "\($0.folder)/hosts.toml", $0.content)
      }
    case .crio:
      files =
        NodeRecipe.registriesConf(input).map {
          [("50-gcr-report-mirror.conf", "50-gcr-report-mirror.conf", $0)]
        } ?? []
    }
    guard !files.isEmpty else { return nil }
  }

  var manifest: String {
    var writer = YAMLWriter()
    writer.comment(
      """
      \(header)
      Change the manifests first: this only helps nodes that are there and run Pods already.
      It writes below \(family.folder) and changes nothing else. Deleting it removes the files.
      """)
    writer.document(
      .fields([
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata,
        "data": .mapping(
          [YAMLTreePair(key: "apply.sh", value: .string(script))]
            + files.map { YAMLTreePair(key: $0.key, value: .string($0.content)) }),
      ]))
    writer.document(
      .fields([
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": metadata,
        "spec": .fields([
          "selector": .fields(["matchLabels": labels]),
          "updateStrategy": .fields(["type": "RollingUpdate"]),
          "template": .fields([
            // Other files make other Pods, so that none goes on with an old list.
            "metadata": .fields([
              "labels": labels,
              "annotations": .fields(["gcr-report/files": .string(String(sum.prefix(16)))]),
            ]),
            "spec": podSpec,
          ]),
        ]),
      ]))
    return writer.text
  }

  private var sum: String {
    SHA256.hex(Array(files.map { "\($0.path)\n\($0.content)" }.joined().utf8))
  }

  private var labels: YAMLTree { .fields(["app.kubernetes.io/name": .string(name)]) }

  private var metadata: YAMLTree {
    .fields(["name": .string(name), "namespace": "kube-system", "labels": labels])
  }

  private var podSpec: YAMLTree {
    .fields([
      "priorityClassName": "system-node-critical",
      "automountServiceAccountToken": false,
      "enableServiceLinks": false,
      "terminationGracePeriodSeconds": 10,
      "nodeSelector": .fields(["kubernetes.io/os": "linux"]),
      "affinity": affinity,
      "tolerations": [.fields(["operator": "Exists"])],
      "containers": [
        .fields([
          "name": "mirror",
          "image": .string(image),
          "imagePullPolicy": "IfNotPresent",
          "command": ["/bin/sh", "/gcr-report/apply.sh"],
          "resources": .fields([
            "requests": .fields(["cpu": "5m", "memory": "16Mi"]),
            "limits": .fields(["memory": "64Mi"]),
          ]),
          // Root, because the folder is root's; without a single capability.
          "securityContext": .fields([
            "runAsUser": 0,
            "privileged": false,
            "allowPrivilegeEscalation": false,
            "readOnlyRootFilesystem": true,
            "capabilities": .fields(["drop": ["ALL"]]),
            "seccompProfile": .fields(["type": "RuntimeDefault"]),
          ]),
          "volumeMounts": [
            .fields(["name": "files", "mountPath": "/gcr-report", "readOnly": true]),
            .fields(["name": "node", "mountPath": "/node"]),
          ],
        ])
      ],
      "volumes": [
        .fields(["name": "files", "configMap": .fields(["name": .string(name)])]),
        .fields([
          "name": "node",
          "hostPath": .fields([
            "path": .string(family.folder), "type": "DirectoryOrCreate",
          ]),
        ]),
      ],
    ])
  }

  /// Terms are alternatives: one for each pool.
  private var affinity: YAMLTree? {
    guard let pools else { return nil }
    var terms = pools.map { pool -> YAMLTree in
      pool.isRole
        ? .fields(["key": .string(pool.label), "operator": "Exists"])
        : .fields([
          "key": .string(pool.label), "operator": "In", "values": .strings([pool.name]),
        ])
    }
    terms.append(.fields(["key": .string(Self.nodeLabel), "operator": "Exists"]))
    return .fields([
      "nodeAffinity": .fields([
        "requiredDuringSchedulingIgnoredDuringExecution": .fields([
          "nodeSelectorTerms": .sequence(
            terms.map { .fields(["matchExpressions": .sequence([$0])]) })
        ])
      ])
    ])
  }

  /// POSIX sh with cat, cmp, cp, mkdir, mv, rm, rmdir and sleep, as busybox has them.
  var script: String {
    let names = files.map { "\($0.key) \($0.path)" }.joined(separator: "\n")
    return """
      #!/bin/sh
      set -u
      umask 022
      files=${FILES:-/gcr-report}
      node=${NODE:-/node}
      header='# \(header)'
      list='\(names)'

      # Whether a file is there that begins with the header; a symbolic link never counts.
      own() {
        [ -f "$1" ] && [ ! -L "$1" ] || return 1
        IFS= read -r first <"$1" || return 1
        [ "$first" = "$header" ]
      }

      apply() { # KEY PATH
        source=$files/$1
        target=$node/$2
        folder=${target%/*}
        [ -f "$source" ] || return 0
        if [ -e "$target" ] || [ -L "$target" ]; then
          if ! own "$target"; then
            echo "left alone, for somebody else wrote it: $2"
            return 0
          fi
          cmp -s "$source" "$target" && return 0
        fi
        mkdir -p "$folder" && cp "$source" "$target.gcr-report" &&
          mv -f "$target.gcr-report" "$target" && echo "written: $2"
      }

      remove() { # KEY PATH
        target=$node/$2
        own "$target" || return 0
        rm -f "$target" && echo "removed: $2"
        # Only where it is empty.
        case $2 in */*) rmdir "${target%/*}" 2>/dev/null || : ;; esac
      }

      each() { # what to do
        while read -r key path; do
          [ -n "$key" ] && "$1" "$key" "$path"
        done <<END
      $list
      END
      }

      trap 'each remove; exit 0' TERM INT
      while :; do
        each apply
        sleep "${PAUSE:-60}" &
        wait $!
      done

      """
  }
}
