import { Box } from "ink";
import { useState } from "react";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { SelectableList } from "../components/selectable-list.tsx";
import { useSelection } from "../components/use-selection.ts";
import { type Key, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";

const KEYS = [
  ["Space", "take or leave"],
  ["Enter", "store"],
  ["Esc", "cancel"],
] as const;

const TITLE_ROWS = 2;

/** Which activities a mood has: space takes or leaves one, Enter stores. Those that are not in the list stay. */
export function ActivityPicker(props: {
  activities: readonly { id: string; label: string }[];
  labels: ReadonlyMap<string, string>;
  chosen: readonly string[];
  width: number;
  height: number;
  onDone(activities: string[]): void;
  onCancel(): void;
}) {
  const [chosen, setChosen] = useState(props.chosen);
  const selection = useSelection(props.activities.map(({ id }) => id));
  const selected = props.activities[selection.index];
  const onKey = (key: Key) => {
    if (selection.onKey(key)) return true;
    if (key.name === "enter") props.onDone([...chosen]);
    else if (key.name === "escape") props.onCancel();
    else if (letterOf(key) === " " && selected) {
      const { id } = selected;
      setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
    }
    return true;
  };
  useKeys("dialog", onKey, { keys: KEYS });
  const style = useStyle();
  return (
    <Box flexDirection="column">
      <Lines
        lines={
          props.activities.length === 0
            ? [style.line("  No activities. `moodsync activity add run` adds one.")]
            : [style.line("  Activities of the mood"), style.line()]
        }
      />
      <SelectableList
        items={props.activities}
        selected={selection.index}
        height={props.height - TITLE_ROWS}
        width={props.width}
        toLines={(visible) =>
          visible.map(
            ({ id, label }) => `${chosen.includes(id) ? "[x]" : "[ ]"} ${props.labels.get(id) ?? label}`,
          )
        }
      />
    </Box>
  );
}
