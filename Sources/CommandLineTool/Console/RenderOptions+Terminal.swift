import Reports

extension RenderOptions {
  /// Of text for this terminal, or for a pipe.
  init(_ terminal: TerminalFacts, color: Bool = false) {
    self.init(
      width: terminal.layoutWidth, color: color, isTerminal: terminal.isOutputTerminal)
  }
}
