import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell } from './to-csv.ts';

/** Reads one cell as a spreadsheet does. */
const unquote = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

test('[PL51] no cell begins as a formula, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', '\u001f', ' ', '"', ',', '\n', 'a', 'é'),
      }),
      (text) => {
        const seen = unquote(csvCell(text));
        expect(seen).not.toMatch(/^\s*[=+\-@]/);
        expect(seen).not.toMatch(/^[\t\r]/);
      },
    ),
    { seed: 20260401, numRuns: 2_000 },
  );
});

test('[PL51] harmless texts stay as they are', () => {
  expect(csvCell('Double the sign-ups')).toBe('Double the sign-ups');
  expect(csvCell('a, "b"')).toBe('"a, ""b"""');
  expect(csvCell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"');
});
