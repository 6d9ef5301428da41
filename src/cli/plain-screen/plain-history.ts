import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { deleteEntries } from "../../entries/delete-entries.ts";
import { knownOfEntry } from "../../entries/known-of-entry.ts";
import type { ListFilter } from "../../entries/list-entries.ts";
import { forgetOldDrafts } from "../../entries/old-drafts.ts";
import { countTimeline, placeOf, readTimelinePage, type TimelinePlace } from "../../entries/timeline.ts";
import { readTypedFilter, typedSearch } from "../../entries/typed-filter.ts";
import { parseMoodValue } from "../../input/mood-value.ts";
import { activitiesById, shownLabels } from "../../local/queries/activities.ts";
import { shortIds } from "../../local/queries/short-id.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { entityLine } from "../../output/entity-line.ts";
import { entryList, type ListedEntry } from "../../output/entry-list.ts";
import { counted } from "../../output/number-words.ts";
import { historyDetails } from "../../output/screen/history-lines.ts";
import { verbatim } from "../../output/terminal-style.ts";
import { entriesOf } from "../../tui/entries/device-entries.ts";
import { lineContext, nowHere } from "../output-options.ts";
import { calendarOf, settingsOf } from "../preferences.ts";
import { sayLines } from "../say-lines.ts";
import { changeActivities, store } from "./plain-mood.ts";
import { orSayWhy, type PlainSession, sayDrawn } from "./plain-session.ts";

/** Entries that are said at once. */
const PAGE = 10;
/** Longest search, in characters. */
const MAX_SEARCH_CHARACTERS = 200;

/** A page of the entries, newest first. */
interface HistoryPage {
  rows: readonly StoredRow[];
  filter: ListFilter;
  hasNotes: boolean;
}

/** Says the history ten entries at a time; one of them in full, to be changed or deleted. */
export async function browseHistory(session: PlainSession): Promise<void> {
  const { context, device, reader } = session;
  let page = pageFrom(session, {}, null, settingsOf(context)["notes.lists"] === "shown");
  sayCount(session, page);
  sayPage(session, page);
  for (;;) {
    const older = page.rows.length === PAGE ? ", nothing for older ones" : "";
    const notes = page.hasNotes ? "v hides notes" : "v shows notes";
    const question = `A number shows one${older}, / and words search, ${notes}, b back: `;
    const typed = await reader.ask(question, { longest: MAX_SEARCH_CHARACTERS });
    if (typed === "b" || typed === "q" || (typed === "" && older === "")) return;
    await orSayWhy(session, async () => {
      const row = page.rows[Number(typed) - 1];
      if (row) return await openEntry(session, row, page.hasNotes);
      if (typed === "v") page = { ...page, hasNotes: !page.hasNotes };
      else if (typed.startsWith("/")) {
        const days = { nowMs: device.nowMs(), ...calendarOf(context) };
        const filter = typed === "/" ? {} : await readTypedFilter(typedSearch(typed.slice(1)), days);
        page = pageFrom(session, filter, null, page.hasNotes);
        sayCount(session, page);
      } else if (typed === "")
        page = pageFrom(session, page.filter, placeOf(page.rows.at(-1)!), page.hasNotes);
      sayPage(session, page);
    });
  }
}

/** The page after a place, or the first one. */
function pageFrom(
  { device }: PlainSession,
  filter: ListFilter,
  from: TimelinePlace | null,
  hasNotes: boolean,
): HistoryPage {
  // The page begins with the row that it goes on from.
  const limit = from ? PAGE + 1 : PAGE;
  const rows = readTimelinePage(device.db, filter, { from, direction: "older", limit });
  return { rows: from ? rows.slice(1) : rows, filter, hasNotes };
}

function sayCount({ context, device }: PlainSession, { filter }: HistoryPage): void {
  const count = countTimeline(device.db, filter);
  sayLines(context, [`${counted(count, "entry", "entries")}${count > 0 ? ", newest first" : ""}.`]);
}

function sayPage(session: PlainSession, { rows, hasNotes }: HistoryPage): void {
  const { context, device } = session;
  const ids = shortIds(
    device.db,
    rows.map(({ id }) => id),
  );
  const entries = rows.map(
    ({ entityType, content, id }) => ({ entityType, entity: content, id: ids.get(id)! }) as ListedEntry,
  );
  const { dayStartMs } = calendarOf(context);
  const activities = activitiesById(device.db);
  const list = { entries, now: nowHere(context), dayStartMs, activities, notes: hasNotes };
  sayDrawn(session, (columns, style) =>
    entryList(list, columns, style).map((line, index) => style.line(`${index + 1}. `, verbatim(line))),
  );
}

async function openEntry(session: PlainSession, row: StoredRow, hasNotes: boolean): Promise<void> {
  const { context, device, reader } = session;
  const { entityType } = row;
  const content = row.content!;
  const known = knownOfEntry(device.db, { entityType, content }, calendarOf(context).dayStartMs);
  const details = { entityType, entity: content, now: nowHere(context), ...known };
  sayDrawn(session, (columns, style) => historyDetails(details, { hasNotes }, columns, style));
  const isMood = entityType === "MoodEntry";
  const changes = isMood ? "1 to 5 changes the mood, a its activities, " : "";
  const typed = await reader.ask(`${changes}d deletes it, nothing for back: `);
  if (typed === "d") deleteEntry(session, row);
  else if (isMood && typed === "a") await changeActivities(session, content as MoodEntry);
  else if (isMood && typed !== "") store(session, content as MoodEntry, { value: parseMoodValue(typed) });
}

function deleteEntry({ context, device }: PlainSession, row: StoredRow): void {
  const line = lineContext(context, shownLabels(device.db));
  deleteEntries(entriesOf(device), [row]);
  forgetOldDrafts(entriesOf(device), device.home.stateDir);
  sayLines(context, [
    `Deleted ${entityLine(row.entityType, row.content!, line)}. u, outside of the history, brings it back.`,
  ]);
}
