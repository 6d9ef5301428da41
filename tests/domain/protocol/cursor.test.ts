import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, START_NONCE } from "../../../src/domain/protocol/cursor.ts";

test.each([
  { seq: 0, nonce: START_NONCE, startHorizon: null },
  { seq: 42, nonce: "ab".repeat(16), startHorizon: 0 },
  { seq: 999_999_999_999_999, nonce: "ab".repeat(16), startHorizon: 7 },
])("a position comes back from its text", (position) => {
  expect(decodeCursor(encodeCursor(position))).toEqual(position);
});

test.each(["", "x", "MQ", Buffer.from(`2.1.${START_NONCE}`).toString("base64url"), "🙂", "AAAA"])(
  "the text %j is no cursor",
  (text) => {
    expect(decodeCursor(text)).toBeNull();
  },
);
