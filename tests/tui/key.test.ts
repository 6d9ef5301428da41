import { describe, expect, test } from "vitest";
import { createKeyReader } from "../../src/tui/keyboard/key.ts";

const typed = (text: string) => ({ name: "text", text, isPasted: false });

describe("the key reader", () => {
  test("takes fast typing apart, Enter and controls included", () => {
    expect(createKeyReader()("a1\r\u0015\u007f\té")).toEqual([
      typed("a"),
      typed("1"),
      { name: "enter" },
      { name: "control", letter: "u" },
      { name: "backspace" },
      { name: "tab" },
      typed("é"),
    ]);
  });

  test("knows the arrows of both cursor modes, and ignores keys that do nothing here", () => {
    const read = createKeyReader();
    expect([...read("\u001b[A"), ...read("\u001bOB"), ...read("\u001b[3~"), ...read("\u001b")]).toEqual([
      { name: "up" },
      { name: "down" },
      { name: "delete" },
      { name: "escape" },
    ]);
    expect(read("\u001b[15~")).toEqual([]);
    expect(read("\u001bx")).toEqual([]);
  });

  test("makes one text of what is pasted, however it is cut, and obeys nothing in it", () => {
    const read = createKeyReader();
    expect(read("\u001b[200~")).toEqual([]);
    expect(read("first\r")).toEqual([]);
    expect(read("\u001b[A")).toEqual([]);
    expect(read("second")).toEqual([]);
    expect(read("\u001b[201~")).toEqual([{ name: "text", text: "first\rsecond", isPasted: true }]);
    expect(read("q")).toEqual([typed("q")]);
  });
});
