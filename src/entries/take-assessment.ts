import type { AnswerableInstrument } from "../assessments/instrument.ts";
import { type Questionnaire, result } from "../assessments/questionnaire.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { type BegunQuestionnaire, openBegunQuestionnaires } from "./begun-questionnaires.ts";
import { type EarlierResult, earlierResults, resultsOf } from "./earlier-results.ts";
import { editEntry } from "./edit-entry.ts";
import type { Entries } from "./entries.ts";
import { logAssessment, type Overlap } from "./log-assessment.ts";
import { previewUndo, undoLast } from "./undo-last.ts";

/** A result that was stored, with what it is compared with. */
export interface TakenAssessment {
  assessment: AssessmentEntry;
  schedules: readonly Schedule[];
  overlap: Overlap | null;
  last: EarlierResult | null;
  first: EarlierResult | null;
}

/** What happens to the answers while somebody goes through the questions of an instrument. */
export interface Taking {
  /** Takes the instrument for this process, in place of the one before. Comes back with what waits to be gone on with;
   *  null: nothing does. Throws a `failure` while another process has it. */
  open(instrument: AnswerableInstrument): BegunQuestionnaire | null;
  /** When the instrument was last taken, in ms; null: never on this device. */
  lastTakenMs(instrument: AnswerableInstrument): number | null;
  /** Keeps the answers so far. Throws what the file system throws. */
  keep(questionnaire: Questionnaire): void;
  /** Forgets what waited. */
  beginAnew(instrument: AnswerableInstrument): void;
  /** Stores the result of a whole set of answers; the second time only what was added to it. */
  store(questionnaire: Questionnaire): TakenAssessment;
  /** What was stored; null: nothing was. */
  stored(): TakenAssessment | null;
  /** Takes the stored result back, with the due dates that it moved. False where it has been changed since. */
  takeBack(): boolean;
  close(): void;
}

/** `entries` are asked for at each step, because somebody may take hours. `takenAt` is when the assessment is to have
 *  been taken, as it is stored; null: when it is finished. */
export function startTaking(given: { entries(): Entries; stateDir: string; takenAt: string | null }): Taking {
  const begun = openBegunQuestionnaires(given.stateDir);
  let release: (() => void) | undefined;
  let takenAt = given.takenAt;
  let stored: TakenAssessment | null = null;

  function close(): void {
    release?.();
    release = undefined;
  }

  return {
    close,
    open(instrument) {
      const taken = begun.take(instrument);
      if (!taken) throw takenElsewhere(instrument);
      close();
      release = taken;
      const { nowMs } = given.entries();
      const waiting = begun.find(instrument, nowMs);
      takenAt = given.takenAt ?? waiting?.takenAt ?? null;
      return waiting;
    },
    lastTakenMs(instrument) {
      const times = resultsOf(given.entries().db, instrument.name).map((entry) =>
        timestampToMs(entry.taken_at),
      );
      return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
    },
    keep(questionnaire) {
      begun.keep({ questionnaire, savedAtMs: given.entries().nowMs, takenAt });
    },
    beginAnew(instrument) {
      begun.forget(instrument);
      takenAt = given.takenAt;
    },
    store(questionnaire) {
      stored = stored
        ? withDifficulty(given.entries(), stored, questionnaire)
        : log(given.entries(), questionnaire, takenAt);
      begun.forget(questionnaire.instrument);
      return stored;
    },
    stored: () => stored,
    takeBack() {
      const entries = given.entries();
      let isBack = false;
      // The unscored question may have been added by a change of its own.
      for (let last = previewUndo(entries); stored && last; last = previewUndo(entries)) {
        const { id } = stored.assessment;
        if (!last.entries.some((entry) => entry.id === id)) break;
        undoLast(entries, { expected: last.id });
        isBack = true;
      }
      return isBack;
    },
  };
}

function log(entries: Entries, questionnaire: Questionnaire, takenAt: string | null): TakenAssessment {
  const outcome = result(questionnaire);
  if (outcome.status === "open") throw new Error("there is no result yet");
  const { answers, difficulty } = outcome;
  const logged = logAssessment(entries, {
    assessment_type: questionnaire.instrument.name,
    answers,
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(takenAt === null ? {} : { taken_at: takenAt }),
  });
  return { ...logged, ...earlierResults(entries.db, logged.assessment) };
}

function withDifficulty(
  entries: Entries,
  stored: TakenAssessment,
  { difficulty }: Questionnaire,
): TakenAssessment {
  if (difficulty === undefined) return stored;
  const ref = { entityType: "AssessmentEntry", id: stored.assessment.id } as const;
  const { entity } = editEntry(entries, ref, { difficulty }, { command: "log assessment" });
  return { ...stored, assessment: entity };
}

function takenElsewhere({ name }: AnswerableInstrument): MoodsyncError {
  return new MoodsyncError("failure", `The ${name} is being answered in another terminal.`, {
    hint: "Finish it there, or leave it with Esc: its answers wait for 24 hours.",
  });
}
