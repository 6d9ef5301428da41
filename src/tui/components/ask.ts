import { createContext, useContext } from "react";

/** A question to be answered before anything else: y does it; n, Escape and Enter leave everything as it is. */
export interface Question {
  /** At most three lines of the narrowest terminal. */
  text: string;
  onYes(): void;
}

/** The question that is open; null: none. */
export const QuestionContext = createContext<{
  question: Question | null;
  ask(question: Question | null): void;
}>({ question: null, ask: () => {} });

/** Asks before something is done that cannot be taken back. */
export function useAsk(): (question: Question) => void {
  return useContext(QuestionContext).ask;
}
