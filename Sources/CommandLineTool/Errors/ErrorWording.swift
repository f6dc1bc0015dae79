import History
import Kubeconfig
import KubernetesAPI
import RegistryCatalogue
import Remediation
import Reports
import Scanning

/// The one place that words errors: modules throw facts, these files say them.
///
/// A message is lower-case without a trailing period, quotes the object it speaks of, and names
/// what was expected or the next step.
func describe(_ error: any Error) -> String {
  switch error {
  case let error as UsageError: describe(error)
  case let error as OutputError: describe(error)
  case let error as OutputPlanError: describe(error)
  case let error as OutputTreeError: error.description
  case let error as PolicyTargetError: error.description
  case let error as SettingError: describe(error)
  case let error as RunLockError: describe(error)
  case let error as APIError: describe(error)
  case let error as KubeconfigError: error.description
  case let error as CredentialError: error.description
  case let error as CatalogueError: error.description
  case let error as RulesFileError:
    "cannot read rules file \"\(error.path)\": \(error.reason)"
  case let error as ExceptionsError: error.description
  case let error as BaselineFileError: "baseline \"\(error.path)\": \(error.reason)"
  case let error as UnknownRule: describe(error)
  case let error as FilesError: describe(error)
  case let error as MirrorError: error.description
  case let error as TraceError: describe(error)
  case let error as ContextSelectionError: describe(error)
  case let error as ShardError: describe(error)
  case let error as ReportFileError: error.description
  case let error as HistoryError: error.description
  case let error as HistoryLocationError: error.description
  case let error as CheckListError: error.description
  case let error as TimeLimitExceeded:
    "not read within \(DurationText.words(error.limit)); --cluster-timeout gives it more time"
  case let error as ExplainError: describe(error)
  case let error as FixError: describe(error)
  case ScanError.nothingAllowed(let server, let namespaces):
    "server \"\(server)\" lets this user list nothing that holds images in"
      + " \(WordList.either(namespaces.map { "\"\($0)\"" })); \"kubectl gcr-report access\" names the missing role"
  case ScanError.noKindServed:
    "the server serves none of the kinds that hold images; is it a Kubernetes API server?"
  case ScanError.noKindLeft:
    "\"--kinds\" and \"--exclude-kinds\" leave nothing that holds images and may be read; ConfigMaps"
      + " need --configmaps, Helm releases --helm"
  case ScanError.patternsNeedList(let patterns):
    "which namespaces match \(WordList.either(patterns.map { "\"\($0)\"" })) is unknown, for this"
      + " user may not list namespaces; name them one by one with -n"
  case ScanError.everyNamespaceExcluded(let patterns):
    "\"--exclude-namespaces\" \(WordList.either(patterns.map { "\"\($0)\"" })) leaves no namespace"
      + " of those that -n names"
  case ScanError.noSuchNamespace(let names):
    "the cluster has no namespace \(WordList.either(names.map { "\"\($0)\"" }));"
      + " see \"kubectl get namespaces\""
  case ScanError.noSuchKind(let names):
    "the cluster has no kind \(WordList.either(names.map { "\"\($0)\"" }));"
      + " see \"kubectl api-resources\""
  default: "unexpected: \(error)"
  }
}

/// What an error means for the exit status.
func facts(of error: any Error) -> ExitFacts {
  switch error {
  case is CancellationError: ExitFacts(wasInterrupted: true)
  case HistoryError.noSuchScan: ExitFacts(hasUsageError: true)
  case FilesError.noPath, TraceError.reportOfFiles: ExitFacts(hasUsageError: true)
  case is UsageError, is OutputPlanError, is OutputTreeError, is UnknownRule, is CatalogueError,
    is RulesFileError, is BaselineFileError, is ContextSelectionError, is ShardError,
    is ReportFileError, is HistoryLocationError, is CheckListError, is ExceptionsError,
    is SettingError, is PolicyTargetError, is MirrorError:
    ExitFacts(hasUsageError: true)
  case ExplainError.nothingNamed, ExplainError.malformed, ExplainError.twoNamespaces:
    ExitFacts(hasUsageError: true)
  default: ExitFacts(hasError: true)
  }
}

private func describe(_ error: UsageError) -> String {
  switch error {
  case .unknownCommand(let text, let suggestion?, _):
    return "unknown command \"\(text)\"; did you mean \"\(suggestion)\"?"
  case .unknownCommand(let text, nil, let known):
    return "unknown command \"\(text)\"; expected \(WordList.either(known))"
  case .unknownFlag(let flag, let suggestion?):
    return "unknown flag \"\(flag)\"; did you mean \"\(suggestion)\"?"
  case .unknownFlag(let flag, nil):
    return "unknown flag \"\(flag)\""
  case .malformedFlag(let flag):
    return "\"\(flag)\" is not a flag; expected --NAME or --NAME=VALUE"
  case .missingValue(let flag, let placeholder):
    return "flag \"\(flag)\" needs a value: \(flag) \(placeholder)"
  case .invalidValue(let flag, let value?, let expected):
    return "invalid value \"\(value)\" for \"\(flag)\"; expected \(expected)"
  case .invalidValue(let flag, nil, let expected):
    return "invalid value for \"\(flag)\"; expected \(expected)"
  case .flagOfOtherCommand(let flag, let command, let owners):
    return "flag \"\(flag)\" does not apply to \"\(command.rawValue)\";"
      + " it belongs to \(WordList.either(owners))"
  case .contradiction(let first, let second):
    return "\"\(first)\" and \"\(second)\" contradict each other; expected one of them"
  case .unexpectedArgument(let text, let command):
    return "unexpected argument \"\(text)\" after \"\(command.rawValue)\""
  case .needsOther(let flag, let others):
    return "\"\(flag)\" does nothing without \(WordList.either(others))"
  case .missingFlag(let flag, let command, let example):
    return "\"\(command.rawValue)\" needs \"\(flag)\", for example \(example)"
  case .missingArgument(let command, let expected):
    return "\"\(command.rawValue)\" needs an argument: \(expected)"
  case .invalidArgument(let text, let command, let suggestion?, _):
    return
      "unknown argument \"\(text)\" after \"\(command.rawValue)\"; did you mean \"\(suggestion)\"?"
  case .invalidArgument(let text, let command, nil, let expected):
    return "unknown argument \"\(text)\" after \"\(command.rawValue)\"; expected \(expected)"
  }
}

private func describe(_ error: OutputError) -> String {
  "cannot write to \"\(error.file)\": \(error.words)"
}

private func describe(_ error: UnknownRule) -> String {
  let hint = error.suggestion.map { "did you mean \"\($0)\"?" }
  return "there is no rule \"\(error.name)\"; "
    + (hint ?? "see \"kubectl gcr-report rules\" for those that there are")
}
