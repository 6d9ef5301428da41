import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isZoneUnderstood } from "../../src/input/system-zone.ts";
import { createDevice } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

describe("an argument with U+FFFD, as Node makes of what is not UTF-8", () => {
  test.each([
    ["log", "mood", "3", "-n", "caf\ufffd"],
    ["log", "mood", "3", "--note=caf\ufffd"],
    ["activity", "add", "caf\ufffd"],
    ["export", "-o", "/tmp/caf\ufffd"],
    ["config", "set", "safety.contacts", "caf\ufffd"],
  ])("is refused: %s %s", async (...args) => {
    const device = createDevice();
    const { code, stdout, stderr } = await device.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^An argument is not valid UTF-8; nothing was changed\.\n/);
    expect(readdirSync(device.home)).toEqual([]);
  });

  test("keeps nobody from help", async () => {
    expect(await createDevice().run(["help-now", "\ufffd"])).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("support lines are shown", () => {
  const device = createDevice();
  const file = join(device.home, "moodsync.db");
  writeFileSync(file, "no database at all");

  test.each([
    ["with a broken database", { MOODSYNC_HOME: device.home }],
    ["without a home directory", {}],
    ["with a home that is no absolute path", { HOME: "here" }],
    ["with a home that is a file", { MOODSYNC_HOME: file }],
    ["with a home that others can write", { MOODSYNC_HOME: "/tmp" }],
  ])("%s", async (_what, env) => {
    device.env = env;
    for (const words of [["help-now"], ["help", "now"], ["help-now", "--whatever", "else"]]) {
      const { code, stdout } = await device.run(words);
      expect({ code, isShown: stdout.includes("These lines listen") }).toEqual({ code: 0, isShown: true });
    }
  });
});

describe("a time zone in TZ", () => {
  test.each([
    "XST5XDT,M3.2.0,M11.1.0",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "<+0330>-3:30",
    "Europe/Brelin",
    "nonsense",
    "/etc/localtime",
    ":/etc/localtime",
  ])("that Node does not know is said: %s", async (tz) => {
    expect(isZoneUnderstood(tz, Date.now())).toBe(false);
    const device = createDevice();
    device.env.TZ = tz;
    const logged = await device.run(["log", "mood", "3"]);
    expect(logged.code).toBe(0);
    expect(logged.stderr).toContain("The time zone in TZ is not understood");
    expect((await device.run(["log", "mood", "3", "--quiet"])).stderr).toBe("");
  });

  test.each([
    undefined,
    "",
    "UTC",
    "UTC0",
    ":UTC",
    "Europe/Berlin",
    ":Europe/Berlin",
    "EST5EDT",
    "Etc/GMT+5",
  ])("that is known is not warned about: %s", (tz) => expect(isZoneUnderstood(tz, Date.now())).toBe(true));
});

describe("a settings file that does not hold", () => {
  const device = createDevice();
  const file = join(device.home, "settings.json");

  test.each([
    ["no JSON", () => writeFileSync(file, "{")],
    ["not UTF-8", () => writeFileSync(file, Buffer.from('{"color":"caf\xe9"}', "latin1"))],
    ["a directory", () => mkdirSync(file)],
    ["a pipe", () => spawnSync("mkfifo", ["-m", "600", file])],
    ["a value without meaning", () => writeFileSync(file, '{"safety.contacts": 5}')],
  ])("is said where help is shown, and help is shown: %s", async (_what, put) => {
    spawnSync("rm", ["-rf", file]);
    put();
    const { code, stdout, stderr } = await device.run(["help-now"]);
    expect(code).toBe(0);
    expect(stdout).toContain("These lines listen");
    expect(stderr).toMatch(
      /^(Your settings cannot be read, so the defaults apply: .+|In the settings file, safety\.contacts is not .+; the default applies\.)\n$/,
    );
  });

  test("that others may write is said, too, and no contact of theirs is shown", async () => {
    spawnSync("rm", ["-rf", file]);
    writeFileSync(file, '{"safety.contacts": ["Eve 1"]}');
    chmodSync(file, 0o666);
    const { stdout, stderr } = await device.run(["help-now"]);
    expect(stdout).not.toContain("Eve");
    expect(stderr).toContain(`${file} can be written by other users`);
  });
});

describe("export", () => {
  test("replaces nothing that moodsync keeps, by whatever path, and nothing that is no file", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3"]);
    await device.run(["config", "set", "color", "never"]);
    mkdirSync(join(device.home, "state"), { recursive: true });
    const elsewhere = temporaryDirectory("elsewhere");
    symlinkSync(device.home, join(elsewhere, "home"));
    writeFileSync(join(elsewhere, "kept"), "as it was");
    symlinkSync(join(elsewhere, "kept"), join(elsewhere, "link"));
    spawnSync("mkfifo", [join(elsewhere, "pipe")]);
    const database = readFileSync(join(device.home, "moodsync.db"));
    const own = [
      "moodsync.db",
      "MoodSync.db-wal",
      "settings.json",
      "api-key",
      "api-key-entry",
      "state/device-id",
    ];
    const targets = [
      ...own.flatMap((name) => [join(device.home, name), join(elsewhere, "home", name)]),
      ...["link", "pipe"].map((name) => join(elsewhere, name)),
      elsewhere,
      "/dev/null",
    ];
    for (const target of targets) {
      const { code, stderr } = await device.run(["export", "-o", target, "--force"]);
      expect({ target, code }).toEqual({ target, code: 2 });
      expect(stderr).toMatch(/^(moodsync keeps something of its own|That is a link)/);
    }
    expect(readFileSync(join(device.home, "moodsync.db"))).toEqual(database);
    expect(readFileSync(join(elsewhere, "kept"), "utf8")).toBe("as it was");
    expect(existsSync(join(device.home, "api-key"))).toBe(false);
    expect((await device.run(["export", "-o", join(device.home, "copy.json")])).code).toBe(0);
  });
});
