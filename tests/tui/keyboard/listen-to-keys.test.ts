import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Key } from "../../../src/tui/keyboard/key.ts";
import { listenToKeys } from "../../../src/tui/keyboard/listen-to-keys.ts";

/** What the keys of bytes that come in these pieces type, and the names of those that type nothing. */
async function typedBy(pieces: readonly Buffer[]) {
  const input = new PassThrough();
  const keys: Key[] = [];
  const stop = listenToKeys(input, (come) => keys.push(...come));
  for (const piece of pieces) {
    input.write(piece);
    await setImmediate();
  }
  stop();
  const text = keys.map((key) => (key.name === "text" ? key.text : "")).join("");
  return { text, others: keys.map(({ name }) => name).filter((name) => name !== "text") };
}

test.each([
  ["letters beyond ASCII", "Grüße, ñandú", "Grüße, ñandú"],
  ["what an input method composes", "今日は元気です 오늘", "今日は元気です 오늘"],
  ["signs of four bytes, joined ones and marks", "👩‍👩‍👧 🇩🇪 e\u0301", "👩‍👩‍👧 🇩🇪 e\u0301"],
  ["a paste of them", "\u001b[200~気q分\u001b[201~", "気q分"],
])("%s are typed whole, wherever their bytes are cut", async (_, sent, text) => {
  const bytes = Buffer.from(sent);
  for (let cut = 1; cut < bytes.length; cut++) {
    const typed = await typedBy([bytes.subarray(0, cut), bytes.subarray(cut)]);
    expect({ cut, ...typed }).toEqual({ cut, text, others: [] });
  }
  expect(await typedBy([...bytes].map((byte) => Buffer.of(byte)))).toEqual({ text, others: [] });
});
