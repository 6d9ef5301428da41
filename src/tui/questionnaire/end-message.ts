import { safetyItemOf } from "../../assessments/questionnaire.ts";
import { SHORT_NOTICE } from "../../assessments/safety/notice.ts";
import type { LineContext } from "../../output/entity-line.ts";
import { entityLine } from "../../output/entity-line.ts";
import type { Message } from "../components/message.ts";
import type { FormEnding } from "./questionnaire-form.ts";
import type { QuestionnaireView } from "./questionnaire-view.ts";

/** What is said once the questions have gone from the screen. Where item 9 called for the notice, its two lines. */
export function endMessage(
  ending: FormEnding,
  { questionnaire, taken, ...line }: Pick<QuestionnaireView, "questionnaire" | "taken"> & LineContext,
): Message {
  const text = sentence(ending, { questionnaire, taken }, line);
  if (!questionnaire || safetyItemOf(questionnaire) === undefined) return { tone: "done", text };
  return { tone: "note", text: SHORT_NOTICE.replaceAll("\n", " "), hint: text };
}

function sentence(
  ending: FormEnding,
  { questionnaire, taken }: Pick<QuestionnaireView, "questionnaire" | "taken">,
  line: LineContext,
): string {
  if (taken) {
    const entry = entityLine("AssessmentEntry", taken.assessment, line);
    return `${ending === "taken back" ? "Took back" : "Logged"}: ${entry}.`;
  }
  const answers = questionnaire?.answers ?? [];
  const count = answers.filter((value) => value !== undefined).length;
  if (count === 0) return "Nothing was stored.";
  return `Nothing was stored yet; ${count} of the ${answers.length} answers ${count === 1 ? "waits" : "wait"} for 24 hours. d goes on.`;
}
