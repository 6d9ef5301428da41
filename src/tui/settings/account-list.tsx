import { formatTable } from "../../output/table.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { MARK_COLUMNS, SelectableList } from "../components/selectable-list.tsx";

/** What the server lists, one thing a line, or why there is nothing to list. */
export function AccountList(props: {
  isEnabled: boolean;
  items: readonly { id: string; cells: string[] }[] | null;
  selected: number;
  width: number;
  height: number;
}) {
  const { isEnabled, items, selected, width, height } = props;
  const style = useStyle();
  if (!isEnabled) return <Lines lines={[style.line("  Sync is off. The Connection page sets it up.")]} />;
  if (!items) return <Lines lines={[style.line("  Not known yet; r asks the server.")]} />;
  const toLines = (visible: typeof items) =>
    formatTable(
      visible.map(({ cells }) => cells),
      { width: width - MARK_COLUMNS, flexible: 0 },
    ).split("\n");
  return <SelectableList {...{ items, selected, height, width, toLines }} />;
}
