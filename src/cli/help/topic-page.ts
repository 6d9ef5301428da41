import { definitions, EMPTY_LINE, type PageLine, type PageStyle, prose } from "./page.ts";
import type { Topic } from "./topics/topic.ts";

/** The page of `moodsync help <topic>`. */
export function topicPage({ summary, body }: Topic, style: PageStyle): PageLine[] {
  const title = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}`;
  return [
    ...prose(title, style).map((line) => line.map(style.bold)),
    ...body.flatMap((block) => [
      EMPTY_LINE,
      ...(typeof block === "string" ? prose(block, style) : definitions(block, style)),
    ]),
  ];
}
