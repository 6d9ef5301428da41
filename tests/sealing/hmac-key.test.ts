import { createHmac, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { HmacKey } from "../../src/sealing/hmac-key.ts";

test("is Node's HMAC-SHA-256 of any message, long before short", () => {
  const bytes = randomBytes(32);
  const key = new HmacKey(bytes);
  for (const length of [0, 1, 46, 55, 56, 63, 64, 65, 512, 2048, 2049, 98_350, 17]) {
    const message = randomBytes(length);
    const expected = createHmac("sha256", bytes).update(message).digest("hex");
    key.room(length).set(message);
    expect([length, key.hexOfRoom(length)]).toEqual([length, expected]);
  }
});

test("is that of a text in UTF-8", () => {
  const bytes = randomBytes(32);
  for (const text of ["", "Activity\0run", "läuft 🏃", "é".repeat(2_000)]) {
    const expected = createHmac("sha256", bytes).update(text).digest("hex");
    expect(new HmacKey(bytes).hexOf(text)).toBe(expected);
  }
});

test("is shown by nothing that prints it", () => {
  const key = new HmacKey(Buffer.alloc(32, 0xab));
  expect(inspect(key, { showHidden: true, depth: 5 })).toBe("HmacKey {}");
  expect(JSON.stringify(key)).toBe("{}");
});
