import { INSIGHT_PAGES, insightSteps } from "../../tui/insights/insight-page.ts";
import { runInSlices } from "../../tui/insights/run-in-slices.ts";
import { readMoodSpan } from "../mood-span.ts";
import { nowHere } from "../output-options.ts";
import { orSayWhy, type PlainSession, sayDrawn } from "./plain-session.ts";

const QUESTION =
  "1 trend, 2 year, 3 activities, 4 assessments; a period behind it, as in 1 30d; nothing for back: ";
const FALLBACK = "90d";

/** Says the insights a page at a time, as facts. */
export async function lookBack(session: PlainSession): Promise<void> {
  for (;;) {
    const typed = await session.reader.ask(QUESTION);
    if (typed === "" || typed === "b" || typed === "q") return;
    const [digit = "", ...words] = typed.split(/\s+/);
    const page = INSIGHT_PAGES[Number(digit) - 1];
    if (page) await orSayWhy(session, () => sayPage(session, page, words.join(" ")));
  }
}

async function sayPage(
  session: PlainSession,
  page: (typeof INSIGHT_PAGES)[number],
  period: string,
): Promise<void> {
  const { context } = session;
  const asked = await readMoodSpan(context, period === "" ? undefined : period, FALLBACK);
  const steps = insightSteps({ ...asked, page, now: nowHere(context), lag: 0, byWeeks: false });
  const drawn = await runInSlices(steps, new AbortController().signal);
  sayDrawn(session, (columns, style) => drawn!.draw(columns, style, null));
}
