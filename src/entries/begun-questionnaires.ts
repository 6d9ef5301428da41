import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AnswerableInstrument } from "../assessments/instrument.ts";
import { answer, goTo, type Questionnaire, start } from "../assessments/questionnaire.ts";
import { acquireFileLock } from "../files/file-lock.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { haveExpired, waitingAnswersFile } from "./waiting-answers.ts";

/** A questionnaire that was begun and not finished. */
export interface BegunQuestionnaire {
  questionnaire: Questionnaire;
  /** When it was last changed. */
  savedAtMs: number;
  /** When it is to have been taken, as it is stored; null: when it is finished. */
  takenAt: string | null;
}

/** Questionnaires that were begun on this device, one of each instrument. They lie in files that only their owner can
 *  read, written at every answer, so nothing that ends the program loses one; they go when the result is stored, or when
 *  they have waited too long. */
export interface BegunQuestionnaires {
  /** The one that waits; null where there is none, or one of another version or that was not written here. */
  find(instrument: AnswerableInstrument, nowMs: number): BegunQuestionnaire | null;
  /** Throws what the file system throws. */
  keep(begun: BegunQuestionnaire): void;
  /** Where the file cannot be removed it stays until it has waited too long: never a reason to lose sight of a result that
   *  is stored. */
  forget(instrument: AnswerableInstrument): void;
  /** Takes an instrument for this process until the function that comes back is called, or the process ends, however
   *  it does. Null while another process has it. */
  take(instrument: AnswerableInstrument): (() => void) | null;
}

export function openBegunQuestionnaires(stateDir: string): BegunQuestionnaires {
  const fileOf = ({ id }: AnswerableInstrument) => waitingAnswersFile(stateDir, id);
  return {
    find(instrument, nowMs) {
      const begun = readBegun(fileOf(instrument), instrument);
      return begun && !haveExpired(begun.savedAtMs, nowMs) ? begun : null;
    },
    keep(begun) {
      writePrivateFile(fileOf(begun.questionnaire.instrument), `${JSON.stringify(toJson(begun))}\n`);
    },
    forget(instrument) {
      try {
        rmSync(fileOf(instrument), { force: true });
      } catch {}
    },
    take: ({ id }) => acquireFileLock(join(stateDir, `questionnaire-${id}.lock`), { waitMs: 0 }),
  };
}

/** JSON has no undefined: an open item is null there, and one that was left without a value "-". */
function toJson({ questionnaire, savedAtMs, takenAt }: BegunQuestionnaire): object {
  const { instrument, startedAtMs, answers, difficulty, at } = questionnaire;
  return {
    version: instrument.version,
    started_at_ms: startedAtMs,
    saved_at_ms: savedAtMs,
    taken_at: takenAt,
    answers: answers.map((value) => (value === undefined ? null : (value ?? "-"))),
    difficulty: difficulty ?? null,
    at,
  };
}

/** Read by answering anew, so that nothing gets in which could not have been answered. */
function readBegun(file: string, instrument: AnswerableInstrument): BegunQuestionnaire | null {
  try {
    const { version, started_at_ms, saved_at_ms, taken_at, answers, difficulty, at } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    if (version !== instrument.version || !Array.isArray(answers)) return null;
    if (![started_at_ms, saved_at_ms, at].every(Number.isSafeInteger)) return null;
    const { items } = instrument.questions;
    let questionnaire = start(instrument, started_at_ms);
    for (const index of items.keys()) {
      const value = answers[index] ?? undefined;
      if (value !== undefined) {
        questionnaire = answer(goTo(questionnaire, index + 1), value === "-" ? null : value);
      }
    }
    if (difficulty !== null) questionnaire = answer(goTo(questionnaire, items.length + 1), difficulty);
    return {
      questionnaire: goTo(questionnaire, Math.min(Math.max(at, 0), items.length) + 1),
      savedAtMs: saved_at_ms,
      takenAt: typeof taken_at === "string" ? taken_at : null,
    };
  } catch {
    return null;
  }
}
