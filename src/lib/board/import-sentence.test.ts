import { expect, test } from 'vitest';
import type { ImportReport } from '#protocol/views/board.ts';
import { importSentence } from './import-sentence.ts';

const report = (over: Partial<ImportReport>): ImportReport => ({
  ...{ added: [], changed: [], unchanged: [], problems: [], newPeople: 0, newTeams: 0, updates: 0 },
  ...over,
});

test('[CV11] a first import says what came, a second that nothing changed', () => {
  const first = report({ added: ['a', 'b'], newTeams: 1, newPeople: 3, updates: 284 });
  expect(importSentence(first)).toBe(
    'Imported: 2 added. With it came 1 new team, 3 new people, 284 updates as history.',
  );
  expect(importSentence(report({ unchanged: ['a', 'b'] }))).toBe(
    'Everything in the file is on the board already: 2 objects unchanged.',
  );
});

test('[CV11] a newer file says how much changed', () => {
  const newer = report({ changed: ['a'], unchanged: ['b', 'c'] });
  expect(importSentence(newer)).toBe('Imported: 1 changed, 2 unchanged.');
});
