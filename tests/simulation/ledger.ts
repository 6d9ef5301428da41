import type { StoredRow } from "../../src/local/versions/rows.ts";
import type { SimulatedDevice } from "./device.ts";
import { SLOTS, tokensOf } from "./entities.ts";

/** One write of a user: what it touched, and which earlier writes its author had seen. */
export interface Write {
  token: number;
  user: number;
  entity: number;
  kind: "write" | "delete";
  field: string;
  /** It made the entity, so it touched every field. */
  isFirst: boolean;
  /** It brought back what was deleted. */
  revives: boolean;
  /** The items that it put into a list, and that it took out. */
  added: number[];
  removed: number[];
  /** Tokens of what its author had seen of this entity, and of all that those had seen. */
  past: ReadonlySet<number>;
  device: number;
  /** Its device was set back to a time before it: it was `unsent` then, or the server had `acknowledged` it. */
  wentBack: "no" | "unsent" | "acknowledged";
}

/** All writes of a run, by token, in order. */
export interface Ledger {
  writes: Map<number, Write>;
  /** Which writes made a tombstone: entity and time → tokens. */
  deletions: Map<string, number[]>;
}

export function createLedger(): Ledger {
  return { writes: new Map(), deletions: new Map() };
}

/** Adds a write that is about to be made on a row (null: there is none). */
export function recordWrite(
  ledger: Ledger,
  device: SimulatedDevice,
  row: StoredRow | null,
  { entity, token, kind, field }: Pick<Write, "entity" | "token" | "kind" | "field">,
): Write {
  const slot = SLOTS[entity]!;
  const past = new Set<number>();
  const see = (seen: number) => {
    const write = ledger.writes.get(seen);
    if (!write || past.has(seen)) return;
    past.add(seen);
    for (const earlier of write.past) past.add(earlier);
  };
  if (row?.content) {
    const { single, many } = tokensOf(slot, row.content);
    for (const seen of single.values()) see(seen);
    for (const list of many.values()) list.forEach(see);
  }
  const deletions = row?.deleted ? (ledger.deletions.get(`${entity}/${row.updatedAtMs}`) ?? []) : [];
  if (deletions.length === 1) see(deletions[0]!);
  for (const write of ledger.writes.values()) {
    if (write.device === device.number && write.entity === entity && write.wentBack === "no")
      see(write.token);
  }
  const write: Write = {
    token,
    user: device.user,
    entity,
    kind,
    field,
    isFirst: !row?.content,
    revives: kind === "write" && row?.deleted === true,
    added: [],
    removed: [],
    past,
    device: device.number,
    wentBack: "no",
  };
  ledger.writes.set(token, write);
  return write;
}

/** Notes that a device goes back to a backup: what the server has acknowledged must survive that. */
export function recordGoingBack(
  ledger: Ledger,
  { number, product, database: { db } }: SimulatedDevice,
): void {
  for (const write of ledger.writes.values()) {
    if (write.device !== number || write.wentBack !== "no") continue;
    const { entityType, id } = SLOTS[write.entity]!;
    const row = product.readRow(db, entityType, id);
    write.wentBack = row && row.revision === row.ackedRevision ? "acknowledged" : "unsent";
  }
}
