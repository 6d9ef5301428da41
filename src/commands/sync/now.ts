/** `sync now` says what `sync` does: for whoever expects a verb after the words of a group. */
export { default } from "../sync.ts";
