import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { FacilitationPart } from '../../server/facilitation/facilitation.ts';
import type { RowSource } from '../../src/domain/facilitation/agenda.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
import { planningDay } from '../planning/board-acts.ts';
import { code, openWorld, value, type World } from '../planning/world.ts';
import { sessionsOf } from './sessions-of.ts';

let world: World;
let sessions: FacilitationPart;
let ben: Viewer;
beforeAll(async () => {
  world = await openWorld(['Red', 'Blue'], () => planningDay);
  ben = await world.join('Ben', 'member');
  sessions = sessionsOf(world);
});
afterAll(() => world.dispose());

/** A session that runs, led by Ana, with what is seen and done in it. */
async function running(input: Parameters<FacilitationPart['plan']>[1], people: readonly Viewer[]) {
  const { ana } = world;
  const { session } = value(await sessions.plan(ana, input));
  for (const viewer of people) value(await sessions.beat(viewer, session.id));
  const { rev } = value(await sessions.session(ana, session.id)).session;
  value(await sessions.command(ana, session.id, { command: { type: 'start' }, expectedRev: rev }));
  const rows = async (viewer: Viewer, stage: string, source: RowSource) =>
    value(await sessions.rows(viewer, session.id, stage)).groups.find((it) => it.source === source)?.rows ??
    [];
  const act = (viewer: Viewer, stage: string, kind: string, id: string, what: string, input: object = {}) =>
    sessions.act(viewer, session.id, { stage, kind, id, act: what, input: { ...input } });
  const produced = async () =>
    value(await sessions.session(ana, session.id)).session.produced.map(({ output, text, ref }) => ({
      ...{ output, text, ref: ref?.kind ?? null },
    }));
  return { id: session.id, rows, act, produced };
}

/** The planning of a board that holds the small plan, led by Ana, with Ben in the room. */
async function planning(people: readonly Viewer[] = [world.ana, ben]) {
  const { ana } = world;
  const teams = await world.organisations.teams(ana);
  const board = value(
    await world.planning.createBoard(ana, {
      ...{ title: 'Q2', template: 'blank', teamIds: teams.map(({ id }) => id) },
    }),
  );
  value(await world.planning.importFile(ana, board.id, asText(smallPlan())));
  return { board, ...(await running({ kind: 'quarterly-plan', boardId: board.id }, people)) };
}

describe('the planning of a period', () => {
  test('[SN40] lists the drafts of its board with what each lacks, those that lack something first', async () => {
    const { rows } = await planning();
    const drafts = await rows(ben, 'draft', 'drafts');
    const said = drafts.map(({ id, kind, status }) => `${kind} ${id}: ${status}`);
    // What is not being done is no draft.
    expect(said.toSorted()).toEqual([
      'objective o1: in the plan',
      'objective o2: in the plan',
      'objective o3: draft',
    ]);
    expect(drafts.find(({ id }) => id === 'o3')).toMatchObject({ settled: false, ownerId: null });
    expect(drafts.find(({ id }) => id === 'o3')?.detail).toMatch(/owner/i);
    const places = drafts.map(({ settled }) => Number(settled));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const { settled, detail } of drafts) expect(detail === 'nothing is missing').toBe(settled);
  });

  test('[SN40][SN41] cuts: what is put aside leaves the plan with its reason, once, and stands in the minutes', async () => {
    const { board, rows, act, produced } = await planning();
    const before = await rows(ben, 'capacity', 'room');
    expect(before.filter(({ kind }) => kind === 'team').map(({ title }) => title)).toEqual(['Blue', 'Red']);
    expect(before.find(({ id }) => id === 'o2')).toMatchObject({ kind: 'objective', moves: ['put-aside'] });
    expect(code(await act(ben, 'capacity', 'objective', 'o2', 'put-aside', { reason: ' ' }))).toBe(
      'reason-missing',
    );
    for (const _ of [1, 2])
      value(await act(ben, 'capacity', 'objective', 'o2', 'put-aside', { reason: 'No room.' }));
    const { plan } = value(await world.planning.plan(ben, board.id));
    expect(plan.objectives.find(({ key }) => key === 'o2')?.status).toBe('not-doing');
    expect((await rows(ben, 'capacity', 'room')).some(({ id }) => id === 'o2')).toBe(false);
    expect(await rows(ben, 'frame', 'not-doing')).toMatchObject([{ detail: 'No room.' }]);
    expect(await produced()).toEqual([
      { output: 'not-doing', text: expect.stringMatching(/: No room\.$/) as string, ref: 'board' },
    ]);
  });

  test('[SN41] areas and locks hold for a cut as for every hand on the board', async () => {
    const { board, act, produced } = await planning();
    const { plan } = value(await world.planning.plan(world.ana, board.id));
    expect(plan.objectives.some(({ key }) => key === 'o2')).toBe(true);
    value(await world.planning.changeGuard(world.ana, board.id, { act: 'pause' }));
    expect(code(await act(ben, 'capacity', 'objective', 'o2', 'put-aside', { reason: 'No room.' }))).toBe(
      'paused',
    );
    expect(await produced()).toEqual([]);
  });

  test('[SN40] a team’s room is said by its lead or an administrator, and the verdict follows', async () => {
    const { rows, act, produced } = await planning();
    const red = (await rows(world.ana, 'capacity', 'room')).find(({ title }) => title === 'Red');
    expect(red?.moves).toEqual(['set-room']);
    expect((await rows(ben, 'capacity', 'room')).find(({ title }) => title === 'Red')?.moves).toEqual([]);
    const room = { name: 'Red', personWeeks: 7 };
    expect(code(await act(ben, 'capacity', 'team', red?.id ?? '', 'set-room', room))).toBe('not-yours');
    value(await act(world.ana, 'capacity', 'team', red?.id ?? '', 'set-room', room));
    expect((await rows(ben, 'capacity', 'room')).find(({ title }) => title === 'Red')?.detail).toContain(
      'of 7 person-weeks; entered by the team.',
    );
    expect(await produced()).toEqual([{ output: 'capacity', text: 'Red: 7 person-weeks', ref: 'team' }]);
  });

  test('[SN40] books the rhythm of its board, each meeting once', async () => {
    const { board, rows, act, produced } = await planning();
    const offered = await rows(world.ana, 'rhythm', 'rituals');
    expect(offered.map(({ kind, settled }) => [kind, settled])).toContainEqual(['ritual', false]);
    for (const _ of [1, 2]) value(await act(world.ana, 'rhythm', 'ritual', 'weekly', 'book'));
    expect(await world.rhythm.rituals(world.ana, { boardId: board.id })).toHaveLength(1);
    const booked = (await rows(world.ana, 'rhythm', 'rituals')).find(({ id }) => id === 'weekly');
    expect(booked).toMatchObject({ settled: true, status: 'booked', moves: [] });
    expect(await produced()).toMatchObject([{ output: 'bookings', ref: 'ritual' }]);
  });

  test('[SN40] commits what the section showed, and only that; owners then accept where they sit', async () => {
    const { id, board, rows, act, produced } = await planning();
    const [shown] = await rows(world.ana, 'commit', 'offers');
    expect(shown).toMatchObject({ kind: 'board', id: board.id, moves: ['commit'] });
    expect((await rows(ben, 'commit', 'offers'))[0]?.moves).toEqual([]);
    expect(code(await act(ben, 'commit', 'board', board.id, 'commit', { version: shown?.version }))).toBe(
      'forbidden',
    );
    expect(code(await act(world.ana, 'commit', 'board', board.id, 'commit', { version: 0 }))).toBe(
      'board-moved',
    );
    const why = { version: shown?.version, reason: 'We start on Monday.' };
    value(await act(world.ana, 'commit', 'board', board.id, 'commit', why));
    const promises = (await rows(world.ana, 'commit', 'offers')).filter(({ kind }) => kind === 'commitment');
    expect(promises.length).toBeGreaterThan(0);
    expect(promises.every(({ settled }) => !settled)).toBe(true);
    expect(await produced()).toMatchObject([{ output: 'plan', ref: 'board' }]);
    const mine = promises.find(({ ownerId }) => ownerId === world.ana.personId);
    const yes = { version: mine?.version, confidence: 70 };
    expect(code(await act(ben, 'commit', 'commitment', mine?.id ?? '', 'accept', yes))).toBe('not-yours');
    value(await act(world.ana, 'commit', 'commitment', mine?.id ?? '', 'accept', yes));
    const after = (await rows(world.ana, 'commit', 'offers')).find((row) => row.id === mine?.id);
    expect(after).toMatchObject({ settled: true, status: 'pending' });
    // Nothing new to ask: nothing to press; and the yes is part of the plan, not of what teams need of each other.
    expect((await rows(world.ana, 'commit', 'offers'))[0]?.moves).toEqual([]);
    expect((await produced()).map(({ output }) => output)).toEqual(['plan', 'plan']);
    const { minutes } = value(await sessions.minutes(ben, id));
    expect(minutes.outputs.map(({ output }) => output)).toContain('plan');
  });

  test('[SN73] a monthly meeting without a board sees what each team took on; its lead says there what it can do', async () => {
    const { board } = await planning();
    const { seq } = value(await world.planning.review(world.ana, board.id, {}));
    const sure = { include: 'committed', overrides: { reason: 'Agreed.' }, seq } as const;
    value(await world.planning.commit(world.ana, board.id, sure));
    const { rows, act, produced } = await running({ kind: 'monthly', boardId: null }, [world.ana, ben]);
    const red = async (viewer: Viewer) =>
      (await rows(viewer, 'resources', 'loads')).find(({ title }) => title === 'Red');
    const shown = await red(world.ana);
    expect(shown).toMatchObject({
      kind: 'team',
      moves: ['set-room'],
      periodId: expect.any(String) as string,
    });
    expect((await red(ben))?.moves).toEqual([]);
    const set = (viewer: Viewer, input: object) =>
      act(viewer, 'resources', 'team', shown?.id ?? '', 'set-room', { name: 'Red', ...input });
    const room = { personWeeks: 9, periodId: shown?.periodId };
    expect(code(await set(world.ana, { personWeeks: 9 }))).toBe('invalid');
    expect(code(await set(ben, room))).toBe('not-yours');
    value(await set(world.ana, room));
    expect((await red(ben))?.detail).toMatch(/^.*: .* of 9 person-weeks.*; entered by the team\./);
    expect(await produced()).toEqual([{ output: 'capacity', text: 'Red: 9 person-weeks', ref: 'team' }]);
  });

  test('[SN40] a commit pressed on its own page stands in the minutes as well, once', async () => {
    const { board, produced } = await planning();
    const { view } = { view: value(await world.planning.review(world.ana, board.id, {})) };
    const done = value(
      await world.planning.commit(world.ana, board.id, {
        ...{ include: 'committed', overrides: { reason: 'Agreed.' }, seq: view.seq },
      }),
    );
    await sessions.committed(world.ana, board.id, done, 'Agreed.');
    await sessions.committed(ben, 'not a board', done, '');
    expect(await produced()).toMatchObject([{ output: 'plan', ref: 'board' }]);
  });
});
