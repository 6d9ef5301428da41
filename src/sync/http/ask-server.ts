import { checkApiKey } from "../../credentials/api-key-store.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { SyncDigestResponse } from "../../domain/protocol/digest.ts";
import { readSyncConfig } from "../../local/sync-state/sync-config.ts";
import type { Device } from "../device.ts";
import { otherAccount, requireKey } from "../open-session.ts";
import { parseEndpoint } from "./endpoint.ts";
import { createHttpClient } from "./http-client.ts";
import { sendChecked } from "./http-transport.ts";

/** What a connection is tried with. */
export interface AskedServer {
  url: string;
  /** Null: the key that this device has. */
  apiKey: string | null;
  allowInsecureHttp: boolean;
  signal?: AbortSignal;
}

/** Asks a server once for what it holds of the account, which tells whether the URL and the key are right; nothing is
 *  stored. Throws as `enableSync` does: for a URL or a key that cannot be, for another account than that of the data
 *  here, and for a server that does not answer or does not accept the key. Null for a sealed account, of which a server
 *  cannot tell what it holds. */
export async function askServer(
  device: Pick<Device, "db" | "keys">,
  asked: AskedServer,
): Promise<SyncDigestResponse | null> {
  const endpointUrl = parseEndpoint(asked.url, asked);
  const { key, accountId } =
    asked.apiKey === null ? await requireKey(device.keys) : checkApiKey(asked.apiKey);
  const known = readSyncConfig(device.db)?.accountId ?? null;
  if (known !== null && known !== accountId) throw otherAccount();
  const { signal } = asked;
  const client = createHttpClient({ endpointUrl, apiKey: key, backoffMs: [], ...(signal ? { signal } : {}) });
  try {
    return await sendChecked(client, { method: "GET", path: "/v1/sync/digest" }, SyncDigestResponse);
  } catch (error) {
    if (error instanceof MoodsyncError && error.code === "sealed_account") return null;
    throw error;
  } finally {
    await client.close();
  }
}
