import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrackingPart } from '../../server/tracking/tracking.ts';
import type { CommitmentDetail } from '../../src/protocol/views/tracking.ts';
import { code, value, type World } from '../planning/world.ts';
import { openExampleClock, type ExampleClock } from './example-clock.ts';

const planningDay = Date.parse('2025-01-01T09:00Z');
const now = Date.parse('2025-05-27T15:00Z');
const close = Date.parse('2025-08-05T15:00Z');
const closesAt = Date.parse('2025-08-05T12:00Z');

let world: World;
let tracking: TrackingPart;
let boardId: string;
let viewer: ExampleClock['viewer'];
let setClock: ExampleClock['setClock'];

/** Each sentence of tracking.md T19 about the updates, on objectives of the real file that it is about. */
beforeAll(async () => {
  ({ world, tracking, boardId, viewer, setClock } = await openExampleClock(planningDay, closesAt));
});
afterAll(() => world.dispose());

async function detailOf(key: string): Promise<CommitmentDetail> {
  const row = (await tracking.commitments(viewer(), { boardId })).find((it) => it.objectKey === key);
  return value(await tracking.commitment(viewer(), row?.id ?? '', { whole: true }));
}
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe('updates of the source', () => {
  test('[TR20] slots are the periods of the file: no January, no June', async () => {
    await setClock(close);
    const { slots } = await detailOf('all-hands');
    expect(slots.map(({ label }) => label)).toEqual(['2025-02', '2025-03', '2025-04', '2025-05', '2025-07']);
  });

  test('[TR20] the latest text of a period is the check-in, earlier ones its revisions with their dates', async () => {
    await setClock(now);
    const { checkIns, slots } = await detailOf('all-hands');
    const april = slots.find(({ label }) => label === '2025-04')?.number;
    const said = checkIns.filter(({ slotNumber }) => slotNumber === april);
    const dates = ['2025-04-23', '2025-04-23', '2025-04-23', '2025-05-26'];
    expect(said.map(({ at }) => dayOf(at)).sort()).toEqual(dates);
    const last = said.find(({ at }) => dayOf(at) === '2025-05-26');
    expect(last?.revises).not.toBeNull();
    expect(said.filter(({ revises }) => revises === null)).toHaveLength(1);
    // Published on 8 April, and yet about March.
    const march = slots.find(({ label }) => label === '2025-03')?.number;
    const about = checkIns.filter(({ slotNumber }) => slotNumber === march).map(({ at }) => dayOf(at));
    expect(about.sort()).toEqual(['2025-04-01', '2025-04-08']);
  });

  test('[TR20] a row without an update leaves the slot missed, and its count is read all the same', async () => {
    await setClock(Date.parse('2025-04-01T12:00Z'));
    const it = await detailOf('const-trait');
    expect(it.slots.find(({ label }) => label === '2025-02')?.state).toBe('missed');
    expect(it.checkIns.filter(({ slotNumber }) => slotNumber === 1)).toEqual([]);
    expect(it.values['tasks-done']).toBe(5);
    expect(it.progress).toBeCloseTo(5 / 14, 3);
  });

  test('[TR20] no row at all is missed too', async () => {
    await setClock(close);
    const { slots } = await detailOf('cargo-script');
    expect(slots.filter(({ state }) => state === 'missed').map(({ label }) => label)).toContain('2025-02');
  });

  test('[TR20] a changed total is a version with the reason import; imported fills stay outside adherence', async () => {
    await setClock(now);
    const it = await detailOf('rfl');
    const targets = it.versions.map(
      ({ measures }) => measures.find(({ key }) => key === 'tasks-done')?.target,
    );
    expect(targets).toEqual([22, 26]);
    expect(it.history.find(({ type }) => type === 'rescoped')?.sentence).toMatch(/source/i);
    expect(it.adherence).toMatchObject({ expected: 0, onTime: 0 });
    const twice = await detailOf('ergonomic-rc');
    expect(twice.versions).toHaveLength(2);
  });

  test('[TR20] the first row with an outcome ends it on its date, and what is written later stays history', async () => {
    await setClock(Date.parse('2025-06-18T12:00Z'));
    expect((await detailOf('all-hands')).status).toBe('committed');
    await setClock(Date.parse('2025-06-19T13:00Z'));
    expect((await detailOf('all-hands')).display).toBe('done');
    await setClock(close);
    const it = await detailOf('all-hands');
    expect(it.history.filter(({ type }) => type === 'completed').map(({ at }) => dayOf(at))).toEqual([
      '2025-06-19',
    ]);
    const after = it.checkIns.filter(({ at }) => dayOf(at) > '2025-06-19');
    expect(after.map(({ at, slotNumber }) => [dayOf(at), slotNumber]).sort()).toEqual([
      ['2025-06-20', null],
      ['2025-08-05', null],
    ]);
    expect((await detailOf('spec-fls-publish')).display).toBe('done');
  });

  test('[TR20] without an outcome it is missed by the clock, and why is not in the source', async () => {
    await setClock(close);
    const it = await detailOf('polonius');
    expect(it).toMatchObject({ status: 'missed', confidence: null, reportedStatus: null });
    expect(it.explanation).toMatchObject({ state: 'explained', cause: 'not-in-source' });
    const miss = it.history.find(({ type }) => type === 'missed');
    expect([miss?.byName, dayOf(miss?.at ?? 0)]).toEqual(['the clock', '2025-08-05']);
    await setClock(now);
    expect((await detailOf('polonius')).history.map(({ type }) => type)).not.toContain('missed');
  });

  test('[TR71] a promise for the week is not there before it was made', async () => {
    await setClock(now);
    const ownerId = viewer().personId;
    const input = { statement: 'Write the report', due: '2025-06-02', ownerId };
    const { id } = value(await tracking.promiseForWeek(viewer(), input));
    const there = async () =>
      (await tracking.commitments(viewer(), {})).some(({ statement }) => statement === 'Write the report');
    expect(await there()).toBe(true);
    await setClock(planningDay);
    expect(await there()).toBe(false);
    expect(code(await tracking.commitment(viewer(), id))).toBe('not-found-then');
    await setClock(close);
    expect(await there()).toBe(true);
  });
});
