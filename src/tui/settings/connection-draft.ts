import { checkApiKey } from "../../credentials/api-key-store.ts";
import type { SyncConfig } from "../../local/sync-state/sync-config.ts";
import { readSealingKey } from "../../sealing/sealing-key.ts";
import { checkDeviceLabel } from "../../sync/account/device-label.ts";
import { parseEndpoint } from "../../sync/http/endpoint.ts";
import { type Message, problemMessage } from "../components/message.ts";

/** What was typed and is not stored yet. */
export interface ConnectionDraft {
  url: string;
  /** "": the key that is stored. */
  apiKey: string;
  /** "": the key that is stored; most accounts have none. */
  sealingKey: string;
  label: string;
  allowInsecureHttp: boolean;
}

export type TypedField = "url" | "apiKey" | "sealingKey" | "label";

/** What is stored, to be edited; `hostname` is the label of a device that has none. */
export function draftOf(config: SyncConfig | null, hostname: string): ConnectionDraft {
  return {
    url: config?.endpointUrl ?? "",
    apiKey: "",
    sealingKey: "",
    label: config?.deviceLabel ?? hostname,
    allowInsecureHttp: config?.allowInsecureHttp ?? false,
  };
}

/** What is wrong with a field, in the words of the command line; null: nothing, or nothing was typed. */
export function problemOf(draft: ConnectionDraft, field: TypedField): Message | null {
  try {
    if (field === "url" && draft.url !== "") parseEndpoint(draft.url, draft);
    if (field === "apiKey" && draft.apiKey !== "") checkApiKey(draft.apiKey);
    if (field === "sealingKey" && draft.sealingKey !== "") readSealingKey(draft.sealingKey);
    if (field === "label") checkDeviceLabel(draft.label);
    return null;
  } catch (error) {
    return problemMessage(error);
  }
}
