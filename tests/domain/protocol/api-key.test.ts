import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { formatApiKey, parseApiKey } from "../../../src/domain/protocol/api-key.ts";

const KEY = { userId: "11111111-2222-4333-8444-555555555555", secret: "ab".repeat(32) };

test("a key comes back from its text", () => {
  expect(parseApiKey(formatApiKey(KEY))).toEqual(KEY);
});

test("the checksum is zlib's CRC-32", () => {
  const text = formatApiKey(KEY);
  expect(text.slice(-8)).toBe(crc32(text.slice(0, -9)).toString(16).padStart(8, "0"));
});

test("a mistyped, cut or padded key is no key", () => {
  const text = formatApiKey(KEY);
  expect(
    [text.replace("ab", "ac"), text.slice(0, -1), `${text}\n`, text.toUpperCase(), ""].map(parseApiKey),
  ).toEqual([null, null, null, null, null]);
});
