import { Box } from "ink";
import { useState } from "react";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { formatHour } from "../../output/moment.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { listDevices, renameDevice } from "../../sync/account/account.ts";
import { checkDeviceLabel } from "../../sync/account/device-label.ts";
import { problemMessage } from "../components/message.ts";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { firstVisible } from "../components/selectable-list.tsx";
import { TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { AccountList } from "./account-list.tsx";
import { PAGE_TOP, type PageProps } from "./page-props.ts";
import { useAccountList } from "./use-account-list.ts";

const FIELD_ROWS = 2;

/** The devices of the account, and another name for one of them. */
export function DevicesPage({ device, snapshot, actions, width, height, say }: PageProps) {
  const { items, reload, change } = useAccountList({ actions, snapshot }, (signal) =>
    listDevices(device, signal),
  );
  const [renamed, setRenamed] = useState<{ id: string; label: string | null } | null>(null);
  const devices = items ?? [];
  const selection = useSelection(
    devices.map(({ id }) => id),
    (row) => row - PAGE_TOP + firstVisible(devices.length, selection.index, height - FIELD_ROWS),
  );
  const selected = devices[selection.index];
  const nowMs = device.nowMs();
  const now = { ms: nowMs, offsetMinutes: systemZone(nowMs) };

  function leave(text: string): void {
    const { id, label: before } = renamed!;
    const label = text.trim();
    try {
      checkDeviceLabel(label);
      setRenamed(null);
    } catch (error) {
      say(problemMessage(error));
      return;
    }
    if (label === before) return;
    change("Renaming the device", async (signal) => {
      await renameDevice(device, { id, label }, signal);
      return { tone: "done", text: `The device is now called "${singleLine(label)}".` };
    });
  }

  useKeys("view", (key) => {
    if (selection.onKey(key)) return true;
    if (key.name === "enter" && selected) setRenamed(selected);
    else if (letterOf(key) === "r" && snapshot.status.enabled) reload();
    else return false;
    return true;
  });

  const rows = devices.map(({ id, label, last_seen_at }) => {
    const seen = formatHour({ ms: timestampToMs(last_seen_at), offsetMinutes: now.offsetMinutes }, now);
    const isThis = id === snapshot.status.device_id;
    return { id, cells: [singleLine(label ?? "no name"), isThis ? "this device" : "", `seen ${seen}`] };
  });
  return (
    <Box flexDirection="column">
      <AccountList
        isEnabled={snapshot.status.enabled}
        items={items && rows}
        selected={selection.index}
        {...{ width }}
        height={height - FIELD_ROWS}
      />
      {renamed ? (
        <Box marginTop={1}>
          <Row name="New name" {...{ width }} isSelected>
            <TextField
              initial={renamed.label ?? ""}
              width={width - ROW_INDENT - 1}
              onLeave={leave}
              onCancel={() => setRenamed(null)}
            />
          </Row>
        </Box>
      ) : null}
    </Box>
  );
}
