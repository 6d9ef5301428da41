import { type Key, keyOfCharacter, keyOfSequence } from "./key.ts";

/** Turns what a terminal sends into keys, however it is cut into pieces. */
export interface KeyReader {
  /** The keys that a piece of text completes. */
  read(piece: string): Key[];
  /** Whether an escape character has come that may be the key or the begin of a sequence. */
  isEscapeOpen(): boolean;
  /** Decides, when nothing followed for a while, that it was the key. */
  endEscape(): Key[];
}

/** What the characters so far belong to. "escaped" is after an Escape that was taken for the key. */
type State = "text" | "escape" | "escaped" | "sequence" | "ss3" | "string" | "string end" | "mouse";

const ESCAPE = "\u001b";
const BELL = "\u0007";
const PASTE_BEGINS = "\u001b[200~";
const PASTE_ENDS = "\u001b[201~";
/** An old terminal's report of the mouse, which three characters follow. */
const MOUSE = "\u001b[M";
const MOUSE_CHARACTERS = 3;
/** After an escape character: operating system command, device control, application program command, privacy message,
 *  start of string. A text follows until the string terminator. */
const STRING_BEGINS = "]P_^X";
/** What also begins an answer whose escape character came so long before that it was taken for the key: none of these
 *  does anything as the first key after Escape. */
const BEGINS_LATE = "[]P_\\";

/** Terminals answer questions that another program asked, and an answer holds digits and letters which must not act as
 *  keys, whole or cut anywhere. A control character ends an answer that does not end by itself. */
export function createKeyReader(): KeyReader {
  let state: State = "text";
  let sequence = "";
  let pasted: string | null = null;

  function take(character: string): Key | null {
    if (character === ESCAPE && state !== "mouse") {
      sequence = state === "escape" ? ESCAPE + ESCAPE : ESCAPE;
      state = state === "string" ? "string end" : "escape";
      return null;
    }
    switch (state) {
      case "text":
        return plain(character);
      case "escape":
      case "string end":
        return afterEscape(character);
      case "escaped":
        state = "text";
        return BEGINS_LATE.includes(character) ? afterEscape(character) : plain(character);
      case "ss3":
        return endSequence(character);
      case "sequence":
        return inSequence(character);
      case "string":
        if (character === BELL) state = "text";
        return character < " " && character !== BELL ? begunAnew(character) : null;
      case "mouse":
        sequence += character;
        if (sequence.length >= MOUSE.length + MOUSE_CHARACTERS) state = "text";
        return null;
    }
  }

  function plain(character: string): Key | null {
    if (pasted === null) return keyOfCharacter(character);
    pasted += character;
    return null;
  }

  function begunAnew(character: string): Key | null {
    state = "text";
    return plain(character);
  }

  function afterEscape(character: string): Key | null {
    if (character < " ") return begunAnew(character);
    sequence += character;
    if (character === "[") state = "sequence";
    else if (character === "O") state = "ss3";
    else state = STRING_BEGINS.includes(character) ? "string" : "text";
    return null;
  }

  function inSequence(character: string): Key | null {
    if (character < " " || character > "~") return begunAnew(character);
    // Linux sends "[[A" for F1.
    const isOpen = character < "@" || (character === "[" && sequence.endsWith("[") && sequence.length === 2);
    if (!isOpen) return endSequence(character);
    sequence += character;
    return null;
  }

  function endSequence(character: string): Key | null {
    sequence += character;
    state = sequence === MOUSE ? "mouse" : "text";
    if (sequence === PASTE_BEGINS) pasted = "";
    else if (sequence === PASTE_ENDS) return endPaste();
    return pasted === null ? keyOfSequence(sequence) : null;
  }

  function endPaste(): Key | null {
    const text = pasted;
    pasted = null;
    return text ? { name: "text", text, isPasted: true } : null;
  }

  return {
    read: (piece) => Array.from(piece, take).filter((key) => key !== null),
    isEscapeOpen: () => state === "escape",
    endEscape() {
      if (state !== "escape") return [];
      state = "escaped";
      sequence = ESCAPE;
      return pasted === null ? [{ name: "escape" }] : [];
    },
  };
}
