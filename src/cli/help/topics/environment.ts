import type { Definition } from "../page.ts";
import type { Topic } from "./topic.ts";

/** What the program reads of its environment. */
export const VARIABLES: readonly Definition[] = [
  ["MOODSYNC_HOME", "one directory for everything; without it the XDG directories, or the platform's own"],
  ["MOODSYNC_API_KEY", "the API key; goes before a stored one and is never stored"],
  [
    "MOODSYNC_SEALING_KEY",
    "the sealing key of a sealed account; goes before a stored one and is never stored",
  ],
  [
    "MOODSYNC_KEY_PLACE",
    "where `sync enable` and `settings` keep the key, `keychain` or `file`, when `--key-place` does not say",
  ],
  ["MOODSYNC_DB_URL", "the server's database, for `serve` and `admin`"],
  ["MOODSYNC_HOST, MOODSYNC_PORT", "where `serve` listens"],
  ["MOODSYNC_QUOTA_MB, MOODSYNC_QUOTA_KEYS, MOODSYNC_QUOTA_DEVICES", "what one account may take of `serve`"],
  ["MOODSYNC_TRUSTED_PROXY", "the proxies whose `X-Forwarded-For` `serve` believes"],
  ["MOODSYNC_DEBUG", "set to 1: the place in the program where an error arose, without its text"],
  ["MOODSYNC_PAGER, PAGER", "what shows a long `list` on a terminal; `cat`, or empty: nothing does"],
  ["VISUAL, EDITOR", "the editor for notes and forms; without both, `vi`"],
  ["NO_COLOR", "no colour"],
  ["FORCE_COLOR", "colour also in a pipe: 1 for 16 colours, 2 for 256, 3 for 24 bit; 0 for none"],
  ["COLORFGBG", "the colours of the terminal, as some set it: whether its background is dark or light"],
  ["INK_SCREEN_READER", "set to true: everything in words, as with `--plain`"],
  ["NODE_EXTRA_CA_CERTS", "the authority of a server's own certificate, a PEM file"],
  [
    "HTTPS_PROXY, NO_PROXY",
    "the proxy to `https://` servers, `http://NAME:PASSWORD@proxy.example.org:3128`, and the servers that need none: `*`, names with all names below them, addresses, networks (`10.0.0.0/8`), each with a port or without. Small letters go first. Never used for this machine, nor for `http://`",
  ],
];

const FILES: readonly Definition[] = [
  ["~/.local/share/moodsync/moodsync.db", "all entries, with their history, and backups beside it"],
  ["~/.config/moodsync/settings.json", "the settings; `moodsync config path` prints where"],
  ["~/.config/moodsync/api-key", "the key of the sync server, where there is no keychain"],
  ["~/.local/state/moodsync/", "what belongs to this machine: its id, locks, the server's own database"],
  ["~/.cache/moodsync/", "compiled code of the program; can be deleted"],
];

export const ENVIRONMENT: Topic = {
  name: "environment",
  summary: "variables that are read, and where the files are",
  body: [
    "Variables:",
    VARIABLES,
    "Files on Linux; XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME move them. On macOS all lie in ~/Library/Application Support/moodsync, on Windows in %LOCALAPPDATA%\\moodsync, and with MOODSYNC_HOME in that directory:",
    FILES,
    "All of them are readable by you alone (0600, in directories of 0700).",
  ],
};
