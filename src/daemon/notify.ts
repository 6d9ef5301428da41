/** The command that shows a notification on this platform's desktop; null where moodsync knows none.
 *  Options end before the text, and markup in it is written out. */
export function notifyCommand(text: string, platform: NodeJS.Platform = process.platform): string[] | null {
  switch (platform) {
    case "linux":
    case "freebsd":
    case "openbsd":
      return ["notify-send", "--app-name=moodsync", "--", "moodsync", escapeMarkup(text)];
    case "darwin": {
      const script = [
        "on run argv",
        'display notification (item 1 of argv) with title "moodsync"',
        "end run",
      ];
      return ["osascript", ...script.flatMap((line) => ["-e", line]), text];
    }
    default:
      return null;
  }
}

/** Notification bodies may be read as markup: https://specifications.freedesktop.org/notification-spec. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
