// What belongs here: one HTTP exchange with one server, over URLSession and the system's libcurl;
// which connection it uses (trust, client certificate, proxy), what limits it, and what went
// wrong, as facts.
// What does not: kubeconfig, Kubernetes' requests and answers, authentication headers, retries,
// the wording of errors.
