import type { ErrorCode } from "../../../domain/moodsync-error.ts";
import type { Topic } from "./topic.ts";

/** What each exit code means, with the codes of the errors that end with it. */
export const EXIT_CODE_ROWS: readonly { code: number; errors: readonly ErrorCode[]; meaning: string }[] = [
  {
    code: 0,
    errors: [],
    meaning:
      "done; also a sync with conflicts, all resolved, and a sync that left the work to another one that is running",
  },
  { code: 1, errors: ["failure"], meaning: "it did not work: the message says why" },
  {
    code: 1,
    errors: ["too_many_deletions"],
    meaning:
      "the sync would have deleted more than half of the entries, and stopped; `--accept-deletions` goes on",
  },
  {
    code: 2,
    errors: ["usage", "invalid_input"],
    meaning: "a wrong command, option or value; nothing was changed",
  },
  { code: 3, errors: ["not_found", "ambiguous_id"], meaning: "no entry has that id, or several do" },
  {
    code: 4,
    errors: ["unauthorized", "other_account"],
    meaning: "the key is missing, wrong or revoked, or belongs to another account than the data",
  },
  {
    code: 4,
    errors: ["sealed_account", "wrong_sealing_key", "unsealed"],
    meaning: "the account is sealed and its sealing key is missing or another one, or it is no longer sealed",
  },
  {
    code: 5,
    errors: ["partial"],
    meaning:
      "done in part: the server rejected some changes of a sync (`moodsync sync status` says which), or an import left out what is wrong",
  },
  {
    code: 6,
    errors: ["unreachable"],
    meaning:
      "the server does not answer, or not now, or something on the way answers in its place; everything is kept, try again later",
  },
  { code: 7, errors: ["not_configured"], meaning: "sync is not set up on this device" },
  {
    code: 8,
    errors: ["not_printed"],
    meaning: "it worked, but the answer could not be printed (a full disk): do not run it again for that",
  },
  { code: 129, errors: [], meaning: "`serve` or `daemon run`: ended because its terminal was closed" },
  { code: 130, errors: ["interrupted"], meaning: "stopped with Ctrl-C" },
];

export const EXIT_CODES: Topic = {
  name: "exit-codes",
  summary: "what the exit code of a command means",
  body: [
    EXIT_CODE_ROWS.map(({ code, meaning }) => [String(code), meaning]),
    "`moodsync due --exit-code` ends with 1 when something is due.",
    "With `--json` a failure prints an object with its `code`, a message and a hint; docs/commands.md has the codes.",
  ],
};
