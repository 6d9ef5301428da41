import { EXIT_CODE } from "../../domain/exit-code.ts";

/** The daemon as a user unit. It ends on SIGTERM within 5 s and reads its settings on SIGHUP. */
export function daemonUnit(program: readonly string[], variables: Record<string, string>): string {
  return `[Unit]
Description=moodsync: periodic sync and reminders

[Service]
ExecStart=${commandLine([...program, "daemon", "run"])}
ExecReload=/bin/kill -HUP $MAINPID
${environment(variables)}Restart=on-failure
RestartSec=60
TimeoutStopSec=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

/** One sync, for the timer. No server and a sync that runs already are no failures of the unit. */
export function syncUnit(program: readonly string[], variables: Record<string, string>): string {
  return `[Unit]
Description=moodsync: one sync

[Service]
Type=oneshot
ExecStart=${commandLine([...program, "sync", "--quiet"])}
SuccessExitStatus=${EXIT_CODE.unreachable}
${environment(variables)}UMask=0077
NoNewPrivileges=yes
`;
}

/** The timer of it. A monotonic timer: a clock that is set triggers nothing. */
export function syncTimer(intervalMinutes: number): string {
  return `[Unit]
Description=moodsync: sync every ${intervalMinutes} minutes

[Timer]
OnStartupSec=2min
OnUnitInactiveSec=${intervalMinutes}min
RandomizedDelaySec=${Math.max(1, Math.round(intervalMinutes / 10))}min

[Install]
WantedBy=timers.target
`;
}

function environment(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `Environment=${quoted(`${name}=${value}`, { dollars: false })}\n`)
    .join("");
}

/** Of the words all but the first, which is the program, may hold variables. */
function commandLine(words: readonly string[]): string {
  return words.map((word, index) => quoted(word, { dollars: index > 0 })).join(" ");
}

/** A word as systemd reads it: % begins a specifier everywhere, $ a variable in command lines only. */
function quoted(word: string, { dollars }: { dollars: boolean }): string {
  const escaped = word.replaceAll("%", "%%").replace(/["\\]/g, "\\$&");
  const text = dollars ? escaped.replaceAll("$", "$$$$") : escaped;
  return /^[\w./:=@%+-]+$/.test(text) ? text : `"${text}"`;
}
