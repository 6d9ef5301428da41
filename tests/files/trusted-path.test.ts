import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createDraft, draftOf } from "../../src/files/drafts.ts";
import { makePrivateDirectory } from "../../src/files/private-directory.ts";
import { requireTrustedPath } from "../../src/files/trusted-path.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const SOMEBODY = 12_002;
const isRoot = process.getuid?.() === 0;

let base: string;
let home: string;

beforeEach(() => {
  base = temporaryDirectory("trusted");
  home = join(base, "above", "home");
  mkdirSync(home, { recursive: true, mode: 0o755 });
  writeFileSync(join(home, "diary"), "", { mode: 0o600 });
});

const refusal = (path: string, why: string) => `${path} ${why}, so moodsync does not use it.`;
const OTHERS = "can be written by other users";
const FOREIGN = "belongs to another user";

describe("a path of one's own", () => {
  test("is taken, with what is not there yet, below a sticky directory that all may write, and with links", () => {
    chmodSync(join(base, "above"), 0o1777);
    symlinkSync(home, join(base, "link"));
    for (const path of [home, join(home, "diary"), join(home, "later", "on"), join(base, "link", "diary")]) {
      requireTrustedPath(path);
    }
  });

  test("is refused where others may write it or a directory above it", () => {
    for (const path of [join(home, "diary"), home, join(base, "above")]) {
      chmodSync(path, 0o777);
      expect(() => requireTrustedPath(join(home, "diary"))).toThrow(refusal(path, OTHERS));
      expect(() => requireTrustedPath(join(home, "..", "home", "diary"))).toThrow(refusal(path, OTHERS));
      chmodSync(path, 0o755);
    }
    requireTrustedPath(join(home, "diary"));
  });

  test("is refused where it is itself the sticky directory", () => {
    chmodSync(home, 0o1777);
    expect(() => requireTrustedPath(home)).toThrow(refusal(home, OTHERS));
    expect(() => requireTrustedPath(`${home}/.`)).toThrow(refusal(home, OTHERS));
    requireTrustedPath(join(home, "below"));
  });

  test("is refused where a link leads over a place of others", () => {
    const open = join(base, "open");
    mkdirSync(open);
    symlinkSync(home, join(open, "link"));
    symlinkSync(join("open", "link"), join(base, "first"));
    requireTrustedPath(join(base, "first"));
    chmodSync(open, 0o777);
    expect(() => requireTrustedPath(join(base, "first"))).toThrow(refusal(open, OTHERS));
  });

  test("may have links in a circle and a file above: who uses it says so", () => {
    symlinkSync("b", join(base, "a"));
    symlinkSync("a", join(base, "b"));
    requireTrustedPath(join(base, "a", "home"));
    requireTrustedPath("/dev/null/home");
  });
});

describe.runIf(isRoot)("another user's", () => {
  test.each(["above/home/diary", "above/home", "above"])("%s is refused", (name) => {
    chownSync(join(base, name), SOMEBODY, 0);
    expect(() => requireTrustedPath(join(home, "diary"))).toThrow(refusal(join(base, name), FOREIGN));
    if (name !== "above/home/diary") {
      expect(() => requireTrustedPath(join(home, "later"))).toThrow(refusal(join(base, name), FOREIGN));
      expect(() => makePrivateDirectory(home)).toThrow(refusal(join(base, name), FOREIGN));
    }
  });

  test("link is refused, also in a sticky directory", () => {
    symlinkSync(home, join(base, "link"));
    lchownSync(join(base, "link"), SOMEBODY, SOMEBODY);
    expect(() => requireTrustedPath(join(base, "link", "diary"))).toThrow(
      refusal(join(base, "link"), FOREIGN),
    );
  });

  test("group that may write is refused, and a group of one's own is not", () => {
    chmodSync(home, 0o775);
    requireTrustedPath(home);
    chownSync(home, 0, SOMEBODY);
    expect(() => requireTrustedPath(home)).toThrow(refusal(home, OTHERS));
  });
});

test("a draft that lies there is not taken over", () => {
  const file = join(base, "diary");
  const elsewhere = join(base, "elsewhere");
  writeFileSync(elsewhere, "as it was");
  symlinkSync(elsewhere, draftOf(file));
  const descriptor = createDraft(file);
  expect(descriptor).toBeGreaterThan(2);
  mkdirSync(draftOf(join(base, "other")));
  expect(() => createDraft(join(base, "other"))).toThrow(/EEXIST/);
});
