import KubernetesAPI
import Reports

func describe(_ error: APIError) -> String {
  switch error {
  case .unauthorized(let server, let user, let refusal):
    let whose = user.map { " of user \"\($0)\"" } ?? ""
    return "server \"\(server)\" refused the credentials\(whose) (401): \(words(for: refusal))"
  case .forbidden(let server, _, isAnonymous: true):
    return "server \"\(server)\" took us for \"system:anonymous\" (403): no credentials were"
      + " sent, or it does not take this kind; check the user of the kubeconfig context"
  case .forbidden(let server, let message, isAnonymous: false):
    return "server \"\(server)\" forbids it (403): \(message); ask for a role that may list"
      + " (\"kubectl gcr-report access\" prints it), or name a namespace that you may read with -n"
  case .notFound(let path):
    return "the server does not know \"\(path)\" (404)"
  case .expired:
    return "the server's snapshot of the list expired (410)"
  case .status(let code, let reason, let message, _):
    let said = [reason, message].filter { !$0.isEmpty }.joined(separator: ": ")
    return "the server answered \(code)\(said.isEmpty ? "" : ": \(said)")"
  case .notKubernetes(let server, let code, let contentType, let beginning):
    let type = contentType.isEmpty ? "no content type" : "\"\(contentType)\""
    return "\"\(server)\" does not answer as a Kubernetes API server: status \(code), \(type)"
      + (beginning.isEmpty ? "" : ", beginning with \"\(beginning)\"")
      + "; expected JSON; check the server's address, and proxies before it"
  case .redirected(let server, let location):
    return
      "\"\(server)\" redirects to \"\(location)\"; credentials are never sent to another place;"
      + " put the right address into the kubeconfig"
  case .transport(let server, let error):
    return words(for: error, server: server)
  case .malformed(let path, let error):
    return "the answer to \"\(path)\" cannot be read: \(error)"
  case .unreadableAnswer(let path, let problem):
    return "the answer to \"\(path)\" cannot be read: \(problem)"
  }
}

private func words(for refusal: CredentialRefusal) -> String {
  switch refusal {
  case .certificateExpired(let subject, let notAfter):
    return
      "the client certificate\(named(subject)) expired at \(Timestamp.text(secondsSince1970: notAfter));"
      + " renew it"
  case .certificateNotYetValid(let subject, let notBefore):
    return "the client certificate\(named(subject)) is not valid before"
      + " \(Timestamp.text(secondsSince1970: notBefore)); check the clock"
  case .certificateNotAccepted(let subject):
    return "it does not accept the client certificate\(named(subject)); it is probably signed by"
      + " another authority than this cluster's"
  case .token:
    return "the token is not valid, or no longer; log in again"
  case .password:
    return "the user name or the password is wrong, or it takes no passwords"
  case .none:
    return "none were sent; the kubeconfig's user has no token, certificate or plugin"
  }
}

private func named(_ subject: String?) -> String {
  subject.map { " of \"\($0)\"" } ?? ""
}
