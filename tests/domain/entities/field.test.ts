import { expect, expectTypeOf, test } from "vitest";
import type { AssessmentEntry } from "../../../src/domain/entities/assessment-entry.ts";
import type { EntityOf, Fields } from "../../../src/domain/entities/field.ts";
import { nullable, optional, text, wholeNumber } from "../../../src/domain/entities/field-kinds.ts";
import type { Metadata } from "../../../src/domain/entities/metadata.ts";
import type { Schedule } from "../../../src/domain/entities/schedule.ts";

test("a field without a column in both databases does not compile", () => {
  const { columns: _columns, ...without } = wholeNumber(1, 5);
  // @ts-expect-error: columns are missing
  ({ energy: without }) satisfies Fields;
  // @ts-expect-error: the column of PostgreSQL is missing
  ({ energy: { ...without, columns: { sqlite: "integer" } } }) satisfies Fields;
  // @ts-expect-error: the column of SQLite is missing
  ({ energy: { ...without, columns: { postgres: "integer" } } }) satisfies Fields;
});

test("a field that came after version 1 and is not optional does not compile", () => {
  // @ts-expect-error: older devices cannot send it
  ({ energy: { ...wholeNumber(1, 5), since: 2 } }) satisfies Fields;
  const energy = optional(wholeNumber(1, 5), { since: 2 });
  ({ energy }) satisfies Fields;
  expect(energy.jsonSchema).toEqual({
    type: "integer",
    minimum: 1,
    maximum: 5,
    description: "Since protocol version 2.",
  });
});

test("the TypeScript type of an entity follows from its fields", () => {
  const fields = {
    value: wholeNumber(1, 5),
    note: nullable(text(0, 9)),
    energy: optional(wholeNumber(1, 5)),
  };
  expectTypeOf<EntityOf<typeof fields>>().branded.toEqualTypeOf<{
    value: number;
    note: string | null;
    energy?: number;
    metadata: Metadata;
  }>();
  expectTypeOf<AssessmentEntry["answers"]>().toEqualTypeOf<(number | null)[] | undefined>();
  expectTypeOf<AssessmentEntry["source"]>().toEqualTypeOf<"answered" | "score-only" | "import" | undefined>();
  expectTypeOf<Schedule["next_due_at"]>().toEqualTypeOf<string | null>();
});
