import { connect } from "node:tls";
import type { ApiKeyStore } from "../credentials/api-key-store.ts";
import { PROTOCOL_VERSION } from "../domain/protocol/protocol-version.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { compareCounts } from "../sync/compare-counts.ts";
import type { Device } from "../sync/device.ts";
import { askFacts } from "../sync/server-facts.ts";
import { describeSkew, REPORTED_SKEW_MS } from "../sync/sync-now.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

/** Whether the key of a device that syncs can be read. Asks no server. */
export async function examineKey(db: Device["db"], keys: ApiKeyStore): Promise<Finding[]> {
  if (!readSyncConfig(db)?.enabled) return [];
  try {
    const stored = await keys.read();
    if (stored) return [ok("key", "there, and readable")];
    return [problem("key", "there is no API key on this device", "moodsync sync enable URL --key-file FILE")];
  } catch (error) {
    const { message, hint } = toMoodsyncError(error);
    return [problem("key", message, hint ?? "moodsync sync enable URL --key-file FILE")];
  }
}

/** A certificate that ends within this time is reported. */
const CERTIFICATE_DAYS = 14;

/** Asks the server once for each: whether it answers and takes the key, its clock, its version, its certificate, and
 *  whether it holds what is here. Nothing is exchanged. */
export async function examineServer(device: Device): Promise<Finding[]> {
  const config = readSyncConfig(device.db);
  if (!config?.enabled || config.endpointUrl === null)
    return [note("server", "sync is off, so there is none to ask")];
  try {
    const facts = await askFacts(device);
    const found = [ok("server", `${config.endpointUrl} answers and takes the key`)];
    found.push(...(await certificate(new URL(config.endpointUrl), device.nowMs())));
    if (facts.protocolVersion !== null) found.push(versionFinding(facts.protocolVersion));
    if (facts.skewMs !== null) found.push(skewFinding(facts.skewMs));
    const comparison = await compareCounts(device);
    found.push(
      comparison.status === "equal"
        ? ok("data", "this device and the server hold the same")
        : note("data", "this device and the server differ; `moodsync sync status --online` shows where"),
    );
    return found;
  } catch (error) {
    const { message, hint } = toMoodsyncError(error);
    return [problem("server", message, hint ?? "moodsync sync status --online")];
  }
}

/** An older server refuses what it does not know; a newer one takes everything. */
export function versionFinding(ofServer: number): Finding {
  if (ofServer === PROTOCOL_VERSION) return ok("version", `both sides speak protocol ${ofServer}`);
  const text = `the server speaks protocol ${ofServer}, this device ${PROTOCOL_VERSION}`;
  if (ofServer > PROTOCOL_VERSION) return note("version", text);
  return problem("version", text, "Update moodsync on the server.");
}

function skewFinding(skewMs: number): Finding {
  if (Math.abs(skewMs) < REPORTED_SKEW_MS) return ok("clock", "agrees with the server's");
  return problem("clock", describeSkew(skewMs), "Set this device's clock by the network.");
}

/** Nothing is said where it cannot be asked for: by way of a proxy, say. */
async function certificate({ protocol, hostname, port }: URL, nowMs: number): Promise<Finding[]> {
  if (protocol !== "https:") return [note("certificate", "none: this connection is not encrypted")];
  const endsMs = await new Promise<number | null>((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: Number(port) || 443, servername: host, timeout: 10_000 });
    const end = (ms: number | null) => {
      socket.destroy();
      resolve(ms);
    };
    socket.once("secureConnect", () => end(Date.parse(socket.getPeerCertificate().valid_to)));
    socket.once("error", () => end(null));
    socket.once("timeout", () => end(null));
  });
  if (endsMs === null) return [];
  const days = Math.floor((endsMs - nowMs) / DAY_MS);
  if (days >= CERTIFICATE_DAYS) return [ok("certificate", `valid for ${days} days`)];
  return [problem("certificate", `ends in ${days} days`, "Tell whoever runs the server.")];
}
