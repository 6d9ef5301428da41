import type { Definition } from "../page.ts";

/** A page of `moodsync help <name>`, and a section of the manual. */
export interface Topic {
  name: string;
  /** What it explains, in a list of topics. */
  summary: string;
  body: readonly Block[];
}

/** A paragraph, or terms with their texts. */
export type Block = string | readonly Definition[];
