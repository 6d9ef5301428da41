import type { Writable } from "node:stream";

/** All that a log line may hold: counts, codes, durations, ids of accounts, devices and requests. Ids of entities are
 *  none of these, because those of activities give their label away to whoever guesses. */
export interface LogFields {
  requestId?: string;
  method?: string;
  /** The pattern, never the URL. */
  route?: string;
  status?: number;
  code?: string;
  durationMs?: number;
  userId?: string;
  deviceId?: string;
  changes?: number;
  applied?: number;
  conflicts?: number;
  attempts?: number;
  hasMore?: boolean;
  sqlState?: string;
  url?: string;
}

export interface ServerLog {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  "requestId",
  "method",
  "route",
  "status",
  "code",
  "durationMs",
  "userId",
  "deviceId",
  "changes",
  "applied",
  "conflicts",
  "attempts",
  "hasMore",
  "sqlState",
  "url",
]);

/** One JSON object a line. What is not on the list is left out at run time too, whatever a caller passes. */
export async function createLog(destination: Writable): Promise<ServerLog> {
  const { default: pino } = await import("pino");
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const allowed = (fields: LogFields) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => ALLOWED.has(name)));
  return {
    info: (event, fields = {}) => logger.info(allowed(fields), event),
    warn: (event, fields = {}) => logger.warn(allowed(fields), event),
    error: (event, fields = {}) => logger.error(allowed(fields), event),
  };
}
