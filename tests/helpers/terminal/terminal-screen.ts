import { displayWidth } from "../../../src/output/display-width.ts";

/** What a terminal shows of the text that a program writes to it: the few control sequences that ours writes. Fails on
 *  any other, so that nothing unexpected reaches a user's terminal. */
export interface TerminalScreen {
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** The lines that are visible now, without trailing blanks and empty lines at the end. */
  text(): string;
  /** Which modes are on: "1049" is the other screen, "2004" bracketed paste, "25" the cursor, "7" that lines
   *  which are too long run on. */
  modes: ReadonlySet<string>;
  /** All colours and styles that were ever set, like "36". */
  styles: ReadonlySet<string>;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is read
const SEQUENCE = /^\u001b\[(\??)([\d;]*)([A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const STARTS_OF_SEQUENCES = /^\u001b(?:\[[?\d;]*)?$/;

export function createTerminalScreen(columns: number, rows: number): TerminalScreen {
  let size = { columns, rows };
  let main = blank();
  let other = blank();
  let cursor = { row: 0, column: 0 };
  let unread = "";
  const modes = new Set(["7", "25"]);
  const styles = new Set<string>();

  function blank(): string[][] {
    return Array.from({ length: size.rows }, () => []);
  }
  const shown = () => (modes.has("1049") ? other : main);

  function newLine(): void {
    if (cursor.row < size.rows - 1) cursor.row++;
    else {
      shown().shift();
      shown().push([]);
    }
  }

  function put(character: string): void {
    if (character === "\r") cursor.column = 0;
    else if (character === "\n") newLine();
    else if (character === "\b") cursor.column = Math.max(0, cursor.column - 1);
    else if (character < " ") throw new Error(`a raw control character: ${JSON.stringify(character)}`);
    else {
      if (cursor.column >= size.columns) {
        if (!modes.has("7")) return;
        cursor.column = 0;
        newLine();
      }
      const line = shown()[cursor.row]!;
      while (line.length < cursor.column) line.push(" ");
      line[cursor.column] = character;
      for (let next = 1; next < displayWidth(character); next++) line[cursor.column + next] = "";
      cursor.column += Math.max(1, displayWidth(character));
    }
  }

  function obey(isPrivate: boolean, parameters: string, command: string): void {
    const [first = 0, second = 0] = parameters.split(";").map(Number);
    if (isPrivate && command === "h") {
      modes.add(parameters);
      if (parameters === "1049") other = blank();
    } else if (isPrivate && command === "l") modes.delete(parameters);
    else if (command === "m") for (const style of parameters.split(";")) styles.add(style);
    else if (command === "H") cursor = { row: Math.max(1, first) - 1, column: Math.max(1, second) - 1 };
    else if (command === "J" && first === 2) shown().splice(0, size.rows, ...blank());
    else if (command === "K" && first === 2) shown()[cursor.row] = [];
    // Behind the last column the cursor is on it.
    else if (command === "K" && first === 0)
      shown()[cursor.row]!.splice(Math.min(cursor.column, size.columns - 1));
    else throw new Error(`an unexpected control sequence: ${JSON.stringify(parameters + command)}`);
  }

  return {
    modes,
    styles,
    write(text) {
      unread += text;
      while (unread !== "" && !STARTS_OF_SEQUENCES.test(unread)) {
        const match = SEQUENCE.exec(unread);
        if (match) obey(match[1] === "?", match[2]!, match[3]!);
        const character = match ? match[0] : String.fromCodePoint(unread.codePointAt(0)!);
        if (!match) put(character);
        unread = unread.slice(character.length);
      }
    },
    resize(newColumns, newRows) {
      size = { columns: newColumns, rows: newRows };
      const cut = (lines: string[][]) =>
        Array.from({ length: newRows }, (_, row) => (lines[row] ?? []).slice(0, newColumns));
      main = cut(main);
      other = cut(other);
      cursor = { row: Math.min(cursor.row, newRows - 1), column: 0 };
    },
    text: () =>
      shown()
        .map((line) => line.join("").trimEnd())
        .join("\n")
        .trimEnd(),
  };
}
