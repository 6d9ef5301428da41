import type { ParsedChange } from "../../src/domain/protocol/parse-change.ts";
import type { AskedGeneration } from "./generation.ts";

/** What the merge rule knows of a version, whatever it holds. */
export interface AnyVersion {
  /** Left out where ids alone name entities. */
  entityType?: string;
  id: string;
  updatedAtMs: number;
  deleted: boolean;
  contentHash: string;
}

/** What it knows of a change on its way. */
interface AnyChange {
  id: string;
  base_updated_at?: string | null | undefined;
}

/** One kind of content, plain or sealed: its versions here and its changes on their way. */
export interface Kind {
  version: AnyVersion;
  change: AnyChange;
  /** What answers an upload of a change that was not applied. */
  conflict: object;
}

/** Why a change was not applied, and what stands in its place: what conflicts of all kinds have in common. */
export interface Rejection<K extends Kind> {
  reason: string;
  detail?: string;
  server_change?: K["change"];
  server_device_id?: string;
}

/** How versions of a kind come and go. */
export interface Content<K extends Kind> {
  /** What an account must be to hold such versions. */
  generation: AskedGeneration;
  /** The version that a change brings, or why it brings none. */
  parse(change: K["change"]): Parsed<K>;
  toChange(version: K["version"]): K["change"];
  /** Equal exactly for two changes of one entity. */
  keyOf(change: K["change"]): string;
  toConflict(change: K["change"], rejection: Rejection<K>): K["conflict"];
  /** What the content of a version takes of its account's quota and of an answer, in bytes. */
  bytesOf(version: K["version"]): number;
}

export type Parsed<K extends Kind> =
  | { status: "valid"; version: K["version"] }
  | Exclude<ParsedChange, { status: "valid" }>;

/** Equal exactly for two versions of one entity. */
export function entityKey({ entityType, id }: Pick<AnyVersion, "entityType" | "id">): string {
  return entityType === undefined ? id : `${entityType}/${id}`;
}

/** Equal exactly for two versions that are the same version of the same entity. */
export function versionKey(version: Omit<AnyVersion, "deleted">): string {
  return `${entityKey(version)}/${version.updatedAtMs}/${version.contentHash}`;
}
