import { EMERGENCY_SENTENCE, NOTICE_CLOSING, NOTICE_OPENING } from "../../assessments/safety/notice.ts";
import { type HelpResource, resourcesFor } from "../../assessments/safety/resources.ts";
import type { Line, TerminalStyle } from "../terminal-style.ts";
import { named, type Page, prose, proseColumns, type Size } from "./page.ts";

/** Who reads it. */
export interface SafetyPageReader {
  region: string | undefined;
  contacts: readonly string[];
  isShort: boolean;
}

/** What comes before anything else when an item about harming oneself was answered with more than "not at all". Plain
 *  text: no frame, no colour, no sign. */
export function safetyPage(
  reader: SafetyPageReader,
  given: { isStored: boolean; problem: string | undefined },
  size: Size,
  style: TerminalStyle,
): Page {
  const emergency = prose(EMERGENCY_SENTENCE, size, style);
  const blocks = reader.isShort
    ? [
        noticeOpening(size, style),
        emergency,
        prose("Support lines: moodsync help-now, or H here", size, style),
      ]
    : [noticeOpening(size, style), emergency, supportLines(reader, size, style), closing(size, style)];
  return {
    blocks: blocks.map((lines) => ({ lines })),
    message: given.problem,
    keys: given.isStored
      ? [
          ["?", "keys"],
          ["Enter", "to the result, when you want", "to the result"],
          ["q", "leave; it is stored"],
        ]
      : [
          ["?", "keys"],
          ["Enter", "on, when you want"],
          ["q", "leave, goes on later", "leave"],
        ],
  };
}

/** The support lines alone, at any time. */
export function supportPage(reader: SafetyPageReader, size: Size, style: TerminalStyle): Page {
  const blocks = [
    prose(EMERGENCY_SENTENCE, size, style),
    supportLines(reader, size, style),
    closing(size, style),
  ];
  return { blocks: blocks.map((lines) => ({ lines })), keys: [["Enter", "back"]] };
}

/** What the notice begins with: two lines where they have room, else as prose. */
export function noticeOpening(size: Size, style: TerminalStyle): Line[] {
  return sentences(NOTICE_OPENING, size, style);
}

function closing(size: Size, style: TerminalStyle): Line[] {
  return sentences(NOTICE_CLOSING, size, style);
}

function sentences(texts: readonly string[], size: Size, style: TerminalStyle): Line[] {
  const haveRoom = texts.every((text) => text.length <= proseColumns(size));
  return haveRoom ? texts.flatMap((text) => prose(text, size, style)) : prose(texts.join(" "), size, style);
}

/** Rows between the blocks of the notice, and that of its keys with a blank row and one for a message. */
const OTHER_ROWS = 4 + 3;

/** The lines of the region, then those of other countries as far as there is room, the one that knows the rest, and the
 *  person's own. None is cut: a number that lacks its end helps nobody. */
function supportLines({ region, contacts }: SafetyPageReader, size: Size, style: TerminalStyle): Line[] {
  const isEverywhere = ({ regions }: HelpResource) => regions.length === 0;
  const isNear = ({ regions }: HelpResource) => region !== undefined && regions.includes(region);
  const services = resourcesFor(region);
  const prosaic = [noticeOpening(size, style), prose(EMERGENCY_SENTENCE, size, style), closing(size, style)];
  const room = size.rows - OTHER_ROWS - prosaic.flat().length;
  const rows = (shown: readonly HelpResource[]) => [
    ...shown.map((service) => ({
      name: [service.place],
      text: isEverywhere(service) ? service.contact : `${service.name}, ${service.contact}`,
    })),
    ...contacts.map((contact) => ({ name: ["Yours"], text: contact, isVerbatim: true })),
  ];
  const linesOf = (shown: readonly HelpResource[]) => {
    const width = Math.max(...shown.map(({ place }) => place.length));
    return named(rows(shown), size, style, width + 3);
  };
  let shown = services;
  while (linesOf(shown).length > room) {
    const spare = shown.findLast((service) => !isNear(service) && !isEverywhere(service));
    if (!spare) break;
    shown = shown.filter((service) => service !== spare);
  }
  return linesOf(shown);
}
