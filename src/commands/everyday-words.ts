/** The first words of the everyday commands; a file of its own, because the program looks at it before it loads any. */
export const EVERYDAY_WORDS: ReadonlySet<string | undefined> = new Set(["log", "list", "show", "due"]);
