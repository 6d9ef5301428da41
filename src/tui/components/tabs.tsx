import { Text } from "./text.tsx";

/** The names of pages, the open one in brackets and inverse. */
export function Tabs({ names, open }: { names: readonly string[]; open: number }) {
  return (
    <Text wrap="truncate">
      {names.map((name, index) => (
        <Text key={name} inverse={index === open} bold={index === open}>
          {index === open ? `[${name}]` : ` ${name} `}
        </Text>
      ))}
    </Text>
  );
}
