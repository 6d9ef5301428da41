import { useState } from "react";
import type { ConnectionDraft } from "./connection-draft.ts";

/** What was typed on the page Connection and is not stored yet; it outlives the page and the view. */
export interface UnsavedConnection {
  typed: Partial<ConnectionDraft>;
  hasTyped(): boolean;
  setTyped(change: (before: Partial<ConnectionDraft>) => Partial<ConnectionDraft>): void;
}

/** For the app that holds it, also the question whether to leave all the same; null: nothing is unsaved. */
export function useUnsavedConnection(): { unsaved: UnsavedConnection; leaveQuestion: string | null } {
  const [typed, setTyped] = useState<Partial<ConnectionDraft>>({});
  const leaveQuestion =
    Object.keys(typed).length === 0
      ? null
      : "What you typed on the Connection page of the settings is not saved. Leave anyway?";
  const hasTyped = () => Object.keys(typed).length > 0;
  return { unsaved: { typed, hasTyped, setTyped }, leaveQuestion };
}
