import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { locateHome, requireTrustedHome } from "../../../src/local/storage/home.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

describe("the home", () => {
  test("lies at the platform's places, and with MOODSYNC_HOME in one directory", () => {
    expect(locateHome({ HOME: "/home/ann", XDG_CONFIG_HOME: "/etc/ann" }, "linux")).toMatchObject({
      dataDir: "/home/ann/.local/share/moodsync",
      configDir: "/etc/ann/moodsync",
      stateDir: "/home/ann/.local/state/moodsync",
    });
    expect(locateHome({ HOME: "/home/ann", MOODSYNC_HOME: "/srv/m" }, "linux")).toMatchObject({
      dataDir: "/srv/m",
      configDir: "/srv/m",
      stateDir: "/srv/m/state",
    });
  });

  test.each([{}, { HOME: "" }, { HOME: "", MOODSYNC_HOME: "" }])(
    "is the account's where %j says nothing",
    (env) => {
      expect(locateHome(env, "linux").dataDir).toBe(join(userInfo().homedir, ".local/share/moodsync"));
      expect(locateHome(env, "darwin").dataDir).toBe(
        join(userInfo().homedir, "Library/Application Support/moodsync"),
      );
    },
  );

  test("ignores a relative XDG directory, as its specification asks", () => {
    for (const XDG_DATA_HOME of ["relative", "~/data", "./x", ""]) {
      expect(locateHome({ HOME: "/home/ann", XDG_DATA_HOME }, "linux").dataDir).toBe(
        "/home/ann/.local/share/moodsync",
      );
    }
  });

  test.each([
    ["MOODSYNC_HOME", "moodsync"],
    ["MOODSYNC_HOME", "~/moodsync"],
    ["MOODSYNC_HOME", "./x"],
    ["MOODSYNC_HOME", " /x"],
    ["MOODSYNC_HOME", "/x/caf\ufffd"],
    ["HOME", "ann"],
    ["HOME", "."],
    ["HOME", "/home/caf\ufffd"],
    ["XDG_STATE_HOME", "/caf\ufffd"],
  ])("is refused where %s is %j", (name, value) => {
    const env = { HOME: "/home/ann", [name]: value };
    expect(() => locateHome(env, "linux")).toThrow(`${name} is not an absolute path in UTF-8.`);
  });
});

describe("a home that is there", () => {
  const directory = () => {
    const home = temporaryDirectory("home");
    for (const name of ["moodsync.db", "moodsync.db-wal", "settings.json", "api-key"]) {
      writeFileSync(join(home, name), "", { mode: 0o600 });
    }
    mkdirSync(join(home, "state"));
    writeFileSync(join(home, "state", "device-id"), "", { mode: 0o600 });
    return home;
  };
  const check = (home: string) => requireTrustedHome(locateHome({ MOODSYNC_HOME: home }));

  test.each([".", "moodsync.db", "moodsync.db-wal", "settings.json", "api-key", "state", "state/device-id"])(
    "is refused where others may write %s in it",
    (name) => {
      const home = directory();
      check(home);
      chmodSync(join(home, name), 0o666);
      expect(() => check(home)).toThrow(`${join(home, name)} can be written by other users`);
    },
  );

  test("is closed to others while it is empty", () => {
    const home = temporaryDirectory("home");
    chmodSync(home, 0o777);
    check(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  test("settings may be a link to a file that nobody else may write", () => {
    const home = directory();
    const dotfiles = temporaryDirectory("dotfiles");
    writeFileSync(join(dotfiles, "settings.json"), "{}", { mode: 0o644 });
    symlinkSync(join(dotfiles, "settings.json"), join(home, "settings-link.json"));
    check(home);
    chmodSync(join(dotfiles, "settings.json"), 0o646);
    expect(() => check(home)).toThrow(`${join(dotfiles, "settings.json")} can be written by other users`);
  });

  test("a directory in it that is not moodsync's is nobody's concern", () => {
    const home = directory();
    mkdirSync(join(home, "public"));
    chmodSync(join(home, "public"), 0o777);
    check(home);
  });
});
