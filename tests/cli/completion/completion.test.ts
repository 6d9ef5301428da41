import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { COMPLETION_SCRIPTS } from "../../../src/cli/completion/scripts.ts";
import { createDevice, type Device } from "../../helpers/device/device.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

let device: Device;

beforeEach(async () => {
  device = createDevice();
  await device.json(["log", "mood", "4", "-a", "run", "-a", "two words", "--create", "-n", "secret note"]);
  await device.json(["schedule", "add", "PHQ-9", "weekly"]);
});

/** What is suggested after these words, the last of which is being typed. */
async function suggested(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await device.run(["completion", "bash", "--", ...words]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).not.toContain("secret");
  return stdout.split("\n").slice(0, -1);
}

test("PowerShell sends each word behind a colon, so that an empty one arrives and none is an option", async () => {
  const { stdout } = await device.run(["completion", "powershell", ":export", ":--format", ":j"]);
  expect(stdout.split("\n").map((line) => line.split("\t")[0])).toEqual(["json", "jsonl", ""]);
  const afterBlank = await device.run(["completion", "powershell", ":log", ":"]);
  expect(afterBlank.stdout.split("\n").map((line) => line.split("\t")[0])).toEqual([
    "mood",
    "assessment",
    "",
  ]);
});

const values = async (...words: string[]) => (await suggested(...words)).map((line) => line.split("\t")[0]);

describe("what can come next is suggested:", () => {
  test.each([
    [["l"], ["log", "list"]],
    [
      ["log", ""],
      ["mood", "assessment"],
    ],
    [["sync", "en"], ["enable"]],
    [["account", "keys", "r"], ["revoke"]],
    [
      ["export", "--for"],
      ["--format", "--force"],
    ],
    [
      ["export", "--format", "j"],
      ["json", "jsonl"],
    ],
    [["log", "mood", "4", "-a", "r"], ["run"]],
    [["mood", "4", "--activity", "run,t"], ["run,two words"]],
    [["log", "mood", "4", "-a", "'tw"], ["two words"]],
    [["edit", "@last", "-a", "+r"], ["+run"]],
    [
      ["log", "mood", ""],
      ["1", "2", "3", "4", "5"],
    ],
    [["log", "assessment", "phq1"], ["phq15"]],
    [["schedule", "disable", ""], ["PHQ-9"]],
    [["schedule", "add", "phq9", "bi"], ["biweekly"]],
    [
      ["list", "mo"],
      ["moods", "month"],
    ],
    [["chart", "9"], ["90d"]],
    [["config", "set", "pal"], ["palette"]],
    [
      ["config", "set", "palette", ""],
      ["aurora", "dusk", "mono"],
    ],
    [["completion", "f"], ["fish"]],
    [["backup", "x"], [":files"]],
    [["export", "-o", ""], [":files"]],
    [
      ["delete", "@last", "--"],
      ["--yes", "--json", "--quiet", "--plain", "--no-color", "--help"],
    ],
    [["no-such-command", ""], []],
    [["log", "mood", "4", "-n", ""], []],
  ])("%j", async (words, expected) => {
    expect(await values(...words)).toEqual(expected);
  });
});

test("an option that was given is not offered again, unless it can be", async () => {
  const offered = await values("log", "mood", "4", "-a", "run", "--note", "x", "--");
  expect(offered).toContain("--activity");
  expect(offered).not.toContain("--note");
});

test("entries are offered by their ids with what they are, never with their notes", async () => {
  const [last, mood, ...others] = await suggested("edit", "");
  expect(last).toBe("@last\tthe entry created last on this device");
  expect(mood).toMatch(/^[0-9a-f]{7}\tmood 4 \(good\) · Sun 22 Nov 09:30 · run, two words$/);
  expect(others).toEqual([]);
  const id = mood!.split("\t")[0]!;
  await device.run(["delete", id, "--yes"]);
  expect(await values("edit", "")).toEqual(["@last"]);
  expect(await values("restore", "")).toEqual([id]);
});

test("in an empty home nothing is made, and nothing is said", async () => {
  const home = join(temporaryDirectory("fresh"), "home");
  device = createDevice(home);
  expect(await values("log", "mood", "4", "-a", "")).toEqual([]);
  expect(await values("log", "")).toEqual(["mood", "assessment"]);
  expect(existsSync(home)).toBe(false);
});

test("whatever is wrong with the database, nothing is said", async () => {
  writeFileSync(join(device.home, "moodsync.db"), "no database");
  expect(await suggested("log", "mood", "4", "-a", "")).toEqual([]);
  device.env.TZ = "nowhere";
  expect(await suggested("edit", "broken\ufffd", "")).toEqual([]);
});

test("a label that could not be typed as it is shown is left out", async () => {
  await device.run(["activity", "add", "tab\there"]);
  await device.run(["activity", "add", "esc\u001b[2J"]);
  expect(await values("log", "mood", "4", "-a", "")).toEqual(["run", "two words"]);
});

test("an unknown shell is refused", async () => {
  expect(await device.run(["completion", "tcsh"])).toMatchObject({ code: 2, stdout: "" });
});

describe("the script of", () => {
  /** A program in the place of moodsync that answers with a hostile value and a file. */
  function stub(directory: string): string {
    mkdirSync(join(directory, "bin"));
    const program = join(directory, "bin", "moodsync");
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > asked\ncat answer\n`);
    chmodSync(program, 0o755);
    writeFileSync(
      join(directory, "answer"),
      "$(touch pwned)\twhat it is\nplain\n`touch pwned`;touch pwned\n",
    );
    return `${join(directory, "bin")}:${process.env.PATH}`;
  }

  test("bash asks with the words as they were typed, and evaluates neither them nor the answer", () => {
    const directory = temporaryDirectory("bash");
    const script = `${COMPLETION_SCRIPTS.bash}
      COMP_WORDS=(moodsync log mood '$(touch pwned)' -a '') COMP_CWORD=5 COMP_TYPE=9
      _moodsync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { PATH: stub(directory) };
    const { stdout } = spawnSync("bash", ["--norc", "-c", script], { cwd: directory, env, encoding: "utf8" });
    expect(stdout).toBe("\\$\\(touch\\ pwned\\)\nplain\n\\`touch\\ pwned\\`\\;touch\\ pwned\n");
    expect(existsSync(join(directory, "pwned"))).toBe(false);
    const asked = spawnSync("cat", ["asked"], { cwd: directory, encoding: "utf8" }).stdout;
    expect(asked).toBe("completion\nbash\n--\nlog\nmood\n$(touch pwned)\n-a\n\n");
  });

  test.skipIf(spawnSync("fish", ["--version"]).status !== 0)("fish does, too", () => {
    const directory = temporaryDirectory("fish");
    const env = { PATH: stub(directory), HOME: directory };
    const script = `${COMPLETION_SCRIPTS.fish}\ncomplete -C 'moodsync log mood -a '`;
    const { stdout } = spawnSync("fish", ["--no-config", "-c", script], {
      cwd: directory,
      env,
      encoding: "utf8",
    });
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["plain"]));
    expect(stdout).toContain("touch pwned");
    expect(existsSync(join(directory, "pwned"))).toBe(false);
  });

  test.skipIf(spawnSync("zsh", ["--version"]).status !== 0)("zsh can be read by it", () => {
    const directory = temporaryDirectory("zsh");
    const script = `autoload -Uz compinit; compinit -u -D; ${COMPLETION_SCRIPTS.zsh}\nprint -r -- $_comps[moodsync]`;
    const env = { PATH: stub(directory), HOME: directory };
    const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", script], {
      cwd: directory,
      env,
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["_moodsync\n", ""]);
  });
});
