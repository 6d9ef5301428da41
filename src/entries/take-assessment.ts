import type { AnswerableInstrument } from "../assessments/instrument.ts";
import { type Questionnaire, result } from "../assessments/questionnaire.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { canonicalJson } from "../domain/versions/canonical.ts";
import { differencesBetween } from "../domain/versions/difference.ts";
import { transaction } from "../local/storage/database.ts";
import { readRow } from "../local/versions/rows.ts";
import { lastUndoable, undoLastCommands } from "../local/versions/undo.ts";
import type { AssessmentEdit } from "./apply-edit.ts";
import { type BegunQuestionnaire, openBegunQuestionnaires } from "./begun-questionnaires.ts";
import { type EarlierResult, earlierResults, lastTakenMs } from "./earlier-results.ts";
import { editEntry } from "./edit-entry.ts";
import type { Entries } from "./entries.ts";
import { logAssessment, type Overlap } from "./log-assessment.ts";

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
  /** Stores the result of a whole set of answers; after the first time what was added to it or corrected, scored anew.
   *  Throws `not_found` where it has been deleted meanwhile. */
  store(questionnaire: Questionnaire): TakenAssessment;
  /** What was stored; null: nothing was. */
  stored(): TakenAssessment | null;
  /** Takes the stored result back, with the due dates that it moved. False, and nothing is changed, where it has been
   *  changed since, or another command has run since. */
  takeBack(): boolean;
  close(): void;
}

/** `entries` are asked for at each step, because somebody may take hours. `takenAt` is when the assessment is to have
 *  been taken, as it is stored; null: when it is finished. */
export function startTaking(given: { entries(): Entries; stateDir: string; takenAt: string | null }): Taking {
  const begun = openBegunQuestionnaires(given.stateDir);
  let release: (() => void) | undefined;
  let takenAt = given.takenAt;
  let stored: Stored | null = null;

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
      return lastTakenMs(given.entries().db, instrument.name);
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
        ? edit(given.entries(), stored, questionnaire)
        : log(given.entries(), questionnaire, takenAt);
      begun.forget(questionnaire.instrument);
      return stored.taken;
    },
    stored: () => stored?.taken ?? null,
    takeBack: () => stored !== null && takeBack(given.entries(), stored),
  };
}

/** What a taking has stored. */
interface Stored {
  taken: TakenAssessment;
  /** The answers as they were last stored. */
  questionnaire: Questionnaire;
  /** The commands that stored it, the first one first. */
  commandIds: readonly number[];
  /** Whether nobody else had changed it when it was last stored. */
  isOnlyOurs: boolean;
}

function log(entries: Entries, questionnaire: Questionnaire, takenAt: string | null): Stored {
  const outcome = result(questionnaire);
  if (outcome.status === "open") throw new Error("there is no result yet");
  const { answers, difficulty } = outcome;
  // In one transaction, so that the last command is this one.
  return transaction(entries.db, () => {
    const logged = logAssessment(entries, {
      assessment_type: questionnaire.instrument.name,
      answers,
      ...(difficulty === undefined ? {} : { difficulty }),
      ...(takenAt === null ? {} : { taken_at: takenAt }),
    });
    const taken = { ...logged, ...earlierResults(entries.db, logged.assessment) };
    return { taken, questionnaire, commandIds: [lastUndoable(entries.db)!.id], isOnlyOurs: true };
  });
}

/** Stores what differs from the answers that were stored last, so that what somebody else has edited meanwhile stays in
 *  the rest. */
function edit(entries: Entries, stored: Stored, questionnaire: Questionnaire): Stored {
  const changes = editBetween(stored.questionnaire, questionnaire);
  if (Object.keys(changes).length === 0) return stored;
  const { db } = entries;
  return transaction(db, () => {
    const isOnlyOurs = isStillOurs(entries, stored);
    const ref = { entityType: "AssessmentEntry", id: stored.taken.assessment.id } as const;
    const { entity, isChanged } = editEntry(entries, ref, changes, { command: "log assessment" });
    return {
      taken: { ...stored.taken, assessment: entity, ...earlierResults(db, entity) },
      questionnaire,
      commandIds: isChanged ? [...stored.commandIds, lastUndoable(db)!.id] : stored.commandIds,
      isOnlyOurs,
    };
  });
}

function editBetween(before: Questionnaire, after: Questionnaire): AssessmentEdit {
  const outcome = result(after);
  if (outcome.status === "open") throw new Error("there is no result any more");
  const { answers, difficulty } = outcome;
  return {
    ...(canonicalJson(answers) === canonicalJson(before.answers) ? {} : { answers: [...answers] }),
    ...(difficulty === before.difficulty ? {} : { difficulty: difficulty ?? null }),
  };
}

function takeBack(entries: Entries, stored: Stored): boolean {
  const { db, nowMs } = entries;
  return transaction(
    db,
    () => isStillOurs(entries, stored) && undoLastCommands(db, nowMs, stored.commandIds),
  );
}

/** Whether nobody else has changed it: what sync received is no command, so only the entry itself shows it. */
function isStillOurs({ db }: Entries, { taken: { assessment }, isOnlyOurs }: Stored): boolean {
  const standing = readRow(db, "AssessmentEntry", assessment.id)?.entity ?? null;
  return isOnlyOurs && differencesBetween(assessment, standing).length === 0;
}

function takenElsewhere({ name }: AnswerableInstrument): MoodsyncError {
  return new MoodsyncError("failure", `The ${name} is being answered in another terminal.`, {
    hint: "Finish it there, or leave it with Esc: its answers wait for 24 hours.",
  });
}
