import Testing

@testable import CommandLineTool

@Suite struct FlagTableTests {
  private var definitions: [FlagDefinition] { TestRegistry.all.flags.entries.map(\.definition) }

  @Test func everyDeclaredFlagIsListed() {
    for group in Flags.groups {
      let declared = Mirror(reflecting: group).children.map {
        ($0.value as? any ReadableFlag)?.definition.name
      }
      #expect(group.flags.map(\.definition.name) == declared)
    }
    #expect(definitions.count == Flags.groups.reduce(0) { $0 + $1.flags.count })
  }

  @Test func noCommandHasAFlagTwice() {
    for command in CommandName.allCases {
      let own = TestRegistry.all.flags.definitions(for: command)
      let names = own.map(\.name)
      let shorts = own.compactMap(\.short)
      #expect(Set(names).count == names.count)
      #expect(Set(shorts).count == shorts.count)
    }
  }

  /// The parser reads a flag before it knows the command.
  @Test func flagsOfOneNameAreOfOneArity() {
    for flag in definitions {
      let twins = definitions.filter { $0.name == flag.name || $0.short == flag.short }
        .filter { flag.short != nil || $0.name == flag.name }
      for twin in twins {
        #expect(twin.name == flag.name)
        #expect(twin.short == flag.short)
        #expect((twin.kind == .bool) == (flag.kind == .bool))
        #expect((twin.kind == .level) == (flag.kind == .level))
      }
    }
  }

  @Test func everyFlagIsDocumented() {
    for flag in definitions {
      #expect(flag.help.count >= 12, "\(flag.name)")
      #expect(!flag.help.hasSuffix("."), "\(flag.name)")
      #expect(flag.help.first?.isUppercase == true, "\(flag.name)")
      #expect(flag.kind == .bool || !flag.placeholder.isEmpty, "\(flag.name)")
      #expect(!flag.commands.isEmpty, "\(flag.name)")
      #expect(flag.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(flag.name)")
    }
  }

  /// The names of kubectl (`kubectl options`), less what this plugin has no use for.
  @Test func connectionFlagsAreKubectls() {
    let names = definitions.filter { $0.category == .connection }.map(\.name)
    #expect(
      Set(names) == [
        "kubeconfig", "kubeconfig-dir", "context", "cluster", "user", "server", "token",
        "client-certificate", "client-key", "certificate-authority", "insecure-skip-tls-verify",
        "tls-server-name", "as", "as-uid", "as-group", "as-user-extra", "username", "password",
        "request-timeout", "disable-compression",
      ])
  }
}
