import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  formatSealingKey,
  isEndOfSealingKey,
  newSealingKey,
  parseSealingKey,
  readSealingKey,
} from "../../src/sealing/sealing-key.ts";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("a new key is another one each time, and its text leads back to it", () => {
  const [a, b] = [newSealingKey(), newSealingKey()];
  expect(a.reveal().equals(b.reveal())).toBe(false);
  const text = formatSealingKey(a);
  expect(text).toMatch(/^SEAL1(-[0-9A-HJKMNP-TV-Z]{5}){6}$/);
  expect(parseSealingKey(text)!.reveal()).toEqual(a.reveal());
});

test("no single typo and no transposition of neighbours passes", () => {
  const text = formatSealingKey(newSealingKey());
  const symbols = [...text.slice(6).replaceAll("-", "")];
  const read = (changed: string[]) => parseSealingKey(`SEAL1${changed.join("")}`);
  expect(read(symbols)).not.toBeNull();
  let typos = 0;
  for (const [at, symbol] of symbols.entries()) {
    for (const other of SYMBOLS) {
      if (other === symbol) continue;
      typos++;
      expect(read(symbols.with(at, other))).toBeNull();
    }
    const next = symbols[at + 1];
    if (next === undefined || next === symbol) continue;
    expect(read(symbols.with(at, next).with(at + 1, symbol))).toBeNull();
  }
  expect(typos).toBe(930);
});

test("a key prints as [redacted] wherever it gets", () => {
  const key = newSealingKey();
  const { digits } = { digits: key.reveal().toString("hex") };
  const printed = [
    `${key}`,
    JSON.stringify({ key }),
    inspect({ key }, { showHidden: true, depth: 5 }),
    String(key),
  ];
  for (const text of printed) {
    expect(text).toContain("[redacted]");
    expect(text).not.toContain(digits.slice(0, 8));
    expect(text).not.toContain(formatSealingKey(key).slice(6, 11));
  }
});

test.each([
  ["msk_8c1f0b6e2d3a4c5b", "That is an API key; the sealing key begins with SEAL1."],
  [
    "SEAL1-000G4",
    "That is no sealing key, or it was mistyped; it begins with SEAL1 and has six groups of five characters.",
  ],
])("says what is wrong with %s, without repeating it", (typed, message) => {
  expect(() => readSealingKey(typed)).toThrow(expect.objectContaining({ code: "invalid_input", message }));
});

test("its end is taken as freely as the key, and nothing but its end", () => {
  const key = newSealingKey();
  const end = formatSealingKey(key).slice(-5);
  for (const typed of [end, ` ${end.toLowerCase()} `, end.replaceAll("0", "o").replaceAll("1", "l")]) {
    expect(isEndOfSealingKey(typed, key)).toBe(true);
  }
  for (const typed of ["", end.slice(1), `${end}0`, formatSealingKey(key)]) {
    expect(isEndOfSealingKey(typed, key)).toBe(false);
  }
});
