import stringWidth from "string-width";
import { expect, test } from "vitest";
import { displayWidth, truncate } from "../../src/output/display-width.ts";

test("every sign up to U+2fff is as wide as ink measures it, alone and before another", () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x3000; code++) {
    const sign = String.fromCharCode(code);
    for (const text of [sign, `a${sign}b`]) {
      if (displayWidth(text) !== stringWidth(text))
        wrong.push(`U+${code.toString(16)} ${displayWidth(text)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("a text of our own signs is cut like any other", () => {
  expect(truncate("▁▂▄▆█ · ● ├──●──┤ ✓", 10)).toBe("▁▂▄▆█ · ●…");
  expect(truncate("≡ − — ⠤⠒⠊", 10)).toBe("≡ − — ⠤⠒⠊");
});
