import type { BlockList } from "node:net";
import { MoodsyncError } from "../src/domain/moodsync-error.ts";
import { DEFAULT_QUOTAS, type Quotas } from "./accounts/quotas.ts";
import { parseDatabaseUrl } from "./db/database-url.ts";
import { parseTrustedProxies } from "./http/client-address.ts";
import { isKeyReadableByAll, readTlsFiles, type TlsPaths } from "./http/tls.ts";

/** How a server is to run. */
export interface ServerConfig {
  /** Undefined: a private PostgreSQL of the server's own. */
  databaseUrl: string | undefined;
  prepare: boolean;
  host: string;
  port: number;
  /** Files that were tried already. */
  tls: TlsPaths | undefined;
  /** The proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: BlockList | undefined;
  /** Whether `/metrics` is served beside the rest. */
  metrics: boolean;
  /** A port of 127.0.0.1 where `/metrics` alone is served. */
  metricsPort: number | undefined;
  quotas: Quotas;
}

/** The options of `serve` as they were typed; the environment stands in for those left out. */
export interface ServerOptions {
  db?: string | undefined;
  host?: string | undefined;
  port?: string | undefined;
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  trustedProxy?: string | undefined;
  prepare?: boolean | undefined;
  metrics?: boolean | undefined;
  metricsPort?: string | undefined;
  /** Megabytes. */
  quotaMb?: string | undefined;
  quotaKeys?: string | undefined;
  quotaDevices?: string | undefined;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8787";

/** Checks options and environment. Throws `invalid_input` or `usage`. */
export function readServerConfig(
  options: ServerOptions,
  env: Record<string, string | undefined>,
): ServerConfig {
  const trustedProxy = options.trustedProxy ?? (env.MOODSYNC_TRUSTED_PROXY || undefined);
  const databaseUrl = options.db ?? (env.MOODSYNC_DB_URL || undefined);
  if (databaseUrl !== undefined) parseDatabaseUrl(databaseUrl);
  return {
    databaseUrl,
    prepare: options.prepare ?? true,
    host: options.host ?? (env.MOODSYNC_HOST || DEFAULT_HOST),
    port: readPort(options.port ?? (env.MOODSYNC_PORT || DEFAULT_PORT), "--port or MOODSYNC_PORT"),
    tls: readTls(options),
    trustedProxies: trustedProxy === undefined ? undefined : parseTrustedProxies(trustedProxy),
    metrics: options.metrics ?? false,
    metricsPort:
      options.metricsPort === undefined ? undefined : readPort(options.metricsPort, "--metrics-port"),
    quotas: readQuotas(options, env),
  };
}

const BYTES_OF_MB = 1_000_000;

function readQuotas(options: ServerOptions, env: Record<string, string | undefined>): Quotas {
  const read = (typed: string | undefined, option: string, variable: string, usual: number) => {
    const text = typed ?? (env[variable] || String(usual));
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new MoodsyncError("invalid_input", "A quota must be a whole number from 1 to 999999999.", {
      hint: `Give it with --${option} or ${variable}; without either it is ${usual}.`,
    });
  };
  const { bytes, keys, devices } = DEFAULT_QUOTAS;
  return {
    bytes: BYTES_OF_MB * read(options.quotaMb, "quota-mb", "MOODSYNC_QUOTA_MB", bytes / BYTES_OF_MB),
    keys: read(options.quotaKeys, "quota-keys", "MOODSYNC_QUOTA_KEYS", keys),
    devices: read(options.quotaDevices, "quota-devices", "MOODSYNC_QUOTA_DEVICES", devices),
  };
}

function readPort(text: string, givenBy: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new MoodsyncError("invalid_input", "The port must be a number from 0 to 65535.", {
    hint: `Give it with ${givenBy}; 0 picks a free one.`,
  });
}

function readTls({ tlsCert, tlsKey }: ServerOptions): TlsPaths | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const paths = { certPath: tlsCert, keyPath: tlsKey };
    readTlsFiles(paths);
    return paths;
  }
  throw new MoodsyncError("usage", "--tls-cert and --tls-key are only of use together.");
}

/** What whoever starts a server should know of how it is to run, one sentence each. */
export function warningsOf({ host, tls }: ServerConfig, uid: number | undefined): string[] {
  const warnings: [boolean, string][] = [
    [
      tls === undefined && !isLoopback(host),
      "This server listens to other machines without TLS, so anyone on the way can read keys and entries: " +
        "give it --tls-cert and --tls-key, or let only a proxy with TLS reach it.",
    ],
    [
      tls !== undefined && isKeyReadableByAll(tls),
      "Every user of this machine can read the key of --tls-key; `chmod o-r` prevents that.",
    ],
    [uid === 0, "This server runs as root without needing to; give it a user of its own."],
  ];
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

/** A name but `localhost` may stand for an address that others reach. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(host);
}
