import { Box } from "ink";
import { useState } from "react";
import { transaction } from "../../local/storage/database.ts";
import { updateSyncConfig } from "../../local/sync-state/sync-config.ts";
import { prose } from "../../output/prose.ts";
import {
  ASK_BACK,
  BEHIND,
  KEEP_THE_KEY,
  KEY_WAS_CHANGED,
  NOT_ASKED_BACK,
  UNSEALED,
  UNSEALING,
  WHO_HAS_THE_KEY,
} from "../../output/sealing-words.ts";
import {
  formatSealingKey,
  isEndOfSealingKey,
  newSealingKey,
  type SealingKey,
} from "../../sealing/sealing-key.ts";
import { requireMaySeal, requireNoKeyInEnvironment } from "../../sync/sealed/seal-account.ts";
import { sealedAccount } from "../../sync/sealed/sealing-errors.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { problemMessage } from "../components/message.ts";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { PAGE_TOP, type PageProps } from "./page-props.ts";
import { sealingText } from "./status-lines.ts";

type RowName = "seal" | "show" | "change" | "unseal" | "back";
const FIELD_KEYS = [
  ["Enter", "go on"],
  ["Esc", "change nothing"],
] as const;
const SHOWN_KEYS = [["any key", "hides it"]] as const;
const SHOW_QUESTION = "Show the sealing key here? Whoever looks at this screen can read it.";
const CHANGE_QUESTION =
  "Seal everything anew with another key? Your other devices sync again once you have given them the new one. The page Keys revokes the API key of a lost one first.";
const WORD = "unseal";
/** The sentence above the rows, and the blank line below it. */
const HEAD_ROWS = 2;

/** What is on the screen in place of the rows. */
type Step =
  | { at: "rows" }
  | { at: "shown"; key: SealingKey }
  | { at: "offered"; key: SealingKey; isNew: boolean }
  | { at: "unsealing" };

/** Behind the row Sealing: seal the account, see its key, change it, or let the server read again. */
export function SealingRows(props: Omit<PageProps, "unsaved" | "height" | "changed"> & { onClose(): void }) {
  const { device, snapshot, actions, width, say, ask, onClose } = props;
  const style = useStyle();
  const [step, setStep] = useState<Step>({ at: "rows" });
  const isSealed = snapshot.status.sealed !== null;
  const rows: RowName[] = isSealed ? ["show", "change", "unseal", "back"] : ["seal", "back"];
  const selection = useSelection(rows, (row) => row - PAGE_TOP - HEAD_ROWS);
  const selected = rows[selection.index]!;

  function offerKey(): void {
    actions.run("Asking the server", async (signal) => {
      if (isSealed) requireNoKeyInEnvironment(device);
      await requireMaySeal(device, { signal });
      setStep({ at: "offered", key: newSealingKey(), isNew: !isSealed });
      return null;
    });
  }

  function show(): void {
    actions.run("Reading the key", async () => {
      const [key] = await device.sealingKeys.readAll();
      if (!key) return problemMessage(sealedAccount());
      noteShown();
      setStep({ at: "shown", key });
      return null;
    });
  }

  function noteShown(): void {
    const { db } = device;
    transaction(db, () => updateSyncConfig(db, { keyShownAtMs: device.nowMs() }));
  }

  function act(row: RowName): void {
    if (row === "seal") offerKey();
    else if (row === "show") ask({ text: SHOW_QUESTION, onYes: show });
    else if (row === "change") ask({ text: CHANGE_QUESTION, onYes: offerKey });
    else if (row === "unseal") setStep({ at: "unsealing" });
    else onClose();
  }

  function confirmKey({ key, isNew }: { key: SealingKey; isNew: boolean }, typed: string): void {
    if (!isEndOfSealingKey(typed, key)) {
      say({ tone: "problem", text: NOT_ASKED_BACK });
      return;
    }
    setStep({ at: "rows" });
    noteShown();
    actions.found(
      { key },
      isNew
        ? `The account is sealed. ${BEHIND}`
        : `The key is changed. ${KEY_WAS_CHANGED} Page 5 revokes the API key of a lost device.`,
    );
  }

  function confirmUnsealing(typed: string): void {
    setStep({ at: "rows" });
    if (typed.trim() === WORD) actions.found({ key: null }, UNSEALED);
    else say({ tone: "note", text: "The account stays sealed." });
  }

  function leave(): void {
    setStep({ at: "rows" });
    say({ tone: "note", text: "Nothing was changed." });
  }

  useKeys(
    "view",
    (key) => {
      if (selection.onKey(key)) return true;
      if (key.name === "enter") act(selected);
      else if (key.name === "escape") onClose();
      else return false;
      return true;
    },
    { isActive: step.at === "rows" },
  );

  const lines = (text: string) => prose(text, width - 4, style).map((line) => style.line("  ", line));
  const keyLines = (key: SealingKey) => [
    style.line(),
    style.line("    ", style.bold(formatSealingKey(key))),
    style.line(),
    ...lines(WHO_HAS_THE_KEY),
  ];
  const field = (name: string, onLeave: (text: string) => void) => (
    <Row name={name} isSelected width={width}>
      <TextField
        initial=""
        width={width - ROW_INDENT - 1}
        keys={FIELD_KEYS}
        onLeave={onLeave}
        onCancel={leave}
      />
    </Row>
  );
  switch (step.at) {
    case "shown":
      return (
        <Box flexDirection="column">
          <Lines lines={[...lines("This is the sealing key of the account."), ...keyLines(step.key)]} />
          <AnyKey onKey={() => setStep({ at: "rows" })} />
        </Box>
      );
    case "offered":
      return (
        <Box flexDirection="column">
          <Lines
            lines={[...lines(KEEP_THE_KEY), ...keyLines(step.key), style.line(), ...lines(`${ASK_BACK}:`)]}
          />
          {field("Last five", (typed) => confirmKey(step, typed))}
        </Box>
      );
    case "unsealing":
      return (
        <Box flexDirection="column">
          <Lines lines={[...lines(UNSEALING), style.line(), ...lines(`Type ${WORD} to go on:`)]} />
          {field("The word", confirmUnsealing)}
        </Box>
      );
    case "rows":
  }
  const action = (name: RowName, title: string, what: string) => (
    <Row key={name} name={title} {...{ width }} isSelected={selected === name} value={[style.dim(what)]} />
  );
  return (
    <Box flexDirection="column">
      <Lines lines={[...lines(`Sealing is ${sealingText(snapshot.status)}.`), style.line()]} />
      {isSealed
        ? action("show", "Show the key", "asks first; for another device, or to be written down")
        : null}
      {isSealed ? action("change", "Change the key", "as after a device was lost") : null}
      {isSealed ? action("unseal", "Unseal", "the server can read everything again") : null}
      {isSealed ? null : action("seal", "Seal this account", "shows a new key first, to be written down")}
      {action("back", "Back", "to the connection")}
    </Box>
  );
}

/** Hides what others should not see at the first key, whatever it is. */
function AnyKey({ onKey }: { onKey: () => void }) {
  useKeys(
    "field",
    () => {
      onKey();
      return true;
    },
    { keys: SHOWN_KEYS },
  );
  return null;
}
