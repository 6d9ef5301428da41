import type { Account, Device } from "./device.ts";
import { openTransport, withClient } from "./open-session.ts";

/** What a server says of itself when it is asked for a page that is not stored. */
export interface ServerFacts {
  /** Of the protocol that it speaks; null where it does not say. */
  protocolVersion: number | null;
  /** This device's clock minus the server's, in ms; null where it does not say. */
  skewMs: number | null;
}

/** Throws what a sync throws: `not_configured`, `unauthorized`, `other_account`, `unreachable`. */
export function askFacts(device: Account & Pick<Device, "nowMs">): Promise<ServerFacts> {
  const { nowMs } = device;
  return withClient(device, async (client, config, sealing) => {
    const beganMs = nowMs();
    const answer = await openTransport(client, sealing).download({
      device_id: config.deviceId,
      since: config.cursor,
      limit: 1,
    });
    const middleMs = (beganMs + nowMs()) / 2;
    const serverMs = answer.status === "ok" ? answer.response.server_time : undefined;
    const { body } = await client.send({ method: "GET", path: "/openapi.json" });
    const version = Number((body as { info?: { version?: unknown } } | undefined)?.info?.version);
    return {
      protocolVersion: Number.isSafeInteger(version) ? version : null,
      skewMs: serverMs === undefined ? null : Math.round(middleMs - serverMs),
    };
  });
}
