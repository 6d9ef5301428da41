import { ENVIRONMENT } from "./environment.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { PRIVACY } from "./privacy.ts";
import { TIME } from "./time.ts";
import type { Topic } from "./topic.ts";

/** What `moodsync help <name>` explains beside the commands. */
export const TOPICS: readonly Topic[] = [TIME, EXIT_CODES, PRIVACY, ENVIRONMENT];

/** Other words under which a topic is looked for. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  times: "time",
  when: "time",
  dates: "time",
  date: "time",
  exit: "exit-codes",
  codes: "exit-codes",
  "exit codes": "exit-codes",
  "exit-code": "exit-codes",
  shell: "privacy",
  security: "privacy",
  files: "environment",
  paths: "environment",
  variables: "environment",
  env: "environment",
};

/** The topic of these words, or undefined. */
export function findTopic(words: readonly string[]): Topic | undefined {
  const typed = words.join(" ").toLowerCase();
  const name = Object.hasOwn(OTHER_NAMES, typed) ? OTHER_NAMES[typed] : typed;
  return TOPICS.find((topic) => topic.name === name);
}
