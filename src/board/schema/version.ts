/**
 * Version of the document's shape, kept in its `meta` map. Raise it with a step in migrate-document.ts; a client older
 * than the document turns read-only (board.md B1.8). Apart from the schema itself, whose packages a connection need not load.
 */
export const SCHEMA_VERSION = 1;
