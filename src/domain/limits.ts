import { MINUTE_MS } from "./time/durations.ts";

/** Longest note of a mood entry, in characters (code points). */
export const MAX_NOTE_CHARACTERS = 10_000;
/** Most activities of one mood entry. */
export const MAX_ACTIVITIES = 100;
/** Longest label of an activity, in characters. */
export const MAX_LABEL_CHARACTERS = 80;
/** Longest icon of an activity, in characters. */
export const MAX_ICON_CHARACTERS = 16;
/** Longest name of an assessment type, of a severity and of an instrument version, in characters. */
export const MAX_NAME_CHARACTERS = 64;
/** Most answers of one assessment. */
export const MAX_ANSWERS = 100;

/** Size of all unknown fields of one entity together, in bytes of JSON. */
export const MAX_EXTRA_BYTES = 16 * 1024;
/** Nesting of the unknown fields of one entity. */
export const MAX_EXTRA_DEPTH = 8;

/** Largest request body the server reads, in bytes after decompression. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Deepest nesting of a request body. */
export const MAX_BODY_DEPTH = 32;
/** Most changes in one upload. */
export const MAX_UPLOAD_CHANGES = 10_000;
/** Most items of one list or object in a request body: no list that is accepted is half as long. */
export const MAX_BODY_ITEMS = 2 * MAX_UPLOAD_CHANGES;
/** Most items and fields in a request body. 10,000 assessments of 9 answers have 300,000. */
export const MAX_BODY_VALUES = 500_000;
/** Most changes of one entity in one upload; a client of our own sends one. */
export const MAX_CHANGES_OF_ONE_ENTITY = 100;
/** Most bytes that an upload may make the server read, and that its conflicts may be answered with: the versions that
 *  stand, as JSON. Twice a body, so that an upload which comes again is never refused for it. */
export const MAX_STANDING_BYTES = 2 * MAX_BODY_BYTES;
/** Changes of a download page when the request names no limit, and the most it may name. */
export const DEFAULT_PAGE_CHANGES = 1_000;
export const MAX_PAGE_CHANGES = 5_000;
/** Size at which a download page ends early, in bytes of JSON. */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;
/** Most versions in one answer with the history of an entity, which ends early at the same size. */
export const MAX_VERSIONS_OF_PAGE = 1_000;

/** Longest list of devices, keys or versions that a client reads of one answer; more than any server sends. */
export const MAX_LISTED = 10_000;

/** Longest accepted lead of a device's clock over the server's, in ms.
 *  A later change is answered with `clock_skew`, so a wrong clock cannot win every conflict. */
export const MAX_CLOCK_LEAD_MS = 5 * MINUTE_MS;

/** Longest cursor that is read, in characters. */
export const MAX_CURSOR_CHARACTERS = 256;
