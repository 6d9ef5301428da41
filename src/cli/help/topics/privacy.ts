import type { Topic } from "./topic.ts";

export const PRIVACY: Topic = {
  name: "privacy",
  summary: "what the shell, other users and a prompt can see",
  body: [
    "What you type on a command line is kept by your shell, and a note in it with it. These keep it out:",
    [
      ["moodsync log mood 4 -n -", "reads the note from standard input; Ctrl-D on a line of its own ends it"],
      ["moodsync tui", "asks on a screen; nothing of it reaches the shell"],
      [
        "a blank before the command",
        "bash with HISTCONTROL=ignorespace and zsh with `setopt HIST_IGNORE_SPACE` do not keep the line; fish never does",
      ],
      ["HISTIGNORE='moodsync *'", "bash keeps no moodsync command at all"],
    ],
    "While a command runs, other users of the machine can see its arguments in the list of processes (ps). moodsync takes them out of there as soon as it starts, which is some milliseconds late; standard input is never seen. It takes keys and passwords from files and standard input only, never from an argument.",
    "Lists never show notes unless asked (`--notes`), and no error message holds a note, a label, a score or a key. What was printed stays in the scrollback of the terminal until you clear it.",
    "In a prompt: `moodsync due --short` prints how many assessments are due, never a score, a mood or a name. Who looks over your shoulder sees it, too.",
    "With a screen reader: `--plain` on any command, or `moodsync config set plain on`, says everything in words, a fact a line. No meaning is in colour alone.",
    "Files are readable by you alone. They are not encrypted: encrypt the disk, and whatever you export or back up (`--passphrase`). `moodsync` opens no socket but for sync, and for that only when you have set it up.",
  ],
};
