import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { printLines, styleOf } from "../cli/style.ts";
import { createApiKeyStore } from "../credentials/api-key-store.ts";
import { createSealingKeyStore } from "../credentials/sealing-key-store.ts";
import { examineKey, examineServer } from "../doctor/examine-connection.ts";
import { examineDatabase } from "../doctor/examine-database.ts";
import { examineFiles } from "../doctor/examine-files.ts";
import { examineSealing } from "../doctor/examine-sealing.ts";
import { type Finding, note, ok, problem } from "../doctor/finding.ts";
import { examineSupportLines } from "../doctor/support-lines.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { isZoneUnderstood, systemZone } from "../input/system-zone.ts";
import { openDatabaseToRead } from "../local/storage/database.ts";
import { databaseFile, type Home, locateHome } from "../local/storage/home.ts";
import { findingLines } from "../output/finding-lines.ts";
import { formatDate } from "../output/moment.ts";
import { counted } from "../output/number-words.ts";
import type { TerminalStyle } from "../output/terminal-style.ts";
import { textLines } from "../output/terminal-text.ts";
import { packageVersion } from "../package-root.ts";

/** Names of findings in the order in which they are shown. */
const ORDER = [
  ...["directory", "database", "permissions", "place", "disk", "cache", "lock", "daemon", "device"],
  ...["backup", "schedule", "newer data", "rejected", "key", "sealing key", "support lines", "network"],
  ...["server", "certificate", "version", "clock", "data", "time zone", "terminal"],
];

const PLATFORMS: Record<string, string> = { linux: "Linux", darwin: "macOS", win32: "Windows" };

export default function doctor(context: Context): AnyCommand {
  return new Command()
    .description(
      "Look through the installation: database, files, backups, schedules, key. Nothing of yours is changed, and nothing that you wrote is named, so it can be pasted into a report.",
    )
    .option("--online", "ask the server, too: its certificate, clock and version")
    .option("--json", "print JSON")
    .action(async (options) => {
      const findings = await findAll(context, options.online ?? false);
      findings.sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
      const problems = findings.filter(({ status }) => status === "problem").length;
      const version = packageVersion();
      const platform = PLATFORMS[process.platform] ?? process.platform;
      if (options.json) {
        const shown = findings.map(({ fix, ...finding }) => ({ ...finding, fix: fix ?? null }));
        printJson(context, { version, node: process.version, platform, problems, findings: shown });
      } else {
        printFindings(
          context,
          `moodsync ${version} · Node ${process.version.slice(1)} · ${platform}`,
          findings,
        );
      }
      if (problems > 0) context.exitWith(EXIT_CODE.failure);
    });
}

async function findAll(context: Context, isOnline: boolean): Promise<Finding[]> {
  try {
    // Not the home of other commands, which is refused as a whole where a part of it is wrong.
    const home = locateHome(context.env);
    const files = examineFiles(home);
    return [...(await findInDatabase(context, home, isOnline)), ...files, ...examineEnvironment(context)];
  } catch (error) {
    const { message, hint } = toMoodsyncError(error);
    return [
      problem("directory", message, hint ?? "Set MOODSYNC_HOME to a directory."),
      ...examineEnvironment(context),
    ];
  }
}

/** A database that cannot be read is a finding; what it would have said is left out. */
async function findInDatabase(context: Context, home: Home, isOnline: boolean): Promise<Finding[]> {
  const file = databaseFile(home);
  try {
    const db = openDatabaseToRead(file);
    try {
      if (db.memory && !db.name.startsWith("/"))
        return [note("database", "there is none yet; the first entry makes it")];
      const device = {
        ...{ db, home, nowMs: context.nowMs, appVersion: packageVersion() },
        keys: createApiKeyStore({ configDir: home.configDir, env: context.env }),
        sealingKeys: createSealingKeyStore({ configDir: home.configDir, env: context.env }),
      };
      const here = { ...device, file, stateDir: home.stateDir, nowMs: context.nowMs(), zone: systemZone };
      return [
        ...examineDatabase({ ...here, moment: (ms) => dateWords(context, ms) }),
        ...(await examineKey(db, device.keys)),
        ...(await examineSealing(device, isOnline)),
        ...(isOnline ? await examineServer(device) : [note("server", "not asked; --online asks")]),
      ];
    } finally {
      db.close();
    }
  } catch (error) {
    const { message, hint } = toMoodsyncError(error, file);
    return [problem("database", message, hint ?? "moodsync restore-backup FILE")];
  }
}

function examineEnvironment(context: Context): Finding[] {
  const found: Finding[] = [examineSupportLines(context.nowMs(), (ms) => dateWords(context, ms))];
  found.push(ok("network", "no command but sync and what belongs to it opens a socket"));
  if (!isZoneUnderstood(context.env.TZ, context.nowMs())) {
    found.push(
      problem("time zone", "the one in TZ is not understood, so times may be off", "TZ=Europe/Berlin"),
    );
  }
  const { isAscii, depth } = styleOf(context);
  const colours = { "24bit": "24-bit colour", "256": "256 colours", "16": "16 colours", none: "no colour" }[
    depth
  ];
  found.push(
    context.stdout.isTTY
      ? ok("terminal", `${isAscii ? "ASCII" : "UTF-8"}, ${colours}`)
      : note("terminal", "none"),
  );
  return found;
}

function dateWords(context: Context, ms: number): string {
  return formatDate({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
}

function printFindings(context: Context, heading: string, findings: readonly Finding[]): void {
  const problems = findings.filter(({ status }) => status === "problem").length;
  const verdict = problems === 0 ? "Nothing to look at." : `${counted(problems, "thing")} to look at.`;
  printLines(context, (columns, style: TerminalStyle) => {
    const empty = style.isPlain ? [] : [style.line("")];
    return [style.line(heading), ...empty, ...findingLines(findings, columns, style), ...empty];
  });
  context.stdout.write(textLines([`${verdict} No entry, note or score is named here: it can be pasted.`]));
}
