import { Box } from "ink";
import { formatTable } from "../../output/table.ts";
import { Text } from "../components/text.tsx";
import { visibleRows } from "../components/visible-rows.ts";

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
  const { first, rows } = visibleRows(items, selected, height);
  const table = formatTable(
    rows.map(({ cells }) => cells),
    { width: width - 3, flexible: 0 },
  ).split("\n");
  return (
    <Box flexDirection="column">
      {rows.map(({ id }, index) => {
        const isSelected = first + index === selected;
        return (
          <Text key={id} wrap="truncate" bold={isSelected} {...(isSelected ? { color: "cyan" } : {})}>
            {isSelected ? " › " : "   "}
            {table[index]}
          </Text>
        );
      })}
    </Box>
  );
}
