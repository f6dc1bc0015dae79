/// Where the scan keeps what schemas say.
enum CacheDirectory {
  /// `--cache-dir`, else `$XDG_CACHE_HOME/kube/gcr-report`, else `~/.kube/cache/gcr-report`; nil
  /// without a home.
  ///
  /// XDG Base Directory Specification: a relative `XDG_CACHE_HOME` is to be ignored.
  static func path(_ invocation: Invocation) -> String? {
    let environment = invocation.environment
    if let given = invocation.arguments[Flags.scanning.cacheDirectory] {
      return environment.absolute(given)
    }
    if let cache = environment.variables["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return "\(cache)/kube/gcr-report"
    }
    return environment.homeDirectory.map { "\($0)/.kube/cache/gcr-report" }
  }
}
