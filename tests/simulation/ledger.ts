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
  /** The items that it put into a list, and that it took out. */
  added: number[];
  removed: number[];
  /** Tokens of what its author had seen of this entity, and of all that those had seen. */
  past: ReadonlySet<number>;
  device: number;
  /** Its device was set back to a time before it, so it may be nowhere. */
  isLost: boolean;
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

/** Adds a write that is about to be made. */
export function recordWrite(
  ledger: Ledger,
  device: SimulatedDevice,
  { entity, token, kind, field }: Pick<Write, "entity" | "token" | "kind" | "field">,
): Write {
  const slot = SLOTS[entity]!;
  const row = device.product.readRow(device.database.db, slot.entityType, slot.id);
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
    if (write.device === device.number && write.entity === entity && !write.isLost) see(write.token);
  }
  const write: Write = {
    token,
    user: device.user,
    entity,
    kind,
    field,
    isFirst: !row?.content,
    added: [],
    removed: [],
    past,
    device: device.number,
    isLost: false,
  };
  ledger.writes.set(token, write);
  return write;
}
