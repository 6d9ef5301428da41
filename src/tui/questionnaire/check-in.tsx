import { useMemo, useState } from "react";
import { INSTRUMENTS } from "../../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { isAnswerable } from "../../assessments/questionnaire.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { lastTakenMs } from "../../entries/earlier-results.ts";
import { instrumentList } from "../../output/screen/instrument-list.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { firstVisible } from "../components/selectable-list.tsx";
import { ViewFrame } from "../components/view-frame.tsx";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import type { ScreenDevice } from "../view-props.ts";

const KEYS: readonly Help[] = [
  ["?", "keys"],
  ["↑↓", "move"],
  ["Enter", "begin"],
  ["Esc", "back"],
];
const TITLE_ROWS = 3;
/** Of the title, of messages and of the keys. */
const OTHER_ROWS = TITLE_ROWS + 3;

/** Every assessment whose questions can be asked here. */
export function CheckIn(props: {
  device: ScreenDevice;
  /** Names of those that are due. */
  due: readonly string[];
  now: ZonedTime;
  width: number;
  height: number;
  onChoose(instrument: AnswerableInstrument): void;
  onClose(): void;
}) {
  const { device, due, now, width, height } = props;
  const style = useStyle();
  const [selected, setSelected] = useState(0);
  const instruments = useMemo(
    () =>
      INSTRUMENTS.filter((one) => isAnswerable(one))
        .map((instrument) => ({
          instrument,
          lastTakenMs: lastTakenMs(device.db, instrument.name),
          isDue: due.includes(instrument.name),
        }))
        .sort((a, b) => Number(b.isDue) - Number(a.isDue)),
    [device, due],
  );
  useKeys("dialog", (key) => {
    if (key.name === "click") {
      const first = firstVisible(instruments.length, selected, height - OTHER_ROWS);
      const clicked = key.row - TITLE_ROWS + first;
      if (key.row >= TITLE_ROWS && clicked < instruments.length) setSelected(clicked);
    } else if (key.name === "up" || key.name === "wheelUp") setSelected(Math.max(0, selected - 1));
    else if (key.name === "down" || key.name === "wheelDown")
      setSelected(Math.min(instruments.length - 1, selected + 1));
    else if (key.name === "enter") props.onChoose(instruments[selected]!.instrument);
    else if (key.name === "escape") props.onClose();
    else if (/^[qH?]$/.test(letterOf(key) ?? "")) return false;
    return true;
  });
  return (
    <ViewFrame {...{ width, height }} keys={KEYS} message={null}>
      {(room) => (
        <Lines
          lines={[
            style.line(),
            style.line("  ", style.bold("Check in")),
            style.line(),
            ...instrumentList(
              { instruments, selected, now },
              { columns: width, rows: room - TITLE_ROWS },
              style,
            ),
          ]}
        />
      )}
    </ViewFrame>
  );
}
