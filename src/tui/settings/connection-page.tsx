import { hostname } from "node:os";
import { Box } from "ink";
import { useState } from "react";
import { verbatim } from "../../output/terminal-style.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { readSealingKey } from "../../sealing/sealing-key.ts";
import { NO_SEALING } from "../../sync/enable-sync.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { type Leaving, TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { type Key, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { type ConnectionDraft, draftOf, problemOf, type TypedField } from "./connection-draft.ts";
import { PAGE_TOP, type PageProps } from "./page-props.ts";
import { SealingRows } from "./sealing-rows.tsx";
import { keyText, sealingKeyText, sealingText } from "./status-lines.ts";

type RowName = TypedField | "insecure" | "sealing" | "connect" | "test" | "sync" | "accept" | "disable";
const FIELD_KEYS = [
  ["Enter", "keep until it is saved"],
  ["Esc", "cancel"],
] as const;
const DISABLE_QUESTION = "Turn sync off and forget the key? All data stays on this device and on the server.";
const ACCEPT_QUESTION =
  "Delete here what was deleted on another device? That is more than half of the entries. History keeps all of them.";
const MERGE_QUESTION =
  "This key belongs to another account than the data on this device. Join this device's data with that account?";

/** Enter or change the server, the key and this device's name, try them, and turn sync on or off. */
export function ConnectionPage({ device, snapshot, actions, unsaved, width, say, ask }: PageProps) {
  const { config, status, areDeletionsStopped, lacksSealingKey } = snapshot;
  const style = useStyle();
  const { typed, setTyped } = unsaved;
  const [edited, setEdited] = useState<{ field: TypedField; initial: string } | null>(null);
  const stored = draftOf(config, hostname() || "this device");
  const draft = { ...stored, ...typed };
  const isChanged = Object.keys(typed).length > 0;
  const [isSealedThere, setIsSealedThere] = useState(false);
  const [isSealingOpen, setIsSealingOpen] = useState(false);
  const takesSealingKey =
    isSealedThere || lacksSealingKey || status.sealed?.key_place === null || draft.sealingKey !== "";
  const fields: RowName[] = [
    "url",
    "apiKey",
    ...(takesSealingKey ? (["sealingKey"] as const) : []),
    "label",
    "insecure",
  ];
  const rows: RowName[] = [...fields, "connect", "test"];
  if (status.enabled)
    rows.push("sync", ...(areDeletionsStopped ? (["accept"] as const) : []), "sealing", "disable");
  const selection = useSelection(rows, (row) => rowAt(row, fields.length));
  const selected = rows[selection.index]!;

  function type<F extends keyof ConnectionDraft>(field: F, value: ConnectionDraft[F]): void {
    setTyped(({ [field]: _, ...others }) =>
      value === stored[field] ? (others as Partial<ConnectionDraft>) : { ...others, [field]: value },
    );
  }

  function leave(text: string, leaving: Leaving): void {
    const { field } = edited!;
    const next = { ...draft, [field]: text.trim() };
    type(field, text.trim());
    setEdited(null);
    const problem = problemOf(next, field);
    say(problem);
    if (!problem) selection.select(selection.index + (leaving === "previous" ? -1 : 1));
  }

  function asked() {
    const { url, allowInsecureHttp } = draft;
    return { url, allowInsecureHttp, apiKey: draft.apiKey === "" ? null : draft.apiKey };
  }

  function connect(mergeIntoThisAccount: boolean): void {
    const key = draft.sealingKey === "" ? null : readSealingKey(draft.sealingKey);
    const sealing = { ...NO_SEALING, key };
    actions.connect({ ...asked(), label: draft.label, mergeIntoThisAccount, sealing }, (failure) => {
      setIsSealedThere(failure?.code === "sealed_account" || failure?.code === "wrong_sealing_key");
      // What was typed since is not stored.
      if (!failure) setTyped((now) => (now === typed ? {} : now));
      else if (failure.code === "other_account") ask({ text: MERGE_QUESTION, onYes: () => connect(true) });
    });
  }

  function act(row: RowName): void {
    const problem = row === "connect" || row === "test" ? firstProblem(draft) : null;
    if (problem) say(problem);
    else if (isTyped(row)) setEdited({ field: row, initial: draft[row] });
    else if (row === "insecure") type("allowInsecureHttp", !draft.allowInsecureHttp);
    else if (row === "sealing") setIsSealingOpen(true);
    else if (row === "connect") connect(false);
    else if (row === "test") actions.test(asked());
    else if (row === "sync") actions.sync();
    else if (row === "accept")
      ask({ text: ACCEPT_QUESTION, onYes: () => actions.sync({ acceptDeletions: true }) });
    else ask({ text: DISABLE_QUESTION, onYes: disable });
  }

  function disable(): void {
    setTyped(() => ({}));
    actions.disable();
  }

  const onKey = (key: Key) => {
    if (selection.onKey(key)) return true;
    if (key.name === "enter") {
      act(selected);
      return true;
    }
    // Here it is what was typed that is tested.
    if (letterOf(key) === "t") {
      act("test");
      return true;
    }
    if (letterOf(key) === " " && selected === "insecure") {
      act(selected);
      return true;
    }
    if (key.name === "text" && key.isPasted && isTyped(selected)) {
      setEdited({ field: selected, initial: key.text.trim() });
      return true;
    }
    if (key.name === "escape" && isChanged) {
      ask({ text: "Discard what you typed here and have not saved?", onYes: () => setTyped(() => ({})) });
      return true;
    }
    return false;
  };
  useKeys("view", onKey, { isActive: !isSealingOpen });
  if (isSealingOpen) {
    const onClose = () => setIsSealingOpen(false);
    return <SealingRows {...{ device, snapshot, actions, width, say, ask, onClose }} />;
  }

  const values: Record<TypedField, string> = {
    url: draft.url === "" ? "none yet, like https://mood.example.org" : singleLine(draft.url),
    apiKey: draft.apiKey === "" ? keyText(status.key_place) : "typed, not saved yet",
    sealingKey: draft.sealingKey === "" ? sealingKeyText(status) : "typed, not saved yet",
    label: singleLine(draft.label),
  };
  const field = (name: TypedField, title: string) => (
    <Row
      key={name}
      name={title}
      {...{ width }}
      isSelected={selected === name}
      value={[
        problemOf(draft, name) ? style.inverse(style.glyphs.problem) : "",
        problemOf(draft, name) ? " " : "",
        verbatim(values[name]),
      ]}
    >
      {edited?.field === name ? (
        <TextField
          initial={edited.initial}
          masked={name === "apiKey" || name === "sealingKey"}
          width={width - ROW_INDENT - 1}
          keys={FIELD_KEYS}
          onLeave={leave}
          onCancel={() => setEdited(null)}
        />
      ) : null}
    </Row>
  );
  const action = (name: RowName, title: string, what: string) => (
    <Row key={name} name={title} {...{ width }} isSelected={selected === name} value={[style.dim(what)]} />
  );
  return (
    <Box flexDirection="column">
      {field("url", "Server")}
      {field("apiKey", "API key")}
      {takesSealingKey ? field("sealingKey", "Sealing key") : null}
      {field("label", "This device")}
      <Row
        name="Plain http"
        {...{ width }}
        isSelected={selected === "insecure"}
        value={[draft.allowInsecureHttp ? "allowed, on a network that you trust" : "refused"]}
      />
      <Lines lines={[style.line()]} />
      {action("connect", status.enabled ? "Save" : "Turn sync on", connectText(isChanged))}
      {action("test", "Test", "asks the server, stores nothing")}
      {status.enabled ? action("sync", "Sync now", "exchanges changes") : null}
      {rows.includes("accept") ? action("accept", "Accept deletion", "syncs, and deletes here, too") : null}
      {status.enabled ? (
        <Row
          name="Sealing"
          {...{ width }}
          isSelected={selected === "sealing"}
          value={[sealingText(status)]}
        />
      ) : null}
      {status.enabled ? action("disable", "Turn sync off", "all data stays") : null}
    </Box>
  );
}

/** A blank line stands before what is done with the fields. */
function rowAt(row: number, fields: number): number {
  const line = row - PAGE_TOP;
  return line === fields ? -1 : line < fields ? line : line - 1;
}

function connectText(isChanged: boolean): string {
  return isChanged ? "tests what was typed, then stores it" : "tests the connection, then stores it";
}

function firstProblem(draft: ConnectionDraft) {
  return (
    problemOf(draft, "sealingKey") ??
    problemOf(draft, "url") ??
    problemOf(draft, "apiKey") ??
    problemOf(draft, "label")
  );
}

function isTyped(row: RowName): row is TypedField {
  return row === "url" || row === "apiKey" || row === "sealingKey" || row === "label";
}
