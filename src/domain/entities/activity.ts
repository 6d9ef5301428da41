import * as z from "zod";
import { Metadata } from "./metadata.ts";
import { colorField, iconField, idField, labelField } from "./schema-field.ts";

/** Something that a mood entry can name: "run", "family". */
const fields = z.object({
  id: idField,
  label: labelField,
  color_hex: colorField,
  icon: iconField,
});

export const Activity = fields.extend({ metadata: Metadata }).loose();
export type Activity = z.infer<typeof fields> & { metadata: Metadata };
