/** `sync now` says what `sync` does: for whoever looks for a verb after the words of a group. */
export { default } from "../sync.ts";
