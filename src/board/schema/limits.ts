/** Bounds of a board, beyond tldraw's own validators (board.md B1.6, trust.md Y). */
export const boardLimits = {
  /** Largest absolute page coordinate. */
  coordinate: 1e7,
  /** Largest width or height; the smallest is 1. */
  size: 1e5,
  /** Characters of a title. */
  title: 1_000,
  /** Characters of any other text. */
  text: 20_000,
  /** Characters of a picture kept inside the document (a data URL). */
  picture: 700_000,
  /** Nesting of any JSON value, and of shapes within shapes. */
  depth: 32,
  /** JSON characters of one record, pictures and drawings included. */
  record: 1_000_000,
  /** JSON characters of a record's `meta`. */
  meta: 100_000,
  /** Measures of one objective. */
  measures: 100,
  /** Characters of a plan key. */
  key: 200,
  /** Records of one board. */
  records: 25_000,
} as const;
