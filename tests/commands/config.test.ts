import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SETTING_NAMES } from "../../src/settings/definitions.ts";
import { createDevice } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

describe("config", () => {
  test("sets a value, gets it, and goes back to the default", async () => {
    const device = createDevice();
    expect(await device.run(["config", "set", "sync.interval", "30"])).toEqual({
      code: 0,
      stdout: "The daemon now syncs every 30 minutes.\n",
      stderr: "",
    });
    expect(await device.run(["config", "get", "sync.interval"])).toMatchObject({ stdout: "30\n" });
    expect(await device.json(["config", "get", "sync.interval"])).toEqual({
      name: "sync.interval",
      value: 30,
    });
    await device.run(["config", "set", "sync.interval", "--default"]);
    expect(await device.run(["config", "get", "sync.interval"])).toMatchObject({ stdout: "15\n" });
  });

  test("lists every setting with its default and a sentence", async () => {
    const device = createDevice();
    await device.run(["config", "set", "reminders", "OFF"]);
    const settings = await device.json(["config", "list"]);
    expect(settings.map(({ name }: { name: string }) => name)).toEqual(SETTING_NAMES);
    expect(settings).toContainEqual({
      name: "reminders",
      value: false,
      default: true,
      description: expect.stringMatching(/\.$/),
    });
    const { stdout } = await device.run(["config", "list"]);
    expect(stdout).toMatch(/^reminders +off +Whether/m);
  });

  test("takes a list with ; between its texts", async () => {
    const device = createDevice();
    await device.run(["config", "set", "safety.contacts", " Ann, 12 ;Dr. B; "]);
    expect(await device.json(["config", "get", "safety.contacts"])).toMatchObject({
      value: ["Ann, 12", "Dr. B"],
    });
    expect((await device.run(["help-now"])).stdout).toContain("  Yours: Ann, 12\n  Yours: Dr. B\n");
  });

  test.each([
    ["sync.interval", "0"],
    ["sync.interval", "1441"],
    ["sync.interval", "2.5"],
    ["sync.interval", "soon"],
    ["reminders", "perhaps"],
    ["color", "blue"],
    ["safety.contacts", "x".repeat(81)],
    ["no.such", "1"],
    ["__proto__", "1"],
  ])("refuses %s = %s in one sentence without repeating it, and changes nothing", async (name, value) => {
    const device = createDevice();
    await device.run(["config", "set", "sync.interval", "20"]);
    const path = (await device.json(["config", "path"])).path;
    const before = readFileSync(path, "utf8");
    const { code, stdout, stderr } = await device.run(["config", "set", name, value]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/must be|no such setting/);
    if (value.length > 3) expect(stderr).not.toContain(value);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("tells of a value in the file that means nothing, and a broken file keeps no other command from work", async () => {
    const device = createDevice();
    const file = join(device.home, "settings.json");
    writeFileSync(file, '{"reminders": "perhaps"}');
    expect((await device.run(["config", "list"])).stderr).toBe(
      "In the settings file, reminders is not on or off; the default applies.\n",
    );
    writeFileSync(file, "{");
    expect(await device.run(["config", "get", "reminders"])).toMatchObject({ code: 1 });
    expect(await device.run(["log", "mood", "3"])).toMatchObject({ code: 0 });
    expect(await device.run(["list"])).toMatchObject({ code: 0 });
    expect(await device.run(["help-now"])).toMatchObject({ code: 0 });
  });

  test("the style of a terminal can be forced upon a pipe, and bold stays where colour is turned off", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "3"]);
    const isStyled = async (terminal: boolean, ...more: string[]) =>
      (await device.run(["list", "all", ...more], { terminal })).stdout.includes("\u001b[");
    expect([await isStyled(true), await isStyled(false)]).toEqual([true, false]);
    await device.run(["config", "set", "color", "never"]);
    expect([await isStyled(true), await isStyled(true, "--plain")]).toEqual([true, false]);
    await device.run(["config", "set", "color", "always"]);
    expect([await isStyled(false), await isStyled(false, "--no-color")]).toEqual([true, false]);
  });

  test("the safety notice is short only after it was shown in full", async () => {
    const device = createDevice();
    await device.run(["config", "set", "safety.notice", "short"]);
    const log = () => device.run(["log", "assessment", "phq9", "--answers", "0,0,0,0,0,0,0,0,1"]);
    expect((await log()).stderr).toContain("988");
    const second = await log();
    expect(second.stderr).not.toContain("988");
    expect(second.stderr).toContain("moodsync help-now");
  });
});

test("path --all says where everything is, and makes nothing", async () => {
  const fresh = createDevice(join(temporaryDirectory("fresh"), "home"));
  expect(await fresh.json(["config", "path", "--all"])).toEqual({
    database: join(fresh.home, "moodsync.db"),
    backups: join(fresh.home, "backups"),
    settings: join(fresh.home, "settings.json"),
    key: join(fresh.home, "api-key"),
    state: join(fresh.home, "state"),
    cache: join(fresh.home, "cache"),
  });
  const { stdout } = await fresh.run(["config", "path", "--all"]);
  expect(stdout).toContain(`database  ${join(fresh.home, "moodsync.db")}\n`);
  expect(existsSync(fresh.home)).toBe(false);
});
