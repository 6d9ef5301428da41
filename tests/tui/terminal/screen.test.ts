import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { createScreen } from "../../../src/tui/terminal/screen.ts";
import { createTerminalScreen } from "../../helpers/terminal/terminal-screen.ts";

function openScreen() {
  const terminal = createTerminalScreen(10, 4);
  let written = "";
  const output = Object.assign(new EventEmitter(), {
    columns: 10,
    rows: 4,
    write: (text: string) => {
      written += text;
      terminal.write(text);
    },
  });
  const screen = createScreen(output);
  return {
    screen,
    terminal,
    output,
    takeWritten: () => {
      const taken = written;
      written = "";
      return taken;
    },
  };
}

describe("the screen", () => {
  test("writes only the lines that differ from those that are there", () => {
    const { screen, terminal, takeWritten } = openScreen();
    screen.enter();
    screen.stream.write("one\ntwo\nthree");
    expect(terminal.text()).toBe("one\ntwo\nthree");
    takeWritten();
    screen.stream.write("one\n2\nthree");
    expect(terminal.text()).toBe("one\n2\nthree");
    expect(takeWritten()).not.toContain("three");
    screen.stream.write("one\n2\nthree");
    expect(takeWritten()).toBe("");
  });

  test("leaves nothing of a longer frame, and cuts off what has no room", () => {
    const { screen, terminal } = openScreen();
    screen.enter();
    screen.stream.write("1\n2\n3\n4\n5");
    expect(terminal.text()).toBe("1\n2\n3\n4");
    screen.stream.write("a");
    expect(terminal.text()).toBe("a");
  });

  test("fills a line to the last column without losing its last character", () => {
    const { screen, terminal } = openScreen();
    screen.enter();
    screen.stream.write("0123456789\nabcdefghij");
    expect(terminal.text()).toBe("0123456789\nabcdefghij");
  });

  test("paints everything anew after a resize, and tells ink of it", () => {
    const { screen, terminal, output } = openScreen();
    let resizes = 0;
    screen.stream.on("resize", () => resizes++);
    screen.enter();
    screen.stream.write("one\ntwo");
    terminal.write("\u001b[2J");
    output.emit("resize");
    screen.stream.write("one\ntwo");
    expect(terminal.text()).toBe("one\ntwo");
    expect(resizes).toBe(1);
  });

  test("gives the terminal back once, with what it showed before, and writes nothing after", () => {
    const { screen, terminal, takeWritten, output } = openScreen();
    terminal.write("$ moodsync");
    screen.enter();
    screen.stream.write("frame");
    expect([...terminal.modes].sort()).toEqual(["1049", "2004"].sort());
    screen.leave();
    expect([...terminal.modes].sort()).toEqual(["25", "7"]);
    expect(terminal.text()).toBe("$ moodsync");
    takeWritten();
    screen.leave();
    screen.stream.write("late");
    expect(takeWritten()).toBe("");
    expect(output.listenerCount("resize")).toBe(0);
  });

  test("asks for the mouse where it is wanted, and for nothing after", () => {
    const { terminal, output } = openScreen();
    const screen = createScreen(output, { hasMouse: true });
    screen.enter();
    expect([...terminal.modes]).toEqual(expect.arrayContaining(["1000", "1006"]));
    screen.leave();
    expect([...terminal.modes].sort()).toEqual(["25", "7"]);
  });

  test("leaves styles of 24 bit, and nothing else that acts on the terminal", () => {
    const { screen, terminal, takeWritten } = openScreen();
    screen.enter();
    takeWritten();
    screen.stream.write("\u001b[48;2;255;255;255;38;2;255;255;255;1ma\u001b[0m\u001b]0;title\u0007b\u202e");
    expect(terminal.text()).toBe("a]0;titleb");
    expect(takeWritten()).toContain("\u001b[48;2;255;255;255;38;2;255;255;255;1ma");
  });
});
