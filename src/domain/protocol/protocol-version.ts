/** Version of the wire schemas. Raised with every change of theirs; a test compares their hash. */
export const PROTOCOL_VERSION = 1;
