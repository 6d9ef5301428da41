import { Text as InkText } from "ink";
import { Children, type ComponentProps, Fragment, isValidElement, type ReactNode } from "react";
import { terminalText } from "../../output/terminal-text.ts";

/** Ink's Text for all that is shown on a screen: what is hidden in a text is written out, so nothing that is stored,
 *  typed or received can bring colours or act on the terminal. A tab, whose width ink does not know, is a blank. */
export function Text({ children, ...style }: ComponentProps<typeof InkText>) {
  return <InkText {...style}>{Children.map(children, cleaned)}</InkText>;
}

function cleaned(child: ReactNode): ReactNode {
  if (typeof child === "string") return terminalText(child.replaceAll("\t", " "));
  return isValidElement<{ children?: ReactNode }>(child) && child.type === Fragment
    ? Children.map(child.props.children, cleaned)
    : child;
}
