import { expect, test } from 'vitest';
import type { ObjectiveLine } from '#domain/facilitation/record.ts';
import type { MinutesView } from '#protocol/views/facilitation.ts';
import { mostRows, shownMinutes } from './shown-minutes.ts';

const objective = (id: string): ObjectiveLine => ({
  ...{ ref: { kind: 'commitment', id }, title: id, card: id, owner: 'ben', team: null, state: 'on' },
  ...{ due: null, weight: 3, value: null, confidence: null, status: null, saidAt: null },
});
const owed = (person: string, count: number) => ({
  person,
  lines: Array.from({ length: count }, (_, it) => ({
    ...{ what: 'promise' as const, title: `${person} ${it}`, due: null, change: '' },
    ...{ ref: { kind: 'commitment', id: `o${it}` }, card: null },
  })),
});

test('[SN78] of a long table the page shows the first rows and counts the rest; one’s own part is whole', () => {
  const objectives = Array.from({ length: mostRows + 7 }, (_, it) => objective(`o${it}`));
  const view = {
    ...{ markdown: 'all', csv: 'all', file: {}, names: {}, board: 'b', from: 'end' },
    minutes: { acts: [], outputs: [], parking: [], scores: [], changed: null },
    record: { objectives, needs: [], risks: [], decisions: [], promises: [] },
    extracts: [owed('ana', 3), owed('ben', mostRows + 2), owed('me', mostRows + 9)],
    cards: Object.fromEntries([...objectives, objective('elsewhere')].map(({ title }) => [title, title])),
  } as unknown as MinutesView;
  const shown = shownMinutes(view, 'me');
  expect(shown.record?.objectives).toHaveLength(mostRows);
  expect(shown.left).toEqual({ objectives: 7, needs: 0, risks: 0, promises: 0, owed: 5 });
  expect(shown.extracts.map(({ person, lines }) => [person, lines.length])).toEqual([
    ['ana', 3],
    ['ben', mostRows - 3],
    ['me', mostRows + 9],
  ]);
  expect(shown.cards['o0']).toBe('o0');
  expect(shown.cards['elsewhere']).toBeUndefined();
  expect(Object.keys(shown)).not.toContain('file');
});
