import { Text } from "./text.tsx";

/** A key and what it does here. */
export type Help = readonly [key: string, what: string];

/** Which keys do something here: `[["Enter", "show"], ["q", "quit"]]`. */
export function HelpLine({ keys }: { keys: readonly Help[] }) {
  return (
    <Text wrap="truncate" dimColor>
      {" "}
      {keys.map(([key, what]) => `${key} ${what}`).join(" · ")}
    </Text>
  );
}
