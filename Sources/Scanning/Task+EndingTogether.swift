extension Task where Failure == Never {
  /// The value of a task that several wait for; whoever of them is cancelled cancels it for all.
  ///
  /// Right where a cancellation always means that of the whole scan, as here.
  var valueEndingTogether: Success {
    get async {
      await withTaskCancellationHandler {
        await value
      } onCancel: {
        cancel()
      }
    }
  }
}

extension Task where Failure == any Error {
  /// As that of a task that cannot fail.
  var valueEndingTogether: Success {
    get async throws {
      try await withTaskCancellationHandler {
        try await value
      } onCancel: {
        cancel()
      }
    }
  }
}
