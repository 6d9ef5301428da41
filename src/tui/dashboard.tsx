import { useLayoutEffect, useState } from "react";
import { findInstrument, INSTRUMENTS } from "../assessments/find-instrument.ts";
import type { AnswerableInstrument } from "../assessments/instrument.ts";
import { isAnswerable } from "../assessments/questionnaire.ts";
import { openBegunQuestionnaires } from "../entries/begun-questionnaires.ts";
import { systemZone } from "../input/system-zone.ts";
import { dueSchedules } from "../local/queries/due-schedules.ts";
import { readSyncState } from "../local/queries/today.ts";
import { screenHead, syncSign, viewAt } from "../output/screen/head.ts";
import { calendarSettings } from "../settings/calendar-settings.ts";
import { readSettings } from "../settings/settings-file.ts";
import { AppRoot, useRoot } from "./app-root.tsx";
import { AppShell } from "./components/app-shell.tsx";
import { problemMessage } from "./components/message.ts";
import { undoLastCommand } from "./entries/device-entries.ts";
import { useAttempt } from "./entries/use-attempt.ts";
import { HistoryView } from "./history/history-view.tsx";
import { InsightsView } from "./insights/insights-view.tsx";
import { type Key, letterOf } from "./keyboard/key.ts";
import { useKeys } from "./keyboard/use-keys.ts";
import { CheckIn } from "./questionnaire/check-in.tsx";
import { endMessage } from "./questionnaire/end-message.ts";
import { openForm } from "./questionnaire/open-form.ts";
import type { FormEnding, QuestionnaireForm } from "./questionnaire/questionnaire-form.ts";
import { QuestionnaireScreen } from "./questionnaire/questionnaire-screen.tsx";
import type { QuestionnaireView } from "./questionnaire/questionnaire-view.ts";
import { NOT_SET_UP, SettingsView } from "./settings/settings-view.tsx";
import { useUnsavedConnection } from "./settings/unsaved-connection.ts";
import { useSyncActions } from "./settings/use-sync-actions.ts";
import { createTasks, type Tasks, useRunningTask } from "./tasks.ts";
import { type Ending, runApp, type Terminal } from "./terminal/run-app.tsx";
import { TodayView } from "./today/today-view.tsx";
import { useDatabaseValue } from "./use-database-value.ts";
import { useNow } from "./use-now.ts";
import type { ScreenDevice } from "./view-props.ts";

/** The views, in the order in which Tab goes through them. */
const VIEWS = [
  { name: "Today", View: TodayView },
  { name: "History", View: HistoryView },
  { name: "Insights", View: InsightsView },
  { name: "Settings", View: SettingsView },
] as const;
const NAMES = VIEWS.map(({ name }) => name);

/** Shows the dashboard until the user leaves it. What still runs then is stopped; nothing is lost by that. */
export async function runDashboard(device: ScreenDevice, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(
      <AppRoot db={device.db} terminal={terminal}>
        <Dashboard device={device} tasks={tasks} />
      </AppRoot>,
      terminal,
    );
  } finally {
    await tasks.stop();
  }
}

function Dashboard({ device, tasks }: { device: ScreenDevice; tasks: Tasks }) {
  const { style, changed, say } = useRoot();
  const [open, setOpen] = useState(0);
  const { unsaved, leaveQuestion } = useUnsavedConnection();
  const actions = useSyncActions({ device, tasks, say, changed });
  const attempt = useAttempt();
  const running = useRunningTask(tasks);
  const now = useNow(device.nowMs);
  const { value: sync } = useDatabaseValue(device.db, () => readSyncState(device.db, device.appVersion));

  const [checkIn, setCheckIn] = useState<{ due: readonly string[] } | null>(null);
  const [form, setForm] = useState<QuestionnaireForm | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the device stays
  useLayoutEffect(
    () => () => {
      const id = form?.taking.stored()?.assessment.id;
      if (id !== undefined) device.logged({ entityType: "AssessmentEntry", id });
      form?.taking.close();
    },
    [form],
  );

  function begin(instrument: AnswerableInstrument): void {
    setCheckIn(null);
    try {
      setForm(openForm(device, instrument));
    } catch (error) {
      say(problemMessage(error));
    }
  }

  /** Begins the one that was left half-way, else the one that is due; where there are more, or none, one chooses. */
  function checkInNow({ all }: { all: boolean }): void {
    const nowMs = device.nowMs();
    const { dayStartMs } = calendarSettings(readSettings(device.home.configDir));
    const { due } = dueSchedules(device.db, { nowMs, zone: systemZone, dayStartMs });
    const begun = openBegunQuestionnaires(device.home.stateDir);
    const waiting = INSTRUMENTS.filter((one) => isAnswerable(one)).filter((one) => begun.find(one, nowMs));
    const dueInstruments = due.map(({ assessmentType }) => findInstrument(assessmentType));
    const [only, ...others] = waiting.length > 0 ? waiting : dueInstruments;
    if (!all && others.length === 0 && isAnswerable(only)) begin(only);
    else setCheckIn({ due: due.map(({ assessmentType }) => assessmentType) });
  }

  function end(ending: FormEnding, { questionnaire, taken }: QuestionnaireView): void {
    setForm(null);
    changed();
    say(endMessage(ending, { questionnaire, taken, now, labels: new Map() }));
  }

  function turnOf(key: Key): (() => void) | null {
    const step = { tab: 1, backTab: VIEWS.length - 1 }[key.name as string];
    if (step !== undefined) return () => setOpen((open + step) % VIEWS.length);
    const clicked =
      key.name === "click" && key.row === 0 ? viewAt(key.column, { views: NAMES, open }, style) : null;
    return clicked === null ? null : () => setOpen(clicked);
  }

  useKeys("app", (key) => {
    const letter = letterOf(key);
    const turn = turnOf(key);
    if (turn) turn();
    else if (letter === "u") attempt(() => undoLastCommand(device));
    else if (letter === "d" || letter === "D") checkInNow({ all: letter === "D" });
    else if (letter === "s" && sync.enabled) actions.sync();
    else if (letter === "s") say(NOT_SET_UP);
    else return false;
    return true;
  });
  const { View } = VIEWS[open]!;
  const sign = syncSign(sync, { isRunning: running !== null, now }, style);
  return (
    <AppShell
      head={(columns) => screenHead({ views: NAMES, open, sync: sign }, columns, style)}
      leaveQuestion={leaveQuestion}
      safety={device.safety}
      cover={
        form
          ? (size) => <QuestionnaireScreen {...{ form, now }} {...size} onEnd={end} />
          : checkIn
            ? (size) => (
                <CheckIn
                  {...{ device, now }}
                  due={checkIn.due}
                  {...size}
                  onChoose={begin}
                  onClose={() => setCheckIn(null)}
                />
              )
            : null
      }
    >
      {(size) => (
        <View
          {...{ device, tasks, actions, unsaved, turnOf }}
          checkIn={() => checkInNow({ all: false })}
          {...size}
        />
      )}
    </AppShell>
  );
}
