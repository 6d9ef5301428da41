import { useMemo } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import type { Device } from "../../sync/device.ts";
import type { Help } from "../keyboard/key.ts";
import { useAsk } from "./ask.ts";
import { type Leaving, TextField } from "./text-field.tsx";

/** The note of a mood while it is typed. What is typed is kept as a draft until it is stored or discarded, and the field
 *  begins with the draft that is there. */
export function NoteField(props: {
  device: Device;
  mood: MoodEntry;
  width: number;
  /** Stores the note; false where that failed, and the field stays open. */
  onLeave(text: string, leaving: Leaving): boolean;
  onProblem(error: unknown): void;
  /** Called with the text after every key, and with what is stored where it was discarded. */
  onChange?(text: string): void;
  /** Which keys leave the field here, and what that does. */
  keys?: readonly Help[];
  onClose(): void;
}) {
  const { device, mood, width } = props;
  const drafts = useMemo(() => openNoteDrafts(device.home), [device]);
  const ask = useAsk();
  const stored = mood.note ?? "";
  const initial = useMemo(() => drafts.of(mood.id) ?? stored, [drafts, mood.id, stored]);

  function keep(text: string | null): void {
    try {
      drafts.keep(mood.id, text === stored ? null : text, device.nowMs());
    } catch (error) {
      props.onProblem(error);
    }
  }

  function change(text: string): void {
    keep(text);
    props.onChange?.(text);
  }

  function cancel(text: string): void {
    const discard = () => {
      keep(null);
      props.onChange?.(stored);
      props.onClose();
    };
    if (text === stored) discard();
    else ask({ text: "Discard the note that you typed?", onYes: discard });
  }

  return (
    <TextField
      initial={initial}
      width={width}
      onChange={change}
      {...(props.keys ? { keys: props.keys } : {})}
      onLeave={(text, leaving) => {
        if (props.onLeave(text, leaving)) keep(null);
      }}
      onCancel={cancel}
    />
  );
}
