import type Database from "better-sqlite3";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { readDataVersion } from "../local/queries/data-version.ts";
import type { TerminalStyle } from "../output/terminal-style.ts";
import type { Message } from "./components/message.ts";
import { KeyListenersContext } from "./keyboard/keyboard.tsx";
import type { Terminal } from "./terminal/run-app.tsx";

/** How often the database and the settings are asked whether another process has changed them, in ms. The database
 *  answers from memory. */
const POLL_MS = 1_000;

interface Root {
  style: TerminalStyle;
  /** Grows when the database has changed. */
  dataVersion: number;
  /** To be called after a change of our own, of which SQLite does not tell, and after one of the settings. `isOwn`: the
   *  person who sits here made it; without that, it may have come from another device. */
  changed(change?: { isOwn: boolean }): void;
  /** Grows when something else than the person who sits here may have changed the database. */
  changesOfOthers: number;
  /** What the last action brought. It goes with the next key that does something, which may bring another. */
  message: Message | null;
  say(message: Message | null): void;
}

const RootContext = createContext<Root | null>(null);

export function useRoot(): Root {
  const root = useContext(RootContext);
  if (!root) throw new Error("outside of an app");
  return root;
}

export function useStyle(): TerminalStyle {
  return useRoot().style;
}

/** What all views share: how the terminal is written to, and when there is something new. */
export function AppRoot({
  db,
  terminal,
  children,
}: {
  db: Database.Database;
  terminal: Pick<Terminal, "style">;
  children: ReactNode;
}) {
  const [style, setStyle] = useState(terminal.style);
  const [dataVersion, setDataVersion] = useState(0);
  const seen = useRef<number | null>(null);
  const restyle = useCallback(() => {
    const next = terminal.style();
    setStyle((before) => (abilitiesOf(before) === abilitiesOf(next) ? before : next));
  }, [terminal]);
  const [changesOfOthers, setChangesOfOthers] = useState(0);
  const changed = useCallback(
    ({ isOwn } = { isOwn: false }) => {
      restyle();
      setDataVersion((before) => before + 1);
      if (!isOwn) setChangesOfOthers((before) => before + 1);
    },
    [restyle],
  );
  useEffect(() => {
    const poll = () => {
      restyle();
      // What the user does next says why it cannot be read.
      const found = readDataVersion(db);
      if (seen.current !== null && found !== null && seen.current !== found) changed();
      seen.current = found ?? seen.current;
    };
    poll();
    const timer = setInterval(poll, POLL_MS);
    return () => clearInterval(timer);
  }, [db, changed, restyle]);
  const [message, say] = useState<Message | null>(null);
  const listeners = useContext(KeyListenersContext);
  useEffect(() => listeners?.beforeKey(() => say(null)), [listeners]);
  const root = useMemo(
    () => ({ style, dataVersion, changed, changesOfOthers, message, say }),
    [style, dataVersion, changed, changesOfOthers, message],
  );
  return <RootContext value={root}>{children}</RootContext>;
}

function abilitiesOf({ depth, hasWeight, appearance, palette, alphabet }: TerminalStyle): string {
  return JSON.stringify([depth, hasWeight, appearance, palette, alphabet]);
}
