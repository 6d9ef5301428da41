import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLog } from "../../../server/observability/log.ts";

/** A file on a disk that can be full, which cuts the line that it has no room for. */
function disk() {
  const state = { text: "", isFull: false };
  const file: Writable = new Writable({
    write(chunk, _encoding, done) {
      if (state.isFull) {
        state.text += String(chunk).slice(0, 5);
        file.emit("error", Object.assign(new Error(), { code: "ENOSPC" }));
      } else state.text += chunk;
      done();
    },
  });
  return { state, file };
}

const events = (text: string) =>
  text.split("\n").flatMap((line) => (/^\{.*\}$/.test(line) ? [JSON.parse(line).msg] : []));

test("a log says that lines were lost as soon as there is room again", async () => {
  const { state, file } = disk();
  const log = await createLog(file);
  log.info("first");
  state.isFull = true;
  for (let count = 0; count < 3; count++) log.info("lost");
  state.isFull = false;
  log.info("second");
  log.info("third");
  expect(events(state.text)).toEqual(["first", "lines of this log were lost", "second", "third"]);
});

test("a reader that stops reading costs lines and not memory, and nobody waits for it", async () => {
  const waiting: (() => void)[] = [];
  let text = "";
  const pipe = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      waiting.push(done);
    },
  });
  const log = await createLog(pipe);
  for (let count = 0; count < 30_000; count++) log.info("a line of the log that nobody reads");
  expect(pipe.writableLength).toBeLessThan(1024 * 1024 + 1_000);
  const readAll = async () => {
    for (let done = waiting.shift(); done; done = waiting.shift()) {
      done();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await readAll();
  log.info("last");
  await readAll();
  expect(events(text).slice(-2)).toEqual(["lines of this log were lost", "last"]);
});

test("on a terminal requests are no news, and what went wrong is a line in words", async () => {
  const { state, file } = disk();
  const log = await createLog(Object.assign(file, { isTTY: true }));
  log.info("request", { status: 200 });
  log.error("private database ended", { code: "database_ended" });
  expect(state.text).toBe("private database ended (database_ended)\n");
});
