import type { CommandEntry } from "../cli/command-entry.ts";
import { looksLikeMood } from "../input/mood-value.ts";

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    words: "log mood",
    aliases: ["mood"],
    isMeantBy: looksLikeMood,
    summary: "Log how you feel, 1 (awful) to 5 (great)",
    load: () => import("./log/mood.ts"),
  },
  {
    words: "log assessment",
    summary: "Log a self-assessment (PHQ-9, GAD-7, …)",
    load: () => import("./log/assessment.ts"),
  },
  {
    words: "list",
    aliases: ["ls"],
    summary: "List entries, newest first",
    load: () => import("./list.ts"),
  },
  {
    words: "show",
    summary: "Show one entry with everything it holds",
    load: () => import("./show.ts"),
  },
  {
    words: "due",
    summary: "Show which assessments are due",
    load: () => import("./due.ts"),
  },
  {
    words: "chart",
    summary: "Draw the trend of moods",
    load: () => import("./chart.ts"),
  },
  {
    words: "calendar",
    summary: "Draw a month of days",
    load: () => import("./calendar.ts"),
  },
  {
    words: "pixels",
    summary: "Draw a year of days",
    load: () => import("./pixels.ts"),
  },
  {
    words: "stats",
    summary: "Show moods in figures",
    load: () => import("./stats.ts"),
  },
  {
    words: "insights",
    summary: "Compare days with an activity to those without",
    load: () => import("./insights.ts"),
  },
  {
    words: "report",
    summary: "Write one page to print, as for a therapist",
    load: () => import("./report.ts"),
  },
  {
    words: "spark",
    summary: "Print the last days as one line, for a prompt",
    load: () => import("./spark.ts"),
  },
  {
    words: "edit",
    summary: "Change fields of one entry",
    load: () => import("./edit.ts"),
  },
  {
    words: "delete",
    aliases: ["rm"],
    summary: "Delete entries",
    load: () => import("./delete.ts"),
  },
  {
    words: "restore",
    summary: "Bring back a deleted entry or an earlier version",
    load: () => import("./restore.ts"),
  },
  {
    words: "history",
    summary: "Show all versions of one entry",
    load: () => import("./history.ts"),
  },
  { words: "undo", summary: "Take back what the last command changed", load: () => import("./undo.ts") },
  { words: "redo", summary: "Take back an undo", load: () => import("./redo.ts") },
  {
    words: "assessments",
    summary: "Show scores over time, with their bands",
    load: () => import("./assessments.ts"),
  },
  {
    words: "activity add",
    summary: "Add an activity that moods can name",
    load: () => import("./activity/add.ts"),
  },
  {
    words: "activity list",
    summary: "List the activities",
    load: () => import("./activity/list.ts"),
  },
  {
    words: "activity edit",
    summary: "Change an activity",
    load: () => import("./activity/edit.ts"),
  },
  {
    words: "activity merge",
    summary: "Make one activity of two",
    load: () => import("./activity/merge.ts"),
  },
  {
    words: "activity archive",
    summary: "Stop offering an activity; its moods keep it",
    load: () => import("./activity/archive.ts"),
  },
  {
    words: "activity unarchive",
    summary: "Offer an archived activity again",
    load: () => import("./activity/unarchive.ts"),
  },
  {
    words: "activity delete",
    summary: "Delete an activity",
    load: () => import("./activity/delete.ts"),
  },
  {
    words: "schedule add",
    summary: "Say how often an assessment is due",
    load: () => import("./schedule/add.ts"),
  },
  {
    words: "schedule list",
    summary: "List the schedules",
    load: () => import("./schedule/list.ts"),
  },
  {
    words: "schedule edit",
    summary: "Change a schedule",
    load: () => import("./schedule/edit.ts"),
  },
  {
    words: "schedule enable",
    summary: "Remind of a schedule again",
    load: () => import("./schedule/enable.ts"),
  },
  {
    words: "schedule disable",
    summary: "Stop reminding of a schedule",
    load: () => import("./schedule/disable.ts"),
  },
  {
    words: "schedule delete",
    summary: "Delete a schedule",
    load: () => import("./schedule/delete.ts"),
  },
  {
    words: "export",
    summary: "Write everything on this device to a file",
    load: () => import("./export.ts"),
  },
  {
    words: "backup",
    summary: "Write a checked copy of everything to a file",
    load: () => import("./backup.ts"),
  },
  {
    words: "backup list",
    summary: "List the copies that moodsync made by itself",
    load: () => import("./backup/list.ts"),
  },
  {
    words: "restore-backup",
    summary: "Put a backup in the place of what is here",
    load: () => import("./restore-backup.ts"),
  },
  {
    words: "import",
    summary: "Bring in what another program exported",
    load: () => import("./import.ts"),
  },
  {
    words: "import undo",
    summary: "Take the last import back",
    load: () => import("./import/undo.ts"),
  },
  {
    words: "wipe",
    summary: "Delete everything on this device",
    load: () => import("./wipe.ts"),
  },
  {
    words: "doctor",
    summary: "Look for what is wrong with the installation",
    load: () => import("./doctor.ts"),
  },
  {
    words: "completion",
    summary: "Print a script for completion at Tab",
    load: () => import("./completion.ts"),
  },
  {
    words: "help",
    summary: "Explain a command or a topic",
    load: () => import("./help.ts"),
  },
  {
    words: "help-now",
    summary: "Show support lines, in a crisis or before one",
    load: () => import("./help-now.ts"),
  },
  {
    words: "config list",
    summary: "List every setting with its value",
    load: () => import("./config/list.ts"),
  },
  {
    words: "config get",
    summary: "Print one setting",
    load: () => import("./config/get.ts"),
  },
  {
    words: "config set",
    summary: "Change one setting",
    load: () => import("./config/set.ts"),
  },
  {
    words: "config path",
    summary: "Print where the settings file is",
    load: () => import("./config/path.ts"),
  },
  {
    words: "today",
    summary: "Show today at a glance",
    load: () => import("./today.ts"),
  },
  {
    words: "tui",
    summary: "Open today, history and settings in full screen",
    load: () => import("./tui.ts"),
  },
  {
    words: "settings",
    summary: "Set up sync and preferences in full screen",
    load: () => import("./settings.ts"),
  },
  {
    words: "sync",
    summary: "Exchange changes with the server",
    load: () => import("./sync.ts"),
  },
  { words: "sync now", summary: "The same as `moodsync sync`", load: () => import("./sync/now.ts") },
  {
    words: "sync enable",
    summary: "Connect this device to a server",
    load: () => import("./sync/enable.ts"),
  },
  { words: "sync disable", summary: "Stop syncing; all data stays", load: () => import("./sync/disable.ts") },
  {
    words: "sync status",
    summary: "Show whether sync is on and when it last worked",
    load: () => import("./sync/status.ts"),
  },
  {
    words: "sync conflicts",
    summary: "List versions that lost or were merged",
    load: () => import("./sync/conflicts.ts"),
  },
  {
    words: "sync verify",
    summary: "Compare this device with the server",
    load: () => import("./sync/verify.ts"),
  },
  {
    words: "sync seal",
    summary: "Seal the account: its server can read none of it",
    load: () => import("./sync/seal.ts"),
  },
  {
    words: "sync unseal",
    summary: "Make the account plain: its server reads everything",
    load: () => import("./sync/unseal.ts"),
  },
  {
    words: "sync key show",
    summary: "Print the sealing key",
    load: () => import("./sync/key/show.ts"),
  },
  {
    words: "sync key export",
    summary: "Write the sealing key into a file to print",
    load: () => import("./sync/key/export.ts"),
  },
  {
    words: "sync key enter",
    summary: "Give this device the sealing key",
    load: () => import("./sync/key/enter.ts"),
  },
  {
    words: "sync key rotate",
    summary: "Seal the account with another key",
    load: () => import("./sync/key/rotate.ts"),
  },
  {
    words: "sync key forget",
    summary: "Remove the sealing key from this device",
    load: () => import("./sync/key/forget.ts"),
  },
  {
    words: "account devices",
    summary: "List the devices of the account",
    load: () => import("./account/devices.ts"),
  },
  {
    words: "account devices rename",
    summary: "Rename a device of the account",
    load: () => import("./account/devices/rename.ts"),
  },
  {
    words: "account keys",
    summary: "List the API keys of the account",
    load: () => import("./account/keys.ts"),
  },
  {
    words: "account keys add",
    summary: "Make another API key for the account",
    load: () => import("./account/keys/add.ts"),
  },
  {
    words: "account keys revoke",
    summary: "Revoke an API key of the account",
    load: () => import("./account/keys/revoke.ts"),
  },
  {
    words: "daemon run",
    summary: "Sync and remind until it is stopped",
    load: () => import("./daemon/run.ts"),
  },
  {
    words: "daemon start",
    summary: "Start the daemon in the background",
    load: () => import("./daemon/start.ts"),
  },
  {
    words: "daemon stop",
    summary: "Stop the daemon",
    load: () => import("./daemon/stop.ts"),
  },
  {
    words: "daemon restart",
    summary: "Stop the daemon and start it again",
    load: () => import("./daemon/restart.ts"),
  },
  {
    words: "daemon status",
    summary: "Show whether the daemon is running and what it does",
    load: () => import("./daemon/status.ts"),
  },
  {
    words: "daemon logs",
    summary: "Show what the daemon did",
    load: () => import("./daemon/logs.ts"),
  },
  {
    words: "daemon snapshot",
    summary: "Print what the daemon reads before it acts",
    load: () => import("./daemon/snapshot.ts"),
  },
  {
    words: "daemon install",
    summary: "Have the system start the daemon, or a timer",
    load: () => import("./daemon/install.ts"),
  },
  {
    words: "daemon uninstall",
    summary: "Undo `daemon install`",
    load: () => import("./daemon/uninstall.ts"),
  },
  { words: "serve", summary: "Run a sync server", load: () => import("./serve.ts") },
  {
    words: "admin user add",
    summary: "Add an account to the server",
    load: () => import("./admin/user/add.ts"),
  },
  {
    words: "admin user list",
    summary: "List the server's accounts",
    load: () => import("./admin/user/list.ts"),
  },
  {
    words: "admin user delete",
    summary: "Delete an account of the server",
    load: () => import("./admin/user/delete.ts"),
  },
  {
    words: "admin key add",
    summary: "Make another key for an account",
    load: () => import("./admin/key/add.ts"),
  },
  {
    words: "admin key list",
    summary: "List the keys of an account",
    load: () => import("./admin/key/list.ts"),
  },
  {
    words: "admin key revoke",
    summary: "Revoke a key of an account",
    load: () => import("./admin/key/revoke.ts"),
  },
];
