import { createElement } from "react";
import { expect, test } from "vitest";
import { runApp } from "../../../src/tui/terminal/run-app.tsx";
import { openTestTerminal } from "../../helpers/terminal/test-terminal.ts";

function Broken(): never {
  throw new Error("while rendering");
}

test("an app that fails while it renders gives the terminal back, and passes the error on", async () => {
  const terminal = openTestTerminal();
  await expect(runApp(createElement(Broken), terminal)).rejects.toThrow("while rendering");
  expect(terminal.isRaw()).toBe(false);
  expect([...terminal.screen.modes].sort()).toEqual(["25", "7"]);
  expect(terminal.screen.text()).toBe("");
});
