import { expect, test } from 'vitest';
import { area, dependency, objective, priority } from '../../../tests/support/board-records.ts';
import { newArea } from '#board/new-shapes.ts';
import { indexRecords } from '#board/tree.ts';
import { nextPlace } from './next-place.ts';
import { outlineOf } from './outline-of.ts';

const band = (name: string, y: number) =>
  newArea({ id: name, x: 0, y, props: { title: name, team: name, w: 800, h: 260 } });
const card = (name: string, parent: string | null, x: number, y: number) =>
  objective(name, {}, { x, y, ...(parent === null ? {} : { parentId: `shape:${parent}` }) });

test('[CV9] areas stand from top to bottom with their cards in reading order, loose cards last', () => {
  const index = indexRecords([
    ...[band('low', 900), band('high', 0)],
    ...[card('third', 'high', 24, 230), card('second', 'high', 300, 60), card('first', 'high', 24, 56)],
    ...[card('loose', null, 2000, 2000), card('below', 'low', 24, 56)],
  ]);
  const { sections } = outlineOf(index);
  expect(
    sections.map((it) => [it.area?.props.title ?? null, it.objectives.map((o) => o.props.title)]),
  ).toEqual([
    ['high', ['first', 'second', 'third']],
    ['low', ['below']],
    [null, ['loose']],
  ]);
});

test('[CV9] priorities stand by rank, those without one last', () => {
  const index = indexRecords([priority('any'), priority('two', { rank: 2 }), priority('one', { rank: 1 })]);
  expect(outlineOf(index).priorities.map((it) => it.props.title)).toEqual(['one', 'two', 'any']);
});

test('[CV9] the rail of priorities is no section of its own; a team without cards is one', () => {
  const index = indexRecords([area('rail', { kind: 'shared', team: null }), area('team')]);
  expect(outlineOf(index).sections.map((it) => it.area?.props.title)).toEqual(['team']);
});

test('[CV9] drawn dependencies are listed', () => {
  const index = indexRecords([objective('a'), objective('b'), ...dependency('dep', 'a', 'b')]);
  expect(outlineOf(index).dependencies.map((it) => it.arrow.meta.key)).toEqual(['dep']);
});

test('[CV10] a new card lies at the first free place, on no other card, and the area holds it', () => {
  const team = band('team', 0);
  const records = [team, card('a', 'team', 24, 56), card('b', 'team', 290, 60)];
  const places = [];
  for (let i = 0; i < 8; i += 1) {
    const place = nextPlace(indexRecords(records), team);
    places.push(place);
    records.push(card(`new-${i}`, 'team', place.x, place.y));
  }
  const boxes = records.slice(1).map((it) => ({ x: it.x, y: it.y, w: 240, h: 152 }));
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      expect(a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h).toBe(false);
    }
  }
  expect(places.at(-1)?.areaHeight).toBeGreaterThanOrEqual((places.at(-1)?.y ?? 0) + 152 + 24);
});
