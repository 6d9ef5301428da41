import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, contentHash, tombstoneHash } from "../../../src/domain/versions/canonical.ts";

// The example of RFC 8785, section 3.2.2.
test("canonical JSON is that of RFC 8785", () => {
  const given = {
    numbers: [JSON.parse("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  expect(canonicalJson(given)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("keys are sorted by UTF-16 code units", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
  const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"];
  expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 1])))).toBe(
    `{${sorted.map((key) => `${JSON.stringify(key)}:1`).join(",")}}`,
  );
});

test("the order of keys does not change the hash", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const reversed = Object.fromEntries(Object.entries(fields).reverse());
      expect(contentHash(reversed)).toBe(contentHash(fields));
    }),
  );
});

test("tombstones of two entity types hash differently", () => {
  const id = "11111111-1111-4111-8111-111111111111";
  expect(tombstoneHash("MoodEntry", id, "2026-03-02T20:00:00.000Z")).toMatch(/^[0-9a-f]{16}$/);
  expect(tombstoneHash("MoodEntry", id, "2026-03-02T20:00:00.000Z")).not.toBe(
    tombstoneHash("Activity", id, "2026-03-02T20:00:00.000Z"),
  );
});
