import { EventEmitter } from "node:events";

/** The part of a terminal's output that is used. */
export interface TerminalOutput {
  columns?: number;
  rows?: number;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** What ink draws to: it takes every frame as one text. */
export interface FrameStream extends EventEmitter {
  readonly columns: number;
  readonly rows: number;
  write(frame: string): boolean;
}

/** The terminal's other screen, which leaves what was there before as it was. */
export interface Screen {
  stream: FrameStream;
  enter(): void;
  /** Enters again and paints everything, after another program has used the terminal. */
  redraw(): void;
  /** Gives the terminal back; the second time does nothing. */
  leave(): void;
}

/** The other screen, bracketed paste, no cursor, and no line that runs on in the next: just after a resize a frame may
 *  be too wide. */
const ENTER = "\u001b[?1049h\u001b[?2004h\u001b[?25l\u001b[?7l\u001b[2J";
/** Reports of the mouse: presses and the wheel, in digits. They are ended whether or not they were wanted. */
const MOUSE = "\u001b[?1000h\u001b[?1006h";
const LEAVE = "\u001b[?1006l\u001b[?1000l\u001b[?2004l\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
/** What is between them appears at once, where the terminal knows these marks. */
const BEGIN_FRAME = "\u001b[?2026h";
const END_FRAME = "\u001b[?2026l";

/** A screen that paints the lines which differ from those that are there. Ink's own way of drawing erases upwards from
 *  the last line, which leaves remains after a resize, and empties the scrollback when a frame fills the screen. */
export function createScreen(output: TerminalOutput, { hasMouse = false } = {}): Screen {
  const begin = hasMouse ? ENTER + MOUSE : ENTER;
  let painted: string[] = [];
  let lastFrame = "";
  let isEntered = false;
  const size = () => ({ columns: output.columns || 80, rows: output.rows || 24 });

  const stream = Object.defineProperties(new EventEmitter(), {
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
    write: { value: paint },
  }) as FrameStream;

  function paint(frame: string): boolean {
    if (!isEntered || frame === "") return true;
    lastFrame = frame;
    const given = styledText(frame).split("\n");
    const lines = Array.from({ length: size().rows }, (_, row) => given[row] ?? "");
    const changed = lines
      .map((line, row) => (line === painted[row] ? "" : `\u001b[${row + 1};1H\u001b[2K${line}`))
      .join("");
    painted = lines;
    if (changed !== "") output.write(`${BEGIN_FRAME}${changed}${END_FRAME}`);
    return true;
  }

  function onResize(): void {
    painted = [];
    output.write("\u001b[2J");
    stream.emit("resize");
  }

  return {
    stream,
    enter() {
      isEntered = true;
      output.write(begin);
      output.on("resize", onResize);
    },
    redraw() {
      if (!isEntered) return;
      painted = [];
      output.write(begin);
      paint(lastFrame);
    },
    leave() {
      if (!isEntered) return;
      isEntered = false;
      output.off("resize", onResize);
      output.write(LEAVE);
    },
  };
}

/** A frame without anything that acts on the terminal but style: ink passes on what it does not know. */
function styledText(frame: string): string {
  return frame.replace(STYLE_OR_CONTROL, (found) => (found.endsWith("m") ? found : ""));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how styles begin
const STYLE_OR_CONTROL = /\u001b\[[\d;]{0,40}m|(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;
