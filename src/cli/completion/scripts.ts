export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** What a program prints for each shell to ask it at every Tab. Nothing that was typed or stored is ever evaluated: words
 *  go to the program as they are, and what it answers is quoted before it is put on the command line. (The scripts of
 *  @bomb.sh/tab evaluate both, and need every command loaded.) `:files` as an answer leaves files to the shell. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: String.raw`# moodsync in bash: eval "$(moodsync completion bash)" in ~/.bashrc
_moodsync() {
  local IFS=$'\n' line value quoted cur=${"$"}{COMP_WORDS[COMP_CWORD]}
  local -a answer values
  mapfile -t answer < <(command moodsync completion bash -- "${"$"}{COMP_WORDS[@]:1:COMP_CWORD-1}" "$cur" 2>/dev/null)
  COMPREPLY=()
  if [[ ${"$"}{answer[0]} == :files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    return
  fi
  for line in "${"$"}{answer[@]}"; do
    value=${"$"}{line%%$'\t'*}
    if [[ $cur == [\'\"]* ]]; then quoted=$value; else printf -v quoted %q "$value"; fi
    # At the second Tab values are listed, and not put on the line: then with what they are.
    if [[ $COMP_TYPE == 63 && ${"$"}{#answer[@]} -gt 1 && $line == *$'\t'?* ]]; then
      quoted="$value  (${"$"}{line#*$'\t'})"
    fi
    COMPREPLY+=("$quoted")
  done
}
complete -F _moodsync moodsync
`,
  zsh: String.raw`#compdef moodsync
# moodsync in zsh: source <(moodsync completion zsh) in ~/.zshrc, after compinit
_moodsync() {
  local line
  local -a answer values shown
  answer=("${"$"}{(@f)$(command moodsync completion zsh -- "${"$"}{(@Q)words[2,CURRENT-1]}" "${"$"}{(Q)PREFIX}" 2>/dev/null)}")
  if [[ $answer[1] == :files ]]; then
    _files
    return
  fi
  for line in "${"$"}{answer[@]}"; do
    [[ -z $line ]] && continue
    values+=("${"$"}{line%%$'\t'*}")
    if [[ $line == *$'\t'?* ]]; then shown+=("${"$"}{line%%$'\t'*}  -- ${"$"}{line#*$'\t'}"); else shown+=("${"$"}{line%%$'\t'*}"); fi
  done
  (( $#values )) && compadd -l -d shown -a values
}
if [[ $funcstack[1] == _moodsync ]]; then _moodsync "$@"; else compdef _moodsync moodsync; fi
`,
  fish: String.raw`# moodsync in fish: moodsync completion fish > ~/.config/fish/completions/moodsync.fish
function __moodsync_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l cur (commandline -ct)
    set -l answer (command moodsync completion fish -- $words "$cur" 2>/dev/null)
    if test "$answer[1]" = ":files"
        __fish_complete_path "$cur"
    else if test (count $answer) -gt 0
        printf '%s\n' $answer
    end
end
complete -c moodsync -e
complete -c moodsync -f -a '(__moodsync_complete)'
`,
  powershell: String.raw`# moodsync in PowerShell: moodsync completion powershell | Out-String | Invoke-Expression in $PROFILE
Register-ArgumentCompleter -Native -CommandName moodsync -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { ":$_" })
  # Each word behind a colon: Windows PowerShell drops an empty one, and a program's .ps1 takes -- for itself.
  $answer = @(& moodsync completion powershell @words ":$wordToComplete" 2>$null)
  if ($answer[0] -eq ':files') { return }
  foreach ($line in $answer) {
    $value, $about = $line -split "${"`"}t", 2
    $text = if ($value -match '[^\w@.,:+-]') { "'" + ($value -replace "'", "''") + "'" } else { $value }
    if (-not $about) { $about = $value }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
  }
}
`,
};
