import Reports

/// A shell script that puts files on a node, for its user data or for hand: each is written beside
/// its place and renamed, and a file that somebody else wrote is left alone.
enum UserData {
  static func script(_ files: [(path: String, content: String)], header: String) -> String {
    var text = """
      #!/bin/sh
      # \(header)
      # For a node's user data, or to be run on it by hand as root.
      set -eu
      umask 022
      header='# \(header)'

      put() { # FILE, its content on standard input
        if [ -e "$1" ] || [ -L "$1" ]; then
          first=
          if [ -f "$1" ] && [ ! -L "$1" ]; then IFS= read -r first <"$1" || :; fi
          if [ "$first" != "$header" ]; then
            echo "left alone, for somebody else wrote it: $1" >&2
            cat >/dev/null
            return 0
          fi
        fi
        mkdir -p "${1%/*}"
        cat >"$1.gcr-report"
        mv -f "$1.gcr-report" "$1"
      }

      """
    for file in files {
      guard let word = ShellWord.text(file.path) else { continue }
      text += "\nput \(word) <<'GCR_REPORT_END'\n\(file.content)GCR_REPORT_END\n"
    }
    return text
  }
}
