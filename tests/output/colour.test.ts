import { expect, test } from "vitest";
import { coloursFor } from "../../src/output/colour.ts";

const terminal = { isTTY: true };

test("a terminal gets colour", () => {
  expect(coloursFor({ stream: terminal, env: { TERM: "xterm" } }).bold("x")).toBe("\u001b[1mx\u001b[22m");
  expect(coloursFor({ stream: terminal, env: { NO_COLOR: "" } }).dim("x")).toBe("\u001b[2mx\u001b[22m");
});

test.each([
  ["a pipe", { stream: {}, env: {} }],
  ["NO_COLOR", { stream: terminal, env: { NO_COLOR: "1" } }],
  ["TERM=dumb", { stream: terminal, env: { TERM: "dumb" } }],
  ["--no-color", { stream: terminal, env: {}, color: false }],
])("%s gets none", (_, given) => {
  const { bold, dim } = coloursFor(given);
  expect(bold("x") + dim("y")).toBe("xy");
});
