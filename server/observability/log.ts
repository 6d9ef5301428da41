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
  generation?: number;
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
  "generation",
  "sqlState",
  "url",
]);

/** The part of a stream that is used; it may be a person's terminal. */
export interface LogDestination {
  isTTY?: boolean;
  readonly writableLength: number;
  write(line: string): unknown;
  on(event: "error", listener: () => void): unknown;
}

/** What waits for a slow reader is at most this, in bytes; then lines are lost, because no request waits for a log. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** One JSON object a line; on a terminal, what a person should know as a plain line. What is not on the list is left
 *  out at run time too, whatever a caller passes. Lines that cannot be written are lost, and the first one that can be
 *  comes after a line that says so: a full disk or a reader that has gone ends no server. */
export async function createLog(destination: LogDestination): Promise<ServerLog> {
  let hasLost = false;
  destination.on("error", () => {
    hasLost = true;
  });
  const write = (line: string) => {
    if (destination.writableLength > MAX_WAITING_BYTES) hasLost = true;
    else destination.write(line);
  };
  const log = destination.isTTY ? plainLog(write) : await jsonLog(write);
  const say =
    (level: Level) =>
    (event: string, fields: LogFields = {}) => {
      if (hasLost && destination.writableLength <= MAX_WAITING_BYTES) {
        hasLost = false;
        destination.write("\n"); // the last one may have been cut
        log("warn", "lines of this log were lost", {});
      }
      log(level, event, fields);
    };
  return { info: say("info"), warn: say("warn"), error: say("error") };
}

type Level = "info" | "warn" | "error";
type Log = (level: Level, event: string, fields: LogFields) => void;

async function jsonLog(write: (line: string) => void): Promise<Log> {
  const { default: pino } = await import("pino");
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return (level, event, fields) => {
    const allowed = Object.entries(fields).filter(([name]) => ALLOWED.has(name));
    logger[level](Object.fromEntries(allowed), event);
  };
}

/** Requests are no news to whoever has the server in a terminal. */
function plainLog(write: (line: string) => void): Log {
  return (level, event, { code }) => {
    if (level !== "info") write(`${event}${code ? ` (${code})` : ""}\n`);
  };
}
