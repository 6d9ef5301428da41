import { formatTable } from "../../output/table.ts";
import { MARK_COLUMNS, SelectableList } from "../components/selectable-list.tsx";
import { Text } from "../components/text.tsx";

/** What the server lists, one thing a line, or why there is nothing to list. */
export function AccountList(props: {
  isEnabled: boolean;
  items: readonly { id: string; cells: string[] }[] | null;
  selected: number;
  width: number;
  height: number;
}) {
  const { isEnabled, items, selected, width, height } = props;
  if (!isEnabled) return <Text> Sync is off. The Connection page sets it up.</Text>;
  if (!items) return <Text dimColor> Not known yet; r asks the server.</Text>;
  const toLines = (visible: typeof items) =>
    formatTable(
      visible.map(({ cells }) => cells),
      { width: width - MARK_COLUMNS, flexible: 0 },
    ).split("\n");
  return <SelectableList {...{ items, selected, height, toLines }} />;
}
