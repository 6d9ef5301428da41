import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup } from "node:dns";
import type { Dispatcher } from "undici";
import type { EnvironmentProxy } from "./environment-proxy.ts";

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

/** What carries the requests to one server, directly or through a proxy. undici is loaded for the first request, so that
 *  a screen opens without it. */
export async function openDispatcher(proxy: EnvironmentProxy | null): Promise<Dispatcher> {
  const { default: undici } = await import("undici");
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED; // Node would print that certificates are not checked, but they are
  const limits = {
    connections: 1, // a request that follows an answer at once would open a second one
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  // Said here, because NODE_TLS_REJECT_UNAUTHORIZED, left in a profile for another program, would switch the check off.
  const tls = { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true };
  if (!proxy) return new undici.Agent({ ...limits, connect: { ...tls, lookup: lookUp } });
  return new undici.ProxyAgent({
    ...limits,
    uri: proxy.url,
    ...(proxy.authorization ? { token: proxy.authorization } : {}),
    proxyTls: tls,
    requestTls: tls,
  });
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

const LOOPBACK: LookupAddress[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/** `localhost` is this machine, whatever a name server says of it (RFC 6761, section 6.3): to it the key goes without
 *  encryption. */
function lookUp(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  if (hostname !== "localhost" && !hostname.endsWith(".localhost")) lookup(hostname, options, callback);
  else if (options.all) callback(null, LOOPBACK);
  else callback(null, LOOPBACK[0]!.address, LOOPBACK[0]!.family);
}
