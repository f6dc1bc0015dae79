import Testing

@testable import CommandLineTool

@Suite struct HelpPageTests {
  private func pages(_ registry: CommandRegistry, width: Int) -> [String] {
    let page = HelpPage(registry: registry, width: width)
    return [page.overview(everything: false), page.overview(everything: true)]
      + registry.commands.map(page.command) + HelpTopic.all(registry).map(page.topic)
      + [page.topicList()]
  }

  @Test func noLineIsWiderThanTheTerminal() {
    for width in 40...200 {
      for page in pages(TestRegistry.all, width: width) + pages(.standard, width: width) {
        for line in page.split(separator: "\n") where line.count > width {
          // A single word cannot be broken, and nothing of ours is that long.
          Issue.record("\(width): \(line)")
        }
      }
    }
  }

  @Test func noLineIsWiderThan100Columns() {
    for registry in [TestRegistry.all, .standard] {
      for line in pages(registry, width: 100).flatMap({ $0.split(separator: "\n") }) {
        #expect(line.count <= 100, "\(line)")
      }
    }
  }

  @Test func noLineEndsInBlanks() {
    for page in pages(TestRegistry.all, width: 80) {
      #expect(!page.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }
  }

  @Test func everyFlagAndCommandIsInTheFullHelp() {
    let page = HelpPage(registry: TestRegistry.all, width: 100).overview(everything: true)
    for flag in TestRegistry.all.flags.entries.map(\.definition) {
      #expect(page.contains(FlagWording.signature(flag)), "\(flag.name)")
    }
    for command in TestRegistry.all.commands {
      #expect(page.contains("  \(command.name.rawValue) "))
      #expect(command.summary.count <= 60)
      #expect(!command.examples.isEmpty)
    }
  }

  @Test func helpOnACommand() {
    let page = HelpPage(registry: TestRegistry.all, width: 80).command(HelpCommand.command)
    #expect(
      page == """
        Show the everyday commands, every command and flag, one command's help, or what
        there is to know of a topic.

        Examples:
          # Show the everyday commands
          kubectl gcr-report help

          # Show every command and every flag
          kubectl gcr-report help --all

          # Explain one command
          kubectl gcr-report help version

          # List the topics
          kubectl gcr-report help topics

        Arguments:
          COMMAND  The command or topic to explain; topics lists the topics

        General flags:
              --all   Show every command and every flag
          -h, --help  Show help and exit

        Usage:
          kubectl gcr-report help [COMMAND] [flags]

        """)
  }
}
