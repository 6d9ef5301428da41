import { Box } from "ink";
import { useState } from "react";
import { truncate } from "../../output/display-width.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { Text } from "../components/text.tsx";
import { useSelection } from "../components/use-selection.ts";
import { visibleRows } from "../components/visible-rows.ts";
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
  const { first, rows } = visibleRows(props.activities, selection.index, props.height - TITLE_ROWS);
  return (
    <Box flexDirection="column">
      <Text dimColor> Space selects or clears an activity, Enter saves, Esc changes nothing.</Text>
      <Box height={1} flexShrink={0} />
      {rows.length === 0 ? <Text> No activities. `moodsync activity add run` adds one.</Text> : null}
      {rows.map(({ id, label }, index) => {
        const isSelected = first + index === selection.index;
        return (
          <Text key={id} wrap="truncate" bold={isSelected} {...(isSelected ? { color: "cyan" } : {})}>
            {isSelected ? " › " : "   "}
            {chosen.includes(id) ? "[x] " : "[ ] "}
            {truncate(singleLine(props.labels.get(id) ?? label), props.width - 8)}
          </Text>
        );
      })}
    </Box>
  );
}
