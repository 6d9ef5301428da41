/** One thing that was looked at. No entry, note, label or score is in it: it can be pasted where others read it. */
export interface Finding {
  /** What was looked at: "database". */
  name: string;
  /** A `note` is neither right nor wrong. */
  status: "ok" | "problem" | "note";
  text: string;
  /** What to do about a problem, as it can be typed where it is a command. */
  fix?: string;
}

export function ok(name: string, text: string): Finding {
  return { name, status: "ok", text };
}

export function note(name: string, text: string): Finding {
  return { name, status: "note", text };
}

export function problem(name: string, text: string, fix: string): Finding {
  return { name, status: "problem", text, fix };
}
