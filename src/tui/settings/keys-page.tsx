import { Box } from "ink";
import type { ApiKeyInfo } from "../../domain/protocol/api-key-info.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { formatHour, formatMoment } from "../../output/moment.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { keysMadeWith, listApiKeys, revokeApiKey } from "../../sync/account/account.ts";
import { firstVisible } from "../components/selectable-list.tsx";
import { useSelection } from "../components/use-selection.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { AccountList } from "./account-list.tsx";
import { PAGE_TOP, type PageProps } from "./page-props.ts";
import { useAccountList } from "./use-account-list.ts";

/** From here on there is room to say when a key was made. */
const WIDE_COLUMNS = 80;

/** The keys of the account, never shown themselves, and an end to one of them. */
export function KeysPage({ device, snapshot, actions, width, height, say, ask }: PageProps) {
  const { items, reload, change } = useAccountList({ actions, snapshot }, (signal) =>
    listApiKeys(device, signal),
  );
  const keys = items ?? [];
  const validKeys = keys.filter(({ revoked_at }) => revoked_at === null);
  const selection = useSelection(
    keys.map(({ id }) => id),
    (row) => row - PAGE_TOP + firstVisible(keys.length, selection.index, height),
  );
  const selected = keys[selection.index];
  const nowMs = device.nowMs();
  const now = { ms: nowMs, offsetMinutes: systemZone(nowMs) };
  const moment = (text: string) =>
    formatMoment({ ms: timestampToMs(text), offsetMinutes: now.offsetMinutes }, now);

  function revoke(key: ApiKeyInfo): void {
    // With its own key gone this device cannot ask for the list any more.
    const run = key.is_current ? actions.run : change;
    run("Revoking the key", async (signal) => {
      await revokeApiKey(device, key, signal);
      return { tone: "done", text: revokedText(keysMadeWith(validKeys, key).length) };
    });
  }

  useKeys("view", (key) => {
    if (selection.onKey(key)) return true;
    if (letterOf(key) === "r" && snapshot.status.enabled) reload();
    else if (letterOf(key) === "x" && selected?.revoked_at)
      say({ tone: "note", text: "That key has already been revoked." });
    else if (letterOf(key) === "x" && selected)
      ask({
        text: questionOf(selected, keysMadeWith(validKeys, selected).length),
        onYes: () => revoke(selected),
      });
    else return false;
    return true;
  });

  const rows = keys.map(({ id, label, created_at, last_used_at, revoked_at, is_current }) => {
    const hour = (text: string) =>
      formatHour({ ms: timestampToMs(text), offsetMinutes: now.offsetMinutes }, now);
    const use = last_used_at ? `used ${hour(last_used_at)}` : "never used";
    const state = revoked_at ? `revoked ${moment(revoked_at)}` : is_current ? "this device's" : use;
    const made = width < WIDE_COLUMNS ? [] : [`made ${moment(created_at)}`];
    return { id, cells: [singleLine(label ?? "no name"), state, ...made] };
  });
  return (
    <Box flexDirection="column">
      <AccountList
        isEnabled={snapshot.status.enabled}
        items={items && rows}
        selected={selection.index}
        {...{ width }}
        height={height}
      />
    </Box>
  );
}

function questionOf({ is_current }: ApiKeyInfo, made: number): string {
  const others =
    made === 0
      ? ""
      : made === 1
        ? " The key made with it ends, too."
        : ` The ${made} keys made with it end, too.`;
  return is_current
    ? `Revoke the key that this device uses?${others} Sync stops here until you give it another one. All data stays.`
    : `Revoke this key?${others} The devices that use it stop syncing until you give them another one.`;
}

function revokedText(made: number): string {
  const others =
    made === 0 ? "" : made === 1 ? ", and the one made with it," : `, and the ${made} made with it,`;
  return `The key${others} ${made === 0 ? "is" : "are"} revoked. No device can use ${made === 0 ? "it" : "them"} any more.`;
}
