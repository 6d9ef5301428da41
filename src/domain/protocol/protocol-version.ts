import { ENTITY_FIELDS } from "../entities/entity-fields.ts";

/** Version of requests and responses. Raised with every change of their schemas; a test compares their hash. */
const EXCHANGE_VERSION = 3;

/** Version of the wire: of the newest field of an entity (its `since`), or of requests and responses. */
export const PROTOCOL_VERSION = Math.max(
  EXCHANGE_VERSION,
  ...Object.values(ENTITY_FIELDS).flatMap((fields) => Object.values(fields).map(({ since }) => since)),
);
