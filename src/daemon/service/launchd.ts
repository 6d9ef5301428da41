/** A launch agent as a property list. Without `everyMinutes` it is kept running, and started again when it fails. */
export function launchAgent(given: {
  label: string;
  command: readonly string[];
  variables: Record<string, string>;
  everyMinutes: number | null;
}): string {
  const { label, command, variables, everyMinutes } = given;
  const schedule =
    everyMinutes === null
      ? [
          "<key>KeepAlive</key>",
          "<dict><key>SuccessfulExit</key><false/></dict>",
          "<key>ThrottleInterval</key>",
          "<integer>60</integer>",
        ]
      : ["<key>StartInterval</key>", `<integer>${everyMinutes * 60}</integer>`];
  const lines = [
    "<key>Label</key>",
    string(label),
    "<key>ProgramArguments</key>",
    "<array>",
    ...command.map((word) => `  ${string(word)}`),
    "</array>",
    "<key>EnvironmentVariables</key>",
    "<dict>",
    ...Object.entries(variables).map(([name, value]) => `  <key>${escapeXml(name)}</key>${string(value)}`),
    "</dict>",
    "<key>RunAtLoad</key>",
    "<true/>",
    ...schedule,
    "<key>ProcessType</key>",
    string("Background"),
    "<key>Umask</key>",
    `<integer>${0o077}</integer>`,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${lines.map((line) => `  ${line}`).join("\n")}
</dict>
</plist>
`;
}

function string(text: string): string {
  return `<string>${escapeXml(text)}</string>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
