import ImageReferences
import Inventory
import Reports

/// Where a tool installs objects from its own source.
extension SourceFix {
  func manager(_ manager: Manager, _ target: KubectlTarget) -> Advice {
    var advice = Advice(title: manager.words)
    if manager.hasValues { advice.steps += valueSteps }
    switch manager.kind {
    case .helmRelease:
      advice.steps.append(
        "Put the values into the file from which the release is upgraded"
          + (manager.chart.isEmpty ? "" : ", and keep the chart at \(manager.chart)")
          + "; a newer chart may have the new place already.")
      advice.commands = helmCommands(manager, target)
      advice.undo = [helm("rollback", manager, target)].compactMap { $0 }
      if advice.undo.isEmpty { advice.undo = ["Set the former values, and upgrade again."] }
    case .fluxHelmRelease:
      advice.steps.append(
        "Put the values under spec.values of the HelmRelease in the repository that Flux reads.")
      advice.undo = ["Revert the commit."]
    case .fluxKustomization:
      advice.steps.append(
        "Change the image in the repository that the Kustomization reads: Flux reverts what is"
          + " changed in the cluster.")
      advice.undo = ["Revert the commit."]
    case .argoApplication:
      advice.steps.append(
        "Change the image in the source of the Application: Argo CD reverts what is changed in"
          + " the cluster, or calls it out of sync.")
      advice.undo = ["Revert the commit."]
    case .operatorLifecycleManager:
      advice.steps.append(
        "OLM installs what the catalog has: upgrade the operator through its Subscription to a"
          + " version that names the new place, or ask its publisher for one. What is changed"
          + " in the ClusterServiceVersion or its Deployments does not last.")
      if let kubectl = target.kubectl(manager.namespace) {
        advice.commands = ["\(kubectl) get subscriptions.operators.coreos.com"]
      }
    case .addonManager:
      advice.steps.append(
        "The files are on each control plane node, usually below /etc/kubernetes/addons; a"
          + " managed cluster gets them from its provider: upgrade it, or ask there.")
    case .kubelet, .other:
      advice.steps.append("Change its source, which overwrites what is changed in the cluster.")
    }
    return advice
  }

  /// What is known of the values, one sentence per finding.
  private var valueSteps: [String] {
    var steps: [String] = []
    for finding in findings {
      let sentence: String
      switch HelmSetting.read(finding) {
      case .edits(let edits):
        sentence = edits.map { "\($0.key)=\($0.new)" }.joined(separator: " and ")
      case .unclear(let why): sentence = why
      case nil:
        sentence =
          "Which value sets \(finding.use.image.text) is not known: scan with --helm, or look"
          + " into the chart (helm show values)"
      }
      if !steps.contains(sentence) { steps.append(sentence) }
    }
    return steps
  }

  private func helmCommands(_ manager: Manager, _ target: KubectlTarget) -> [String] {
    var words: [String] = []
    for finding in findings {
      guard case .edits(let edits) = HelmSetting.read(finding) else { continue }
      for edit in edits {
        guard let word = ShellWord.text("\(edit.key)=\(edit.new)") else { continue }
        let flag = "--set-string \(word)"
        if !words.contains(flag) { words.append(flag) }
      }
    }
    guard !words.isEmpty, let upgrade = helm("upgrade", manager, target) else { return [] }
    return ["\(upgrade) CHART --reuse-values \(words.joined(separator: " "))"]
  }

  private func helm(_ verb: String, _ manager: Manager, _ target: KubectlTarget) -> String? {
    let namespace =
      manager.namespace.isEmpty ? findings.first?.use.workload.namespace ?? "" : manager.namespace
    guard let name = ShellWord.text(manager.name), let place = ShellWord.text(namespace) else {
      return nil
    }
    return "helm\(target.helmFlags) -n \(place) \(verb) \(name)"
  }
}
