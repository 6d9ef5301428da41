import { useContext, useLayoutEffect, useState } from "react";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { pageLines } from "../../output/questionnaire/page.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { KeyListenersContext } from "../keyboard/keyboard.tsx";
import { useKeys } from "../keyboard/use-keys.ts";
import { pageOfView } from "./page-of-view.ts";
import type { FormEnding, QuestionnaireForm } from "./questionnaire-form.ts";
import { afterKey, afterPaint, firstView, openPage, type QuestionnaireView } from "./questionnaire-view.ts";

/** The questions of an instrument in place of everything, one a page, with what comes before and after them. */
export function QuestionnaireScreen(props: {
  form: QuestionnaireForm;
  now: ZonedTime;
  width: number;
  height: number;
  onEnd(ending: FormEnding, view: QuestionnaireView): void;
}) {
  const { form, now, width, height } = props;
  const style = useStyle();
  const listeners = useContext(KeyListenersContext);
  const [view, setView] = useState(() => firstView(form));
  const isNotice = openPage(view) === "safety";

  useKeys("page", (key) => {
    const next = afterKey(view, key, form);
    if (next.ending) props.onEnd(next.ending, next);
    else setView(next);
    return true;
  });
  useLayoutEffect(() => {
    if (!isNotice) return;
    form.safety.wasShown(view.questionnaire!);
    // What was typed ahead was no answer to the notice.
    listeners?.dropTypedAhead();
  }, [isNotice, form, listeners, view.questionnaire]);
  // The notice is painted before the result is stored.
  useLayoutEffect(() => {
    if (view.isUnstored) setView(afterPaint(view, form));
  }, [view, form]);
  const size = { columns: width, rows: height };
  return <Lines lines={pageLines(pageOfView(view, form, now, size, style), size, style)} />;
}
