/** What a person reads before they are shown a sealing key that is about to be used. */
export const KEEP_THE_KEY =
  "This is the sealing key of the account. Write it down and keep it where this device is not:";

/** What a sealing key is good for. */
export const WHO_HAS_THE_KEY =
  "Whoever has it and a copy of the server's data can read everything. Without it, and without a device, nobody can.";

export const ASK_BACK = "Its last five characters, to be sure";
export const NOT_ASKED_BACK = "Those are not its last five characters.";

export const UNSEALING = "From now on whoever runs the server can read everything, old entries too.";
export const UNSEALED = "The account is plain now. On the other devices `moodsync sync unseal` follows.";
export const FOLLOWED_UNSEALING =
  "This device follows: the account is plain, and its server reads everything.";

/** What stays of the time before a sealing. */
export const BEHIND =
  "Backups of the server made before today can still be read. Ask its operator how long they are kept.";

export const KEY_WAS_CHANGED = "On the other devices `moodsync sync key enter` takes the new key.";
