import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { openDevice } from "../../cli/open-device.ts";
import { printJson } from "../../cli/output-options.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { EXIT_CODE } from "../../domain/exit-code.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { groupedNumber } from "../../domain/text/grouped-number.ts";
import { KIND_WORDS } from "../../output/kind-words.ts";
import { textLines } from "../../output/terminal-text.ts";
import { describeUnreadable } from "../../sync/sync-now.ts";
import { type TypeComparison, type Verification, verifySync } from "../../sync/verify-sync.ts";

export default function syncVerify(context: Context): AnyCommand {
  return new Command()
    .description("Sync, then compare what is here with the server, by counts and checksums.")
    .option("--repair", "if they differ, exchange everything again")
    .option("--accept-deletions", "continue even if more than half of the entries would be deleted")
    .option("--json", "print the comparison as JSON")
    .action(async (options) => {
      const verification = await verifySync(await openDevice(context), {
        repair: options.repair ?? false,
        acceptDeletions: options.acceptDeletions ?? false,
        onProgress: () => {},
      });
      if (options.repair) context.changed("`moodsync sync verify` compares again.");
      if (options.json) printJson(context, verificationToJson(verification));
      else context.stdout.write(textLines(verificationLines(verification)));
      if (verification.status === "different" && !options.json) throw stillDifferent(options.repair ?? false);
      if (verification.status === "different") context.exitWith(EXIT_CODE.failure);
    });
}

function verificationToJson({ status, entityTypes, sealed }: Verification) {
  const toJson = ({ here, server, onlyHere, onlyOnServer, different }: TypeComparison) => ({
    here,
    server: { count: server.count, checksum: server.checksum },
    only_here: onlyHere,
    only_on_server: onlyOnServer,
    different,
  });
  const types = Object.entries(entityTypes).map(([entityType, comparison]) => [
    entityType,
    toJson(comparison),
  ]);
  const more = sealed && { fingerprint: sealed.fingerprint, unreadable: sealed.unreadable };
  return { status, entity_types: Object.fromEntries(types), ...more };
}

function verificationLines({ status, entityTypes, sealed }: Verification): string[] {
  const lines = Object.entries(entityTypes).map(([entityType, { here, server, ...counts }]) => {
    const parts = [
      counts.onlyHere > 0 && `${counts.onlyHere} only here`,
      counts.onlyOnServer > 0 && `${counts.onlyOnServer} only on the server`,
      counts.different > 0 && `${counts.different} different`,
    ].filter(Boolean);
    const equal = here.checksum === server.checksum && here.count === server.count;
    const verdict = equal ? "equal" : parts.join(", ") || "different";
    return `${KIND_WORDS[entityType as EntityType][1].padEnd(11)} ${String(here.count).padStart(7)} here ${String(server.count).padStart(7)} on the server   ${verdict}`;
  });
  const sentence = {
    equal: "This device and the server have the same data.",
    repaired: "They differed; everything was exchanged again, and now they have the same data.",
    different: "This device and the server differ.",
  }[status];
  return [...lines, sentence, ...(sealed ? sealedLines(sealed) : [])];
}

/** What only a person can compare: another device at rest prints the same fingerprint. */
function sealedLines({ fingerprint, unreadable }: NonNullable<Verification["sealed"]>): string[] {
  const { count, checksum } = fingerprint;
  const sum = checksum.replace(/(.{4})(?=.)/g, "$1 ");
  return [
    `Fingerprint: ${groupedNumber(count)} ${count === 1 ? "entry" : "entries"}, ${sum}. Your other devices print the same.`,
    ...(unreadable > 0 ? [describeUnreadable(unreadable)] : []),
  ];
}

function stillDifferent(repaired: boolean): MoodsyncError {
  return new MoodsyncError(
    "failure",
    repaired ? "The repair did not make them equal." : "Nothing was repaired.",
    {
      hint: repaired
        ? "`moodsync sync status` shows whether changes were rejected."
        : "`moodsync sync verify --repair` exchanges everything again.",
    },
  );
}
