import { Command } from "commander";
import { describeSkew, getSyncStatus } from "../../sync/commands.ts";
import type { Context } from "../context.ts";
import { openDevice } from "../open-device.ts";
import { printJson } from "../output-options.ts";

export default function syncStatus(context: Context): Command {
  return new Command()
    .description("Show whether sync is on, when it last worked, and what waits.")
    .option("--json", "print the status as JSON")
    .action(async (options: { json?: boolean }) => {
      const device = await openDevice(context);
      const status = getSyncStatus(device);
      if (options.json) printJson(context, status);
      else context.stdout.write(`${statusLines(status).join("\n")}\n`);
    });
}

function statusLines(status: ReturnType<typeof getSyncStatus>): string[] {
  const lines: [string, string | null][] = [
    ["Sync", status.enabled ? "on" : "off"],
    ["Server", status.endpoint_url],
    ["Account", status.account_id],
    ["Device", status.device_id && `${status.device_label ?? "no label"} (${status.device_id})`],
    ["Pending", `${status.pending}${status.rejected > 0 ? `, ${status.rejected} of them not accepted` : ""}`],
    ["Last success", status.last_success_at ?? "never"],
    ["Last failure", status.last_failure_at && `${status.last_failure_at}: ${status.last_error}`],
    [
      "Clock",
      status.clock_skew_ms !== null && Math.abs(status.clock_skew_ms) >= 60_000
        ? describeSkew(status.clock_skew_ms)
        : null,
    ],
  ];
  return lines.filter(([, value]) => value !== null).map(([name, value]) => `${name.padEnd(13)} ${value}`);
}
