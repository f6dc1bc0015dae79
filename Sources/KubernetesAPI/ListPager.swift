import CurlTransport

/// Reads a whole list, page by page; the next page is asked for while this one still arrives.
struct ListPager<Record: Sendable, Shard: Sendable>: Sendable {
  let client: APIClient
  let resource: APIResource
  let namespace: String?
  let options: ListOptions
  let schema: WireSchema<Record>
  let makeShard: @Sendable () -> Shard
  let add: @Sendable (inout Shard, Record) -> Void
  let merge: @Sendable (inout Shard, Shard) -> Void
  /// Tells objects apart, where one that comes twice would count twice; nil elsewhere.
  let identity: (@Sendable (Record) -> Int)?
  /// Nil when nobody asked for progress.
  let tracker: ListTracker?

  private typealias Page = PageConsumer<Record, Shard>.Page

  private struct PageInFlight: Sendable {
    /// Nil for the first page.
    let token: String?
    let task: Task<Page, any Error>
    /// The header, as soon as it has arrived; nil when the page ended without one.
    let header: OneShot<ListHeader?>
  }

  /// How often a list is begun anew after its continue token expired and the server gave no other.
  private static var maximumRestarts: Int { 2 }

  func read() async throws -> (shard: Shard, outcome: ListOutcome) {
    defer { tracker?.end() }
    var restarts = 0
    while true {
      do {
        return try await readFromTheStart()
      } catch APIError.expired(let continueToken) where continueToken.isEmpty {
        restarts += 1
        tracker?.restart()
        guard restarts <= Self.maximumRestarts else {
          throw APIError.status(
            code: 410, reason: "Expired",
            message: "the list expired \(restarts) times while it was read", retryAfter: nil)
        }
        client.log.note(
          .listExpired(resource: resource.qualifiedName, isContinued: false))
      }
    }
  }

  private func readFromTheStart() async throws -> (shard: Shard, outcome: ListOutcome) {
    var total = makeShard()
    var outcome = ListOutcome()
    var current = begin(token: nil)
    var tokens: Set<String> = []
    var earlier: Set<Int> = []
    while true {
      let early = await header(of: current)
      // At most two pages of one list are in flight: this one and the next.
      var following: PageInFlight?
      if let token = early?.continueToken, !token.isEmpty {
        outcome.isCut = !mayContinue(afterPages: outcome.pages + 1)
        outcome.repeatsItself = !tokens.insert(token).inserted
        if !outcome.isCut, !outcome.repeatsItself { following = begin(token: token) }
      }
      var page: Page
      do {
        page = try await value(of: current, orCancel: following)
        if !earlier.isDisjoint(with: page.identities) {
          // A server that repeats itself: the same page once more, without what was there before.
          let rest = begin(token: current.token, excluding: earlier)
          page = try await value(of: rest, orCancel: following)
        }
      } catch APIError.expired(let token) where !token.isEmpty {
        // The rest of the list from a later snapshot: "410 Gone" in the Kubernetes API concepts.
        outcome.isOneSnapshot = false
        client.log.note(
          .listExpired(resource: resource.qualifiedName, isContinued: true))
        current = begin(token: token, excluding: earlier)
        continue
      }
      merge(&total, page.shard)
      outcome.pages += 1
      outcome.items += page.items
      earlier = page.identities
      guard let following else { return (total, outcome) }
      current = following
    }
  }

  /// Whether one more page fits into the items that are wanted.
  private func mayContinue(afterPages pages: Int) -> Bool {
    guard let limit = options.maximumItems else { return true }
    return (pages + 1) * options.chunkSize <= limit
  }

  /// Its task is no child of ours: a cancellation has to be passed on while we wait.
  private func header(of page: PageInFlight) async -> ListHeader? {
    await withTaskCancellationHandler {
      await page.header.value
    } onCancel: {
      page.task.cancel()
    }
  }

  private func value(of page: PageInFlight, orCancel following: PageInFlight?) async throws -> Page
  {
    do {
      return try await withTaskCancellationHandler {
        try await page.task.value
      } onCancel: {
        page.task.cancel()
        following?.task.cancel()
      }
    } catch {
      following?.task.cancel()
      throw error
    }
  }

  private func begin(token: String?, excluding excluded: Set<Int> = []) -> PageInFlight {
    let header = OneShot<ListHeader?>()
    let task = Task {
      defer { header.fulfil(nil) }
      return try await readPage(token: token, excluding: excluded, header: header)
    }
    return PageInFlight(token: token, task: task, header: header)
  }

  /// One page with its retries: each attempt decodes into a fresh shard.
  private func readPage(
    token: String?, excluding excluded: Set<Int>, header: OneShot<ListHeader?>
  ) async throws -> Page {
    let path = resource.listPath(namespace: namespace)
    var snapshot: ListHeader?
    var attempt = 1
    while true {
      let told = OneShot<ListHeader?>()
      do {
        return try await client.gate(for: resource).run {
          try await client.gate.run {
            try await ask(path, query(token: token, snapshot: snapshot), excluded) { found in
              told.fulfil(found)
              header.fulfil(found)
              if token == nil { tellTotal(found) }
            }
          }
        }
      } catch {
        if token == nil, let found = told.current { snapshot = found }
        try await client.waitBeforeRetry(
          client.describe(error, path: path), attempt: attempt,
          what: "list \(resource.qualifiedName)")
        attempt += 1
      }
    }
  }

  private func ask(
    _ path: String, _ query: [(name: String, value: String)], _ excluded: Set<Int>,
    onHeader: @escaping @Sendable (ListHeader) -> Void
  ) async throws -> Page {
    // The last attempt's consumer holds the page: an attempt before it got a 401.
    var last: PageConsumer<Record, Shard>?
    do {
      _ = try await client.send(
        method: "GET", path: path, query: query, accept: options.accept
      ) { transport, request in
        let consumer = PageConsumer(
          schema: schema, shard: makeShard(), add: add, identity: identity, excluded: excluded,
          onHeader: onHeader, onItems: { [tracker] in tracker?.read($0) })
        last = consumer
        let (head, metrics) = try await transport.exchange(request, into: consumer)
        return APIClient.Answer(head: head, body: consumer.otherBody, metrics: metrics)
      }
      guard let page = try last?.finish() else {
        throw APIError.unreadableAnswer(path: path, problem: "expected a list")
      }
      return page
    } catch {
      tracker?.read(-(last?.items ?? 0))
      throw error
    }
  }

  /// `remainingItemCount` counts what follows a page, and only a full page is followed by anything.
  private func tellTotal(_ header: ListHeader) {
    guard let remaining = header.remainingItemCount, remaining > 0,
      let total = Int(exactly: remaining)?.addingReportingOverflow(options.chunkSize),
      !total.overflow
    else { return }
    tracker?.total(total.partialValue)
  }

  /// A first page that broke off after its header is asked for at that header's version: the next
  /// page is already on its way and begins where exactly this snapshot's first page ends.
  private func query(
    token: String?, snapshot: ListHeader?
  ) -> [(name: String, value: String)] {
    guard token == nil, let snapshot, !snapshot.continueToken.isEmpty else {
      return options.query(continueToken: token)
    }
    return options.query(continueToken: nil) + [
      ("resourceVersion", snapshot.resourceVersion), ("resourceVersionMatch", "Exact"),
    ]
  }
}
