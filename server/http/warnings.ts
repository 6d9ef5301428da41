import type { ServerConfig } from "../config.ts";
import { isKeyReadableByAll } from "./tls.ts";

/** What whoever starts a server should know of how it is to run, one sentence each. */
export function warningsOf({ host, tls }: ServerConfig, uid: number | undefined): string[] {
  const warnings: [boolean, string][] = [
    [
      tls === undefined && !isLoopback(host),
      "This server listens to other machines without TLS, so whoever is on the way can read keys and entries: " +
        "give it --tls-cert and --tls-key, or let only a proxy with TLS reach it.",
    ],
    [
      tls !== undefined && isKeyReadableByAll(tls),
      "Every user of this machine may read the key of --tls-key; take that away with `chmod o-r`.",
    ],
    [uid === 0, "This server runs as root and needs nothing of root; give it a user of its own."],
  ];
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

/** A name but `localhost` may stand for an address that others reach. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(host);
}
