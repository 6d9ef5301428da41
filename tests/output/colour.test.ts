import { expect, test } from "vitest";
import { coloursFor } from "../../src/output/colour.ts";

const terminal = { isTTY: true };

test.each([
  ["xterm", { TERM: "xterm" }],
  ["an empty NO_COLOR", { NO_COLOR: "" }],
])("a terminal gets bold text: %s", (_, env) => {
  expect(coloursFor({ stream: terminal, env }).bold("x")).toEqual({ style: "bold", text: "x" });
});

test.each([
  ["a pipe", { stream: {}, env: {} }],
  ["NO_COLOR", { stream: terminal, env: { NO_COLOR: "1" } }],
  ["TERM=dumb", { stream: terminal, env: { TERM: "dumb" } }],
  ["--no-color", { stream: terminal, env: {}, color: false }],
])("%s gets none", (_, given) => {
  expect(coloursFor(given).bold("x")).toBe("x");
});
