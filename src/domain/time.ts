/** Milliseconds since 1970-01-01T00:00Z. Always passed in: the domain has no clock. */
export type Instant = number;

/** A calendar day without a zone, `YYYY-MM-DD`. What people promise is a local date (tracking.md T1). */
export type LocalDate = string;

/** An IANA time zone id, such as `Europe/Berlin`. */
export type TimeZone = string;
