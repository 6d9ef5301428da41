import { isUuid } from "../identifiers.ts";
import { MAX_LABEL_CHARACTERS } from "../limits.ts";
import { groupedNumber } from "../text/grouped-number.ts";
import { characterCount, isStorableText } from "../text/text.ts";
import { parseTimestamp } from "../time/timestamp.ts";
import type { FieldRule, OptionalField, PostgresColumn, RequiredField } from "./field.ts";

/** An identifier: a UUID in lower case. */
export const UUID: RequiredField<string> = field({
  rule: (value) => (isUuid(value) ? null : "must be a UUID in lower case"),
  jsonSchema: { type: "string", format: "uuid" },
  columns: { sqlite: "text", postgres: "uuid" },
});

/** A time that keeps the offset of the place where it was written. */
export const ZONED_TIME: RequiredField<string> = field({
  rule: (value) =>
    typeof value === "string" && parseTimestamp(value)
      ? null
      : "must be an RFC 3339 time of the years 1900 to 9999, like 2026-03-02T21:00:00+01:00",
  jsonSchema: { type: "string", format: "date-time" },
  columns: { sqlite: "time and offset", postgres: "time and offset" },
});

export const BOOLEAN: RequiredField<boolean> = field({
  rule: (value) => (typeof value === "boolean" ? null : "must be true or false"),
  jsonSchema: { type: "boolean" },
  columns: { sqlite: "boolean", postgres: "boolean" },
});

export const INT32 = wholeNumber(-2_147_483_648, 2_147_483_647);

const LABEL_TEXT = text(1, MAX_LABEL_CHARACTERS);

/** A name that a person gives to an activity, a device or an API key. */
export const LABEL: RequiredField<string> = {
  ...LABEL_TEXT,
  rule: (value) => LABEL_TEXT.rule(value) ?? ((value as string).trim() === "" ? "must not be blank" : null),
};

/** A colour as `#rrggbb`. */
export const COLOUR: RequiredField<string> = field({
  rule: (value) =>
    typeof value === "string" && /^#[0-9a-fA-F]{6}$/.test(value) ? null : "must be a colour like #4caf50",
  jsonSchema: { type: "string", pattern: "^#[0-9a-fA-F]{6}$" },
  columns: { sqlite: "text", postgres: "text" },
});

export function wholeNumber(minimum: number, maximum: number): RequiredField<number> {
  return field({
    rule: (value) =>
      Number.isInteger(value) &&
      (value as number) >= minimum &&
      (value as number) <= maximum &&
      !Object.is(value, -0)
        ? null
        : `must be a whole number from ${minimum} to ${maximum}`,
    jsonSchema: { type: "integer", minimum, maximum },
    columns: { sqlite: "integer", postgres: "integer" },
  });
}

/** A text that every database keeps unchanged; lengths are in characters (code points), as JSON Schema counts them. */
export function text(minLength: number, maxLength: number): RequiredField<string> {
  return field({
    rule: (value) => {
      if (typeof value !== "string") return "must be a text";
      if (!isStorableText(value))
        return "must be text without NUL and without broken characters (lone surrogates)";
      if (value.length <= maxLength && value.length >= minLength) return null;
      const length = characterCount(value);
      if (length > maxLength) return `must have at most ${groupedNumber(maxLength)} characters`;
      return length < minLength ? "must not be empty" : null;
    },
    jsonSchema: { type: "string", ...(minLength > 0 ? { minLength } : {}), maxLength },
    columns: { sqlite: "text", postgres: "text" },
  });
}

/** One of the names. */
export function oneOf<const N extends string>(names: readonly N[]): RequiredField<N> {
  return field({
    rule: (value) => (names.includes(value as N) ? null : `must be one of ${names.join(", ")}`),
    jsonSchema: { type: "string", enum: names },
    columns: { sqlite: "text", postgres: "text" },
  });
}

/** A list of at most `maxItems` values of a kind; where they are `unique`, none twice. */
export function list<T>(
  item: { rule: FieldRule; jsonSchema: object; valueType?: T },
  { maxItems, unique = false, column }: { maxItems: number; unique?: boolean; column: PostgresColumn },
): RequiredField<T[]> {
  return field({
    rule: (value) => {
      if (!Array.isArray(value)) return "must be a list";
      if (value.length > maxItems) return `must have at most ${maxItems} items`;
      if (unique && new Set(value).size !== value.length) return "must not name the same item twice";
      for (const one of value) {
        const problem = item.rule(one);
        if (problem) return `items ${problem}`;
      }
      return null;
    },
    jsonSchema: {
      type: "array",
      items: item.jsonSchema,
      maxItems,
      ...(unique ? { uniqueItems: true } : {}),
    },
    columns: { sqlite: "json", postgres: column },
  });
}

/** The same, or null. */
export function nullable<T>(of: RequiredField<T>): RequiredField<T | null> {
  return field({
    rule: (value) => (value === null ? null : of.rule(value)),
    jsonSchema: { anyOf: [of.jsonSchema, { type: "null" }] },
    columns: of.columns,
  });
}

/** The same, but it may be missing. Every field that came after version 1 of the protocol is optional, so that older
 *  devices and servers go on working. */
export function optional<T>(of: RequiredField<T>, { since = 1 } = {}): OptionalField<T> {
  const description = since > 1 ? { description: `Since protocol version ${since}.` } : {};
  return { ...of, jsonSchema: { ...of.jsonSchema, ...description }, optional: true, since };
}

function field<T>(kind: Pick<RequiredField<T>, "rule" | "jsonSchema" | "columns">): RequiredField<T> {
  return { ...kind, optional: false, since: 1 };
}
