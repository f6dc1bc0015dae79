import Reports

/// The copy plan as a script of POSIX sh that may be run again and again: what is at the target
/// with the same digest is left alone, and the target alone says so.
enum CopyScript {
  static func text(_ plan: CopyPlan, tool: CopyTool, header: String) -> String {
    var lines = plan.images.compactMap(line)
    if lines.isEmpty { lines = [": # there is nothing to copy"] }
    return """
      #!/bin/sh
      # \(header)
      #
      # Copies images whole, with all their platforms and unchanged digests. Run it again after an
      # interruption: what is at the target already with the same digest is left alone.
      #   sh \(MirrorFile.copyScript)       copy
      #   sh \(MirrorFile.copyScript) -n    only tell what would be copied
      # Log in to the target first, with what \(tool.program) reads.
      set -u
      only_tell=
      if [ "${1:-}" = -n ]; then only_tell=1; fi
      if ! command -v \(tool.program) >/dev/null 2>&1; then
        echo "\(tool.program) is not installed" >&2
        exit 1
      fi
      work=$(mktemp -d) || exit 1
      trap 'rm -rf "$work"' EXIT
      trap 'exit 130' INT
      trap 'exit 143' TERM
      copied=0
      present=0
      failed=0

      \(tool.functions)

      \(mirrorFunction)

      \(lines.joined(separator: "\n"))

      if [ -n "$only_tell" ]; then
        echo "$copied to copy, $present there already, $failed failed"
      else
        echo "$copied copied, $present there already, $failed failed"
      fi
      [ "$failed" -eq 0 ]

      """
  }

  private static let mirrorFunction = """
    # mirror TARGET DIGEST SOURCE [SOURCE]: DIGEST is empty where a tag decides.
    mirror() {
      target=$1
      pinned=$2
      shift 2
      answered=
      have=$(digest "$target" 2>/dev/null) || have=
      if [ -n "$pinned" ] && [ "$have" = "$pinned" ]; then
        present=$((present + 1))
        return
      fi
      for source in "$@"; do
        want=$pinned
        if [ -z "$want" ]; then want=$(digest "$source") || want=; fi
        if [ -z "$want" ]; then
          echo "no answer: $source" >&2
          continue
        fi
        answered=1
        if [ "$have" = "$want" ]; then
          present=$((present + 1))
          return
        fi
        echo "$source -> $target ($want)"
        if [ -n "$only_tell" ]; then
          copied=$((copied + 1))
          return
        fi
        if transfer "$source" "$target" && [ "$(digest "$target")" = "$want" ]; then
          copied=$((copied + 1))
          return
        fi
        echo "not copied, or with another digest: $source" >&2
      done
      if [ -n "$have" ] && [ -z "$answered" ]; then
        echo "kept, for no source answers: $target ($have)"
        present=$((present + 1))
        return
      fi
      echo "FAILED: $target" >&2
      failed=$((failed + 1))
    }
    """

  private static func line(_ image: MirrorImage) -> String? {
    let words = [image.target] + [image.source, image.otherSource].compactMap { $0 }
    let quoted = words.compactMap(ShellWord.text)
    guard quoted.count == words.count, let target = quoted.first else { return nil }
    let digest = image.digest.flatMap(ShellWord.text) ?? "''"
    return "mirror \(target) \(digest) \(quoted.dropFirst().joined(separator: " "))"
  }
}
