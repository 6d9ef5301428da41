import { readFileSync, rmSync, statSync } from "node:fs";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { systemError } from "../files/system-error.ts";

/** Files with a secret, and what helps where somebody else has read one. */
const SECRET_FILES = {
  "key file": "revoke the key",
  "sealing key file": "change the key with `moodsync sync key rotate`",
  "passphrase file": "encrypt anew with another passphrase",
};

/** The text of a file with a secret, without surrounding space; null when there is none. Refused, as ssh does, where
 *  others than its owner may read it. */
export function readKeyFile(path: string, name: keyof typeof SECRET_FILES = "key file"): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  if (!stats.isFile()) throw new MoodsyncError("invalid_input", `The ${name} is not a file.`);
  if (process.platform !== "win32" && (stats.mode & 0o077) !== 0) {
    throw new MoodsyncError("unauthorized", `The ${name} can be read by other users of this machine.`, {
      hint: `Run \`chmod 600\` on it; if somebody may have read it, ${SECRET_FILES[name]}.`,
    });
  }
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw systemError(error) ?? error;
  }
}

export function writeKeyFile(path: string, key: string): void {
  writePrivateFile(path, `${key}\n`);
}

export function deleteKeyFile(path: string): void {
  rmSync(path, { force: true });
}
