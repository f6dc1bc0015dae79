/// The shells' side of completion: each script runs the program's hidden command with the words
/// before the cursor and shows what it answers.
enum CompletionScript: String, Hashable, Sendable, CaseIterable {
  case bash
  case zsh
  case fish
  /// The executable that kubectl 1.26 and later looks for in PATH.
  case kubectl

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    case .kubectl: Self.kubectlText
    }
  }

  /// kubectl `pkg/cmd/plugin/plugin_completion.go`: the words as typed, the last one unfinished.
  private static let kubectlText = """
    #!/bin/sh
    # Lets kubectl (1.26 and later) complete "kubectl gcr-report". Save it as
    # kubectl_complete-gcr_report in a folder of PATH and make it executable.
    exec kubectl-gcr_report __complete "$@"

    """

  private static let bashText = #"""
    # bash completion for kubectl-gcr_report; load it with
    #   source <(kubectl-gcr_report completion bash)
    _kubectl_gcr_report() {
      # COMP_WORDS is cut at = and : too; glue what stands together on the line.
      local i rest="$COMP_LINE" piece
      local -a words=()
      for ((i = 0; i <= COMP_CWORD; i++)); do
        piece="${COMP_WORDS[i]}"
        if ((i > 0)) && [[ $rest != [[:space:]]* ]]; then
          words[${#words[@]} - 1]+="$piece"
        else
          words+=("$piece")
        fi
        rest="${rest#"${rest%%[![:space:]]*}"}"
        rest="${rest#"$piece"}"
      done
      local current="${words[${#words[@]} - 1]}"
      # readline replaces only what follows the last word break.
      local breaks="" kept="" flag=""
      [[ $COMP_WORDBREAKS == *=* ]] && breaks+="="
      [[ $COMP_WORDBREAKS == *:* ]] && breaks+=":"
      [[ -n $breaks ]] && kept="${current%"${current##*[$breaks]}"}"
      # Values of --flag=… are answered without the flag.
      [[ $current == -*=* ]] && flag="${current%%=*}="

      local line directive=0
      local -a lines=()
      while IFS= read -r line; do
        lines+=("$line")
      done < <("${1/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)
      ((${#lines[@]} > 0)) || return
      line="${lines[${#lines[@]} - 1]}"
      [[ $line == :* ]] && directive="${line#:}"
      COMPREPLY=()
      for line in "${lines[@]}"; do
        [[ $line == :* ]] && continue
        line="$flag${line%%$'\t'*}"
        [[ $line == "$current"* ]] && COMPREPLY+=("${line#"$kept"}")
      done
      if ((directive & 2)); then compopt -o nospace; fi
      if ((directive & 4)); then compopt +o default; fi
      if ((directive & 32)); then compopt -o nosort 2>/dev/null; fi
      if ((directive & 16)); then
        compopt -o filenames
        while IFS= read -r line; do
          COMPREPLY+=("$line")
        done < <(compgen -d -- "${current#"$kept"}")
      fi
    }
    complete -o default -F _kubectl_gcr_report kubectl-gcr_report

    """#

  private static let zshText = #"""
    #compdef kubectl-gcr_report
    # zsh completion for kubectl-gcr_report; load it with
    #   source <(kubectl-gcr_report completion zsh)
    # or save it as _kubectl-gcr_report in a folder of $fpath.
    _kubectl-gcr_report() {
      local -a lines candidates options
      local line value directive=0
      lines=("${(@f)$("${(Q)~words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
      # Values of --flag=… are answered without the flag.
      [[ $PREFIX == -*=* ]] && compset -P 1 '*='
      for line in "${lines[@]}"; do
        if [[ $line == :* ]]; then
          directive="${line#:}"
        elif [[ -n $line ]]; then
          value="${line%%$'\t'*}"
          value="${value//:/\\:}"
          [[ $line == *$'\t'* ]] && value+=":${line#*$'\t'}"
          candidates+=("$value")
        fi
      done
      ((directive & 2)) && options+=(-S '')
      if ((directive & 16)); then
        _files -/
      elif ((${#candidates})); then
        if ((directive & 32)); then
          _describe -V 'kubectl gcr-report' candidates "${options[@]}"
        else
          _describe 'kubectl gcr-report' candidates "${options[@]}"
        fi
      elif ((directive & 4)); then
        return 1
      else
        _files
      fi
    }
    if [[ $funcstack[1] == _kubectl-gcr_report ]]; then
      _kubectl-gcr_report "$@"
    else
      compdef _kubectl-gcr_report kubectl-gcr_report
    fi

    """#

  private static let fishText = #"""
    # fish completion for kubectl-gcr_report; load it with
    #   kubectl-gcr_report completion fish | source
    # or save it as ~/.config/fish/completions/kubectl-gcr_report.fish.
    function __kubectl_gcr_report_complete
        set -l words (commandline -opc)
        set -l current (commandline -ct)
        set -l program $words[1]
        set -e words[1]
        set -l lines ($program __complete $words "$current" 2>/dev/null)
        test (count $lines) -gt 0; or return
        set -l directive (string replace : '' -- $lines[-1])
        set -e lines[-1]
        # Values of --flag=… are answered without the flag.
        set -l flag (string match -r -- '^-[^=]*=' "$current")
        set -l value (string replace -- "$flag" '' "$current")
        if test (math "bitand($directive, 16)") -ne 0
            set lines (__fish_complete_directories "$value" '')
        else if test (count $lines) -eq 0; and test (math "bitand($directive, 4)") -eq 0
            set lines (__fish_complete_path "$value")
        end
        for line in $lines
            echo -- "$flag$line"
        end
    end
    complete -c kubectl-gcr_report -f -a '(__kubectl_gcr_report_complete)'

    """#
}
