import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { EXAMPLES } from "../../src/cli/help/examples.ts";
import { EXIT_CODE } from "../../src/domain/exit-code.ts";
import { copyHome } from "../helpers/program/home.ts";
import { moodsyncBin } from "../helpers/program/moodsync.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** What runs until it is stopped, draws a screen, changes the machine or speaks to a server. */
const NOT_RUN = /^(tui|settings|serve|admin|sync enable|daemon (run|start|restart|install(?! --print)))\b/;
/** What asks on a terminal. */
const ASKS =
  /^(log assessment phq9|log mood 4 -e|edit @last|import \w+\.csv\b.*|restore-backup .+|wipe( --backups)?|.+ --passphrase)$/;

const EXAMPLE_LINES = Object.values(EXAMPLES)
  .flat()
  .map(({ typed }) => typed)
  .filter((typed) => !NOT_RUN.test(typed) && !ASKS.test(typed));

const DAYLIO_BACKUP = fileURLToPath(
  new URL("../fixtures/imports/daylio-backup/android.daylio", import.meta.url),
);
const home = temporaryDirectory("home");
const prepared = join(home, "prepared");

/** Runs a line of a shell as somebody who types it. */
function runLine(line: string, moodsyncHome: string) {
  const command = line.replace(/ \| .*$/, "").replaceAll("/media/usb", join(home, "usb"));
  return spawnSync("sh", ["-c", command], {
    cwd: home,
    encoding: "utf8",
    env: {
      PATH: `${join(home, "bin")}:${process.env.PATH}`,
      HOME: home,
      MOODSYNC_HOME: moodsyncHome,
      MOODSYNC_KEY_PLACE: "file",
      TZ: "Europe/Berlin",
    },
  });
}

beforeAll(() => {
  for (const directory of ["bin", "usb", ".config/fish/completions"]) {
    mkdirSync(join(home, directory), { recursive: true });
  }
  mkdirSync(prepared, { mode: 0o700 });
  symlinkSync(moodsyncBin(), join(home, "bin/moodsync"));
  writeFileSync(join(home, "note.txt"), "Felt light afterwards");
  writeFileSync(join(home, "sealing.key"), "SEAL1-000G4-0R40M-30E20-9185G-R38E1-YM05X\n");
  cpSync(DAYLIO_BACKUP, join(home, "backup.daylio"));
  for (const line of [
    "moodsync schedule add phq9 weekly",
    "moodsync log mood 3 -a jogging -a work -n lake",
    "moodsync log mood 4 -a run",
  ]) {
    expect(runLine(line, prepared)).toMatchObject({ status: 0 });
  }
});

/** The ids of the examples are of nobody's entries, and sync is not set up. */
const UNDERSTOOD: readonly number[] = [0, EXIT_CODE.not_found, EXIT_CODE.not_configured];

test.each(EXAMPLE_LINES)("moodsync %s is understood", (typed) => {
  const device = temporaryDirectory("device");
  // What adds something begins with nothing.
  if (!/^\w+ add /.test(typed)) copyHome(prepared, device);
  const { status, stderr } = runLine(`moodsync ${typed}`, device);
  expect(UNDERSTOOD, stderr).toContain(status);
});

test("most examples are run", () => expect(EXAMPLE_LINES.length).toBeGreaterThan(50));
