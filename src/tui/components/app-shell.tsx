import { Box, useApp } from "ink";
import { type ReactNode, useContext, useMemo, useState } from "react";
import { supportPage } from "../../output/questionnaire/safety-page.ts";
import { type Block, fitBlocks } from "../../output/screen/blocks.ts";
import { HEAD_ROWS } from "../../output/screen/head.ts";
import { keysHelp } from "../../output/screen/keys-help.ts";
import { SMALLEST, tooSmallLines } from "../../output/screen/too-small.ts";
import type { Line, TerminalStyle } from "../../output/terminal-style.ts";
import { useStyle } from "../app-root.tsx";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import type { QuestionnaireForm } from "../questionnaire/questionnaire-form.ts";
import { useWindowSize } from "../terminal/use-window-size.ts";
import { type Question, QuestionContext } from "./ask.ts";
import { Lines } from "./lines.tsx";
import { ViewFrame } from "./view-frame.tsx";

/** The row of the screen in which a view begins. */
export const VIEW_TOP = HEAD_ROWS + 1;

type OpenPage = "keys" | "support";

/** The whole screen: a head of two rows, a blank one, and the rest for the app. q ends it, after a question where
 *  something would be lost; ? shows the keys and H the support lines, whatever view is open. */
export function AppShell(props: {
  head: (columns: number) => readonly Line[];
  /** Asks whether to leave all the same; null: nothing would be lost. */
  leaveQuestion: string | null;
  safety: () => QuestionnaireForm["safety"];
  /** What stands in place of all that, with its own head and keys; null: nothing. */
  cover: ((size: { width: number; height: number }) => ReactNode) | null;
  children: (size: { width: number; height: number }) => ReactNode;
}) {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  const style = useStyle();
  const [question, setQuestion] = useState<Question | null>(null);
  const [page, setPage] = useState<OpenPage | null>(null);
  useKeys("app", (key) => {
    const letter = letterOf(key);
    if (letter === "?") setPage("keys");
    else if (letter === "H") setPage("support");
    else if (letter === "q" && props.leaveQuestion === null) exit();
    else if (letter === "q") setQuestion({ text: props.leaveQuestion!, onYes: exit });
    else return false;
    return true;
  });
  const asking = useMemo(() => ({ question, ask: setQuestion }), [question]);
  const isTooSmall = columns < SMALLEST.columns || rows < SMALLEST.rows;
  const width = Math.max(columns, SMALLEST.columns);
  const height = Math.max(rows, SMALLEST.rows);
  const rest = { width, height: height - VIEW_TOP };
  const isCovered = isTooSmall || page !== null || props.cover !== null;
  return (
    <QuestionContext value={asking}>
      {isTooSmall ? (
        <TooSmall columns={columns} rows={rows} onQuit={props.leaveQuestion === null ? exit : null} />
      ) : page === null ? null : (
        <Page
          blocks={blocksOf(page, props, rest, style)}
          {...{ width, height }}
          onClose={() => setPage(null)}
        />
      )}
      <Box
        display={isTooSmall || page !== null || !props.cover ? "none" : "flex"}
        width={width}
        height={height}
      >
        {props.cover?.({ width, height })}
      </Box>
      <Box display={isCovered ? "none" : "flex"} flexDirection="column" width={width} height={height}>
        <Box height={HEAD_ROWS} marginBottom={1} flexShrink={0}>
          <Lines lines={props.head(width)} />
        </Box>
        {props.children(rest)}
      </Box>
    </QuestionContext>
  );
}

function blocksOf(
  page: OpenPage,
  { safety }: { safety: () => QuestionnaireForm["safety"] },
  { width, height }: { width: number; height: number },
  style: TerminalStyle,
): readonly Block[] {
  if (page === "keys") return keysHelp(width, style);
  return supportPage(safety(), { columns: width, rows: height }, style).blocks;
}

const PAGE_KEYS = [["Esc", "back"]] as const;

/** A page in place of everything, until Escape. */
function Page(props: { blocks: readonly Block[]; width: number; height: number; onClose(): void }) {
  const { blocks, width, height } = props;
  const style = useStyle();
  const { question } = useContext(QuestionContext);
  useKeys(
    "page",
    (key) => {
      if (letterOf(key) === "q") return false;
      if (key.name === "escape" || key.name === "enter" || letterOf(key) === "?") props.onClose();
      return true;
    },
    question ? {} : { keys: PAGE_KEYS },
  );
  return (
    <ViewFrame {...{ width, height }} keys={PAGE_KEYS} message={null}>
      {(room) => (
        <Box marginTop={1}>
          <Lines lines={fitBlocks(blocks, room - 1, style)} />
        </Box>
      )}
    </ViewFrame>
  );
}

/** In place of an app that has no room; what was typed there is kept. */
function TooSmall({ columns, rows, onQuit }: { columns: number; rows: number; onQuit: (() => void) | null }) {
  const style = useStyle();
  useKeys("cover", (key) => {
    if (letterOf(key) === "q") onQuit?.();
    return true;
  });
  return <Lines lines={tooSmallLines({ columns, rows }, onQuit ? "q" : "Ctrl-C", style)} />;
}
