import { Text } from "ink";

/** Which keys do something here: `[["↑↓", "move"], ["q", "quit"]]`. The last ones give way where they do not fit. */
export function HelpLine({ keys }: { keys: readonly (readonly [key: string, what: string])[] }) {
  return (
    <Text wrap="truncate" dimColor>
      {" "}
      {keys.map(([key, what]) => `${key} ${what}`).join(" · ")}
    </Text>
  );
}
