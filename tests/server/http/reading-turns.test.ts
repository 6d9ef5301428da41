import { expect, test } from "vitest";
import { createReadingTurns, type Reader } from "../../../server/http/reading-turns.ts";

/** Connections by name (`a1` is one of sender `a`) that have so many parts to read; and what is read in each turn of the
 *  event loop. */
async function readInTurn(parts: Record<string, number>): Promise<string[]> {
  const turns = createReadingTurns();
  let read: string[] = [];
  for (const [name, count] of Object.entries(parts)) {
    let left = count;
    const reader: Reader = {
      sender: name[0]!,
      readPart() {
        read.push(name);
        left -= 1;
        if (left > 0) turns.enter(reader);
      },
    };
    turns.enter(reader);
    turns.enter(reader); // as each event of a socket does
  }
  const byTurn = [];
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (read.length === 0) return byTurn;
    byTurn.push(read.join(" "));
    read = [];
  }
}

test("in each turn one connection of each sender is read, and its connections take turns", async () => {
  expect(await readInTurn({ a1: 2, a2: 1, a3: 1, b1: 2, c1: 1 })).toEqual(["a1 b1 c1", "a2 b1", "a3", "a1"]);
});

test("of many senders eight are read in a turn, and the others before those come again", async () => {
  const parts = Object.fromEntries([..."abcdefghij"].map((sender) => [`${sender}1`, 2]));
  expect(await readInTurn(parts)).toEqual([
    "a1 b1 c1 d1 e1 f1 g1 h1",
    "i1 j1 a1 b1 c1 d1 e1 f1",
    "g1 h1 i1 j1",
  ]);
});
