import { expect, test } from "vitest";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";
import { createDevice } from "../helpers/device/device.ts";

const API_KEY = formatApiKey({
  userId: "0b000000-0000-4000-8000-000000000001",
  secret: "5e".repeat(32),
});

test.each([
  ["Ctrl+C", "\u0003"],
  ["Ctrl+C after a part of the key", "msk_\u0003"],
  ["Ctrl+D", "\u0004"],
])("%s at the question for the key ends the command, and nothing is stored", async (_, input) => {
  const device = createDevice();
  const enabled = await device.run(["sync", "enable", "http://127.0.0.1:9"], { input, terminal: true });
  expect(enabled).toEqual({ code: 130, stdout: "", stderr: "API key: \nNothing was entered.\n" });
  expect(await device.json(["sync", "status"])).toMatchObject({ enabled: false, key_place: null });
});

test.each([
  ["backspace takes a whole emoji", `👨‍👩‍👧\u007f${API_KEY}\r`],
  ["an answer of the terminal is no part of it", `\u001b]11;rgb:1e1e/2e2e\u001b\\${API_KEY}\r`],
  ["it can be pasted with its newline", `\u001b[200~${API_KEY}\n\u001b[201~\r`],
])("of a key that is typed unseen, %s", async (_, input) => {
  const device = createDevice();
  const enabled = await device.run(["sync", "enable", "http://127.0.0.1:9"], { input, terminal: true });
  expect(enabled).toMatchObject({ code: 6 }); // the key was whole, and nobody listens there
});

test.each([
  ["The end of the input", "", "Nothing was deleted.\n"],
  ["Enter", "\n", "Nothing was deleted.\n"],
  ["Another word", "yesterday\n", "Nothing was deleted.\n"],
])("%s at the question whether to delete deletes nothing", async (_, input, sentence) => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  const result = await device.run(["delete", "@last"], { input, terminal: true });
  expect(result).toMatchObject({ code: 1, stdout: "" });
  expect(result.stderr.endsWith(sentence)).toBe(true);
  expect(await device.json(["list"])).toHaveLength(1);
});
