import RegistryCatalogue

/// The README of a folder of policies: order, how to see what it finds, how to undo it.
struct PolicyReadme {
  let meaning: PolicyMeaning
  let options: PolicyOptions

  var text: String {
    ([
      "# \(options.engine.words) against vanishing registries",
      "Written by `kubectl gcr-report policy --for \(options.engine.rawValue)` by catalogue"
        + " \(meaning.catalogueVersion), as of \(meaning.day). Fates change with the days: write it"
        + " anew when the catalogue does, and after a date that it names.",
      requirement,
      "## Order\n\n" + order,
      "## What it finds\n\n" + findings,
      "## Undo\n\n" + undo,
      "## What it judges\n\n" + scope,
      "## Rules\n\n" + rules,
    ].joined(separator: "\n\n")) + "\n"
  }

  private var requirement: String {
    switch options.engine {
    case .validatingAdmissionPolicy:
      "It needs Kubernetes 1.30 or later and nothing else: the API server evaluates it itself."
    case .mutatingAdmissionPolicy:
      "It needs Kubernetes 1.36 or later and nothing else: the API server evaluates it itself."
    case .kyverno:
      "It needs Kyverno 1.13 or later (`failureAction` in a rule), on Kubernetes 1.30 or later."
    case .kyvernoCEL:
      "It needs Kyverno with `policies.kyverno.io/v1` (1.17 or later)."
    case .gatekeeper:
      "It needs Gatekeeper 3.11 or later, whose webhook is told of `pods/ephemeralcontainers`."
    }
  }

  private var order: String {
    let definitions = apply(PolicyFiles.definitions)
    switch options.engine {
    case .validatingAdmissionPolicy, .gatekeeper, .kyverno, .kyvernoCEL:
      var lines: [String] = []
      if options.engine == .validatingAdmissionPolicy || options.engine == .gatekeeper {
        lines.append("\(definitions): what is judged. Alone it does nothing.")
      }
      lines += [
        "\(apply(.audit)): nobody notices; read what it finds for some days.",
        "\(apply(.warn)): who applies such an object is told, and it is admitted.",
        "\(apply(.deny)): such an object is refused. See first, with `kubectl gcr-report policy"
          + " --rehearse`, what that would be today.",
      ]
      if options.engine == .kyvernoCEL {
        lines.append(
          "\(apply(.rewrite)), any time and only if you want it: new Pods get the image's new place."
        )
      }
      return numbered(lines)
        + "\n\nEach step replaces the one before it, and going back is applying the earlier file."
    case .mutatingAdmissionPolicy:
      return numbered([
        "`kubectl gcr-report policy --for map --rehearse`: what would be rewritten today.",
        "\(definitions): what is rewritten. Alone it does nothing.",
        "\(apply(.rewrite)): from now on new Pods are rewritten.",
      ]) + "\n\nIt buys time; the manifests still have to be changed."
    }
  }

  private func apply(_ action: PolicyAction) -> String { apply(PolicyFiles.name(of: action)) }

  private func apply(_ file: String) -> String { "`kubectl apply -f \(file)`" }

  private var findings: String {
    switch options.engine {
    case .validatingAdmissionPolicy:
      """
      In the API server's audit log (policy level Metadata or above for these resources) each such
      request has the annotation `validation.policy.admission.k8s.io/validation_failure`, a JSON list
      with the message, the policy and the binding:

          jq -r 'select(.annotations["validation.policy.admission.k8s.io/validation_failure"])
            | [.requestReceivedTimestamp, .user.username, .verb, .objectRef.resource,
               .objectRef.namespace, .objectRef.name,
               .annotations["validation.policy.admission.k8s.io/validation_failure"]] | @tsv' audit.log

      The metric `apiserver_validating_admission_policy_check_total` counts by policy and action.
      Whether the expressions fit the cluster's types: `kubectl get validatingadmissionpolicies -o yaml`,
      under `status.typeChecking`.
      """
    case .mutatingAdmissionPolicy:
      """
      `kubectl get pods -A -o jsonpath='{range .items[*]}{.spec.containers[*].image}{"\\n"}{end}'` shows
      the new places; the templates that the Pods come from stay as they were written.
      """
    case .kyverno, .kyvernoCEL:
      "`kubectl get policyreports -A` and `kubectl get clusterpolicyreports` list what is there"
        + " already and what is applied; events of the policy tell of single requests."
    case .gatekeeper:
      "`kubectl get gcrreportregistries gcr-report -o yaml` lists under `status.violations` what is"
        + " there already; Gatekeeper's audit renews it."
    }
  }

  private var undo: String {
    var files =
      options.engine.actions.inOrder.last { $0 != .rewrite }.map { [PolicyFiles.name(of: $0)] }
      ?? []
    if options.engine.actions.contains(.rewrite) { files.append(PolicyFiles.name(of: .rewrite)) }
    let hasDefinitions =
      options.engine != .kyverno && options.engine != .kyvernoCEL
    if hasDefinitions { files.append(PolicyFiles.definitions) }
    let command =
      "`kubectl delete --ignore-not-found " + files.map { "-f \($0)" }.joined(separator: " ") + "`"
    return command + " removes it; no object that was admitted or rewritten is changed by that."
  }

  private var scope: String {
    let owned =
      options.includesOwned
      ? "Pods, ReplicaSets and Jobs that a judged object makes are judged too (`--include-owned`):"
        + " denied, running workloads lose their Pods at the next restart."
      : "Pods, ReplicaSets and Jobs that a judged object makes are not judged again, so that what"
        + " runs today can restart and scale; what sidecar injectors add to them is not seen."
    if options.engine == .mutatingAdmissionPolicy {
      return list([
        "New Pods, whoever makes them, and the ephemeral containers that are added to Pods: images of"
          + " containers, init containers, ephemeral containers and image volumes.",
        "Only replacements of the same name, tag and digest; a digest is never dropped.",
        "Mirror pods (static Pods) are left alone, for the kubelet runs them from a file.",
      ])
    }
    return list([
      "Pods (and their ephemeral containers), Deployments, ReplicaSets, StatefulSets, DaemonSets,"
        + " ReplicationControllers, Jobs, CronJobs and PodTemplates: images of containers, init"
        + " containers, ephemeral containers and image volumes.",
      "An update may keep the images that the object holds already; only other ones are judged.",
      owned,
      "Mirror pods (static Pods) are left alone, for the kubelet runs them from a file.",
      "A host is compared whole: `k8s.gcr.io.example.com/x` and `mirror.example/k8s.gcr.io/x` are"
        + " other places than `k8s.gcr.io/x`, and `K8S.GCR.IO:443/x` is the same one.",
    ])
  }

  private var rules: String {
    list(meaning.rules.map { "`\($0.id)`: \($0.fateWords(on: meaning.day))" })
  }

  private func numbered(_ lines: [String]) -> String {
    lines.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
  }

  private func list(_ lines: [String]) -> String {
    lines.map { "- \($0)" }.joined(separator: "\n")
  }
}
