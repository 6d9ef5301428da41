import type { Help } from "../keyboard/key.ts";
import { Text } from "./text.tsx";

/** Which keys do something here: `[["Enter", "show"], ["q", "quit"]]`. */
export function HelpLine({ keys }: { keys: readonly Help[] }) {
  return (
    <Text wrap="truncate" dimColor>
      {" "}
      {keys.map(([key, what]) => `${key} ${what}`).join(" · ")}
    </Text>
  );
}
