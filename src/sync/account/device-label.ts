import { LABEL } from "../../domain/entities/field-kinds.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";

/** A device's name in its account, as it is stored. Throws `invalid_input`. */
export function checkDeviceLabel(label: string): string {
  const problem = LABEL.rule(label);
  if (problem) throw new MoodsyncError("invalid_input", `The device's label ${problem}.`);
  return label;
}
