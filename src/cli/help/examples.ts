/** A command line that works as it stands. */
export interface Example {
  /** After `moodsync`. */
  typed: string;
  does: string;
}

/** Examples of every command, by its words: the first is what most people need. Its help begins with them. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  "log mood": [
    { typed: "log mood 4", does: "how you feel, 1 awful to 5 great" },
    { typed: "4 -a run,friends", does: "the same with what you did, in short" },
    { typed: 'log mood bad -n "Slept badly" --at "yesterday 9pm"', does: "with a note, for last night" },
    { typed: "log mood 4 -e", does: "the note in your editor" },
    { typed: "log mood 3 -n - < note.txt", does: "the note is in no history of the shell" },
  ],
  "log assessment": [
    { typed: "log assessment phq9", does: "its questions; left, they go on where you were" },
    { typed: "log assessment phq9 --answers 0,1,1,2,0,1,1,0,0", does: "answers on paper, in order" },
    { typed: "log assessment gad7 --score 6 --at 2026-03-02", does: "a total from elsewhere" },
  ],
  list: [
    { typed: "list", does: "the latest moods" },
    { typed: "list all --since 2026-03-01 --notes", does: "everything since then, with notes" },
    { typed: "list --activity run --limit 0", does: "all moods with an activity" },
    { typed: "list --search lake", does: "moods that mention it" },
  ],
  assessments: [{ typed: "assessments --sources", does: "publication and licence of each" }],
  show: [
    { typed: "show @last", does: "the entry created last on this device" },
    { typed: "show 1cbc", does: "by the first characters of its id" },
  ],
  stats: [
    { typed: "stats", does: "the last 90 days in numbers, beside those before" },
    { typed: "stats lastmonth", does: "of the calendar month before this one" },
  ],
  chart: [
    { typed: "chart", does: "the trend of your mood" },
    { typed: "chart 1y", does: "of a year" },
  ],
  calendar: [
    { typed: "calendar", does: "this month, day by day" },
    { typed: "calendar 2026-03", does: "another month" },
  ],
  pixels: [
    { typed: "pixels", does: "the last twelve months, a digit for each day" },
    { typed: "pixels 2026", does: "of a calendar year" },
  ],
  insights: [
    { typed: "insights", does: "which activities go with higher or lower days" },
    { typed: "insights --lag 1", does: "with the day after" },
  ],
  report: [
    { typed: "report -o report.html", does: "the last 90 days on one page, without a name" },
    { typed: "report 2026-01-01..2026-03-31 -o spring.html", does: "of other days" },
    {
      typed: "report -o full.html --items --more",
      does: "with a second page: answers, and all that was compared",
    },
  ],
  spark: [
    { typed: "spark", does: "the last seven days as bars" },
    { typed: "spark 14d --digits", does: "two weeks in digits" },
  ],
  due: [
    { typed: "due", does: "what is due, and what is next" },
    { typed: "due --short", does: "a few words for a prompt, or nothing" },
  ],
  edit: [
    { typed: "edit @last --value 3", does: "a mood was another one" },
    { typed: 'edit @last --at "yesterday 9pm"', does: "it was earlier" },
    { typed: "edit @last", does: "all of it, as a form in your editor" },
    { typed: "edit @last -a +run -a -work", does: "one activity more, another less" },
  ],
  delete: [
    { typed: "delete @last --yes", does: "without asking; undo brings it back" },
    { typed: "delete 1cbc 9d0e --yes", does: "several at once" },
  ],
  restore: [
    { typed: "restore 1cbc", does: "brings back a deleted entry" },
    { typed: "restore 1cbc 5f3a", does: "an earlier version, from its history" },
  ],
  history: [
    { typed: "history @last", does: "all its versions on this device" },
    { typed: "history @last --notes", does: "with the notes" },
  ],
  undo: [{ typed: "undo", does: "takes back what the last command changed" }],
  redo: [{ typed: "redo", does: "takes back the undo" }],
  "activity add": [
    { typed: "activity add run", does: "makes a label for moods" },
    { typed: "activity add garden --color '#4caf50'", does: "with a colour of its own" },
  ],
  "activity list": [{ typed: "activity list", does: "all labels" }],
  "activity edit": [{ typed: "activity edit run --label running", does: "renames it in every mood" }],
  "activity merge": [{ typed: "activity merge jogging run", does: "moods of both count for run" }],
  "activity archive": [{ typed: "activity archive run", does: "no longer offered; moods keep it" }],
  "activity unarchive": [{ typed: "activity unarchive run", does: "offered again" }],
  "activity delete": [{ typed: "activity delete run --yes", does: "moods keep it, marked as deleted" }],
  "schedule add": [
    { typed: "schedule add phq9 biweekly", does: "due now, then every two weeks" },
    { typed: "schedule add gad7 monthly --next-due 2026-12-31", does: "first due on that day" },
  ],
  "schedule list": [{ typed: "schedule list", does: "all schedules, with their next date" }],
  "schedule edit": [{ typed: "schedule edit phq9 --frequency weekly", does: "more often" }],
  "schedule enable": [{ typed: "schedule enable phq9", does: "reminds of it again" }],
  "schedule disable": [{ typed: "schedule disable phq9", does: "a pause: it is kept" }],
  "schedule delete": [{ typed: "schedule delete phq9 --yes", does: "results stay" }],
  export: [
    { typed: "export -o moodsync.json", does: "to a file that only you can read" },
    { typed: "export -o moodsync.age --passphrase", does: "encrypted; `age -d` opens it" },
    { typed: "export --format csv -o moods.csv", does: "for a spreadsheet" },
    { typed: "export --format md -o diary", does: "for reading, a file a month" },
    {
      typed: "export --format fhir -o for-my-doctor.json",
      does: "for a clinician's system (HL7 FHIR R4), without your name and notes",
    },
  ],
  backup: [
    { typed: "backup /media/usb/moods.db", does: "everything, with its history, checked" },
    { typed: "backup moods.age --passphrase", does: "encrypted; `age -d` opens it, too" },
  ],
  "backup list": [{ typed: "backup list", does: "the copies before upgrades, imports and the like" }],
  "restore-backup": [
    { typed: "restore-backup /media/usb/moods.db", does: "says what is newer here, and asks" },
  ],
  import: [
    { typed: "import daylio_export.csv", does: "shows what it found, and asks" },
    { typed: "import backup.daylio --dry-run", does: "shows it and stores nothing" },
    { typed: "import moods.csv --tz Europe/Berlin --mood-map names.yml", does: "with names of your own" },
    { typed: "import moodsync.json --yes", does: "an export of moodsync, without asking" },
  ],
  "import undo": [
    { typed: "import undo", does: "takes the last import back" },
    { typed: "import undo --list", does: "which there are, with their numbers" },
  ],
  wipe: [
    { typed: "wipe", does: "says what goes and what remains, and has a word typed" },
    { typed: "wipe --backups", does: "with moodsync's own backups" },
  ],
  doctor: [
    { typed: "doctor", does: "what is wrong, and what to do about it" },
    { typed: "doctor --online", does: "the server, too" },
  ],
  completion: [
    { typed: "completion bash >> ~/.bashrc", does: "completion in every new bash" },
    { typed: "completion zsh >> ~/.zshrc", does: "the same in zsh, after compinit" },
    { typed: "completion fish > ~/.config/fish/completions/moodsync.fish", does: "the same in fish" },
  ],
  "help-now": [{ typed: "help-now", does: "support lines, without a network" }],
  help: [
    { typed: "help log mood", does: "one command" },
    { typed: "help time", does: "a topic: how to write a time" },
    { typed: "help --all", does: "all commands and topics" },
  ],
  "config list": [{ typed: "config list", does: "all settings and what they mean" }],
  "config get": [{ typed: "config get color", does: "the value alone, for scripts" }],
  "config set": [
    { typed: "config set color never", does: "no colour, on any terminal" },
    { typed: 'config set safety.contacts "Mira, 0170 5550123"', does: "your own support line" },
    { typed: "config set color --default", does: "back to the default" },
  ],
  "config path": [
    { typed: "config path", does: "where the settings file is" },
    { typed: "config path --all", does: "where everything is" },
  ],
  today: [{ typed: "today", does: "moods so far, what is due, and sync" }],
  tui: [{ typed: "tui", does: "press 1 to 5 to log a mood" }],
  settings: [{ typed: "settings", does: "sync, preferences, devices and keys" }],
  sync: [
    { typed: "sync", does: "sends and receives what is new" },
    { typed: "sync --quiet", does: "for cron: prints failures only" },
  ],
  "sync now": [{ typed: "sync now", does: "sends and receives what is new" }],
  "sync enable": [
    { typed: "sync enable https://mood.example.org --key-file account.key", does: "with the server's key" },
    {
      typed: "sync enable https://mood.example.org --key-stdin --label laptop < account.key",
      does: "and a name for this device",
    },
    {
      typed: "sync enable https://mood.example.org --key-file account.key --sealed",
      does: "so that its server can read nothing",
    },
  ],
  "sync disable": [{ typed: "sync disable", does: "all data stays" }],
  "sync status": [
    { typed: "sync status", does: "as this device knows it" },
    { typed: "sync status --online", does: "beside what the server holds" },
  ],
  "sync conflicts": [{ typed: "sync conflicts", does: "both versions, and how to bring one back" }],
  "sync verify": [
    { typed: "sync verify", does: "compares; changes nothing but what a sync does" },
    { typed: "sync verify --repair", does: "exchanges everything again if they differ" },
  ],
  "sync seal": [
    { typed: "sync seal", does: "shows the new key, and asks for its end" },
    { typed: "sync seal --sealing-key-out sealing.key", does: "writes it to a file instead" },
  ],
  "sync unseal": [{ typed: "sync unseal", does: "asks first: the server reads everything then" }],
  "sync key show": [{ typed: "sync key show", does: "for another device, or to be written down" }],
  "sync key export": [{ typed: "sync key export sheet.txt", does: "a sheet to print and put away" }],
  "sync key enter": [
    { typed: "sync key enter", does: "asks for the key" },
    {
      typed: "sync key enter --sealing-key-stdin < sealing.key",
      does: "from a file or another program",
    },
  ],
  "sync key rotate": [
    { typed: "sync key rotate", does: "after a device was lost" },
    { typed: "sync key rotate --leave-unread", does: "where the key was lost" },
  ],
  "sync key forget": [{ typed: "sync key forget", does: "sync asks for it again" }],
  "account devices": [{ typed: "account devices", does: "which they are, and when each last came" }],
  "account devices rename": [{ typed: "account devices rename laptop desk", does: "by its name or id" }],
  "account keys": [{ typed: "account keys", does: "what is known of them, never the keys" }],
  "account keys add": [{ typed: "account keys add --label phone", does: "shown once, for another device" }],
  "account keys revoke": [{ typed: "account keys revoke phone", does: "a device was lost: asks first" }],
  "daemon run": [{ typed: "daemon run", does: "in the foreground, for a service" }],
  "daemon start": [{ typed: "daemon start", does: "until the machine stops" }],
  "daemon stop": [{ typed: "daemon stop", does: "lets nothing half done" }],
  "daemon restart": [{ typed: "daemon restart", does: "after an update" }],
  "daemon status": [{ typed: "daemon status", does: "whether it runs, and what comes next" }],
  "daemon logs": [{ typed: "daemon logs -n 50", does: "the latest 50 events" }],
  "daemon snapshot": [{ typed: "daemon snapshot", does: "to see why it does what it does" }],
  "daemon install": [
    { typed: "daemon install --print", does: "shows the files, writes nothing" },
    { typed: "daemon install", does: "starts it whenever you log in" },
    { typed: "daemon install --timer", does: "only a timer that syncs" },
  ],
  "daemon uninstall": [{ typed: "daemon uninstall --print", does: "shows what would be removed" }],
  serve: [
    { typed: "serve", does: "for this machine, with a database of its own" },
    {
      typed: "serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem",
      does: "for other machines, with https",
    },
  ],
  "admin user add": [{ typed: "admin user add", does: "prints the account's first key, once" }],
  "admin user list": [{ typed: "admin user list", does: "accounts, and what each takes" }],
  "admin user delete": [
    {
      typed: "admin user delete bc17f06b-768e-460e-aa3c-80084264acd5",
      does: "asks, then deletes all of it on the server",
    },
  ],
  "admin key add": [
    {
      typed: "admin key add bc17f06b-768e-460e-aa3c-80084264acd5 --label phone",
      does: "another key of that account",
    },
  ],
  "admin key list": [
    { typed: "admin key list bc17f06b-768e-460e-aa3c-80084264acd5", does: "the account's keys" },
  ],
  "admin key revoke": [
    {
      typed: "admin key revoke bc17f06b-768e-460e-aa3c-80084264acd5 23b92193-b747-45fd-ab2a-1f662f1abfe6",
      does: "for good",
    },
  ],
};
