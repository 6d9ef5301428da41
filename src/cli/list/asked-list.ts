import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { ListFilter } from "../../entries/list-entries.ts";
import type { TypedFilter } from "../../entries/typed-filter.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import type { OutputOptions } from "../output-options.ts";

export interface ListOptions extends OutputOptions, TypedFilter {
  limit?: string;
  reverse?: boolean;
  notes?: boolean;
  jsonl?: boolean;
  csv?: boolean;
  pager?: boolean;
}

/** What is to be listed, as it was understood. */
export interface AskedList extends Omit<ListOptions, "limit"> {
  entityTypes: readonly EntityType[];
  filter: ListFilter;
  limit: number;
}

/** Rows that are in memory at a time. */
const BLOCK = 50;

/** The rows, a few at a time. */
export function* blocksOf(
  rows: Iterable<StoredRow>,
  limit = Number.POSITIVE_INFINITY,
): Generator<StoredRow[]> {
  let block: StoredRow[] = [];
  let count = 0;
  for (const row of rows) {
    if (count++ === limit) break;
    block.push(row);
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
