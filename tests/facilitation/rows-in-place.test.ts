import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SaveDependencyInput } from '../../server/app-tracking.ts';
import { period } from '../../server/store/schema.ts';
import type { RowSource } from '../../src/domain/facilitation/agenda.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { code, on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const objective = (key: string, team: string, owner: string): Plan['objectives'][number] => ({
  ...{ key, title: `About ${key}`, summary: '', why: '', team, owner, contributors: [], priority: null },
  ...{ status: 'in-plan', promise: 'firm', flagship: false, due: null, dueText: null, weight: 3 },
  ...{ effort: null, businessValue: null, doneMeans: '', link: null, measures: [] },
});

describe.each(stores)('what needs somebody on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    /** Ben's promise with a due check-in on a failed assumption, an ask nobody answered, a decision past its day. */
    async function troubled() {
      world = await makeSessionWorld(opened.store);
      const { tracking, registers, boardId, teams, people, viewer } = world;
      world.setPlan({
        ...{ title: '', period: null, teams: [], people: [], priorities: [], dependencies: [] },
        objectives: [objective('sign-ups', 'red', 'ben'), objective('interface', 'blue', 'dan')],
      });
      const promise = (await world.commit([{ key: 'sign-ups', terms: { weight: 8 } }])).get('sign-ups') ?? '';
      value(await tracking.act(viewer('ben'), promise, 'accept', { confidence: 70 }));
      const arrow: SaveDependencyInput = {
        ...{ objectKey: 'api', requesterKey: 'sign-ups', requesterTeam: 'red', providerTeam: 'blue' },
        ...{ what: 'Ledger API', neededBy: '2026-05-15', hardness: 'hard', size: 'medium' },
        servedBy: 'interface',
      };
      const ask = value(await tracking.saveDependency(viewer('ben'), boardId, arrow)).id;
      value(await tracking.actOnDependency(viewer('ben'), ask, 'send', {}));
      const place = { team: teams.red, board: boardId };
      const question = value(
        await registers.create(viewer('ana'), 'decision', {
          ...{ question: 'Which vendor?', decider: people.ana, neededBy: '2026-04-20', ...place },
          affects: [promise],
        }),
      ).id;
      const licence = value(
        await registers.create(viewer('ana'), 'assumption', {
          ...{ statement: 'Licences arrive', affects: [promise], ...place },
        }),
      ).id;
      value(
        await registers.act(viewer('ana'), 'assumption', licence, 'invalidate', { reason: 'They said no.' }),
      );
      const traffic = value(
        await registers.create(viewer('ana'), 'assumption', {
          ...{ statement: 'Traffic stays flat', nextCheck: '2026-04-20', ...place },
        }),
      ).id;
      world.clock.now = on('2026-05-07');
      const id = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben', 'cleo']);
      return { id, promise, ask, question, traffic };
    }

    const rowsOf = async (name: Name, id: string, stage: string, source: RowSource) =>
      value(await world.facilitation.rows(world.viewer(name), id, stage)).groups.find(
        (group) => group.source === source,
      )?.rows ?? [];
    const missingAt = async (id: string): Promise<readonly string[]> => {
      const { rev } = value(await world.facilitation.session(world.viewer('ana'), id)).session;
      const ended = await world.facilitation.command(world.viewer('ana'), id, {
        ...{ command: { type: 'end', leaveOpen: false }, expectedRev: rev },
      });
      return ended.ok ? [] : (ended.refusal.faults ?? []).map(({ message }) => message);
    };
    const act = (name: Name, id: string, on2: [string, string], stage: string, what: string, input: object) =>
      world.facilitation.act(world.viewer(name), id, {
        ...{ stage, kind: on2[0], id: on2[1], act: what, input: { ...input } },
      });

    test('[SN36] each is listed with what its people may do; done in place, it is named no more at the end', async () => {
      const { id, promise, ask, question, traffic } = await troubled();
      expect(await rowsOf('ben', id, 'measures', 'check-ins')).toMatchObject([
        { id: promise, settled: false, moves: expect.arrayContaining(['check-in']) as unknown },
      ]);
      expect(await rowsOf('cleo', id, 'dependencies', 'dependencies')).toMatchObject([
        { id: ask, title: 'Ledger API', settled: false, flags: ['unanswered'], ask: { what: 'Ledger API' } },
      ]);
      expect((await rowsOf('cleo', id, 'dependencies', 'dependencies'))[0]?.moves).toContain('accept');
      expect(await rowsOf('ana', id, 'triage', 'decisions')).toMatchObject([
        { id: question, flags: ['overdue'], settled: false },
      ]);
      expect((await rowsOf('ana', id, 'triage', 'decisions'))[0]?.moves).toContain('decide');
      const doubts = await rowsOf('ben', id, 'triage', 'assumptions');
      expect(doubts[0]).toMatchObject({ kind: 'commitment', id: promise, flags: ['broken'], settled: false });
      expect(doubts[0]?.moves).toEqual(expect.arrayContaining(['continue', 'rescope', 'drop']));
      expect(doubts.find((row) => row.id === traffic)).toMatchObject({
        flags: ['check-due'],
        settled: false,
      });

      const before = await missingAt(id);
      expect(before).toEqual(
        expect.arrayContaining([
          'Double the sign-ups: where does it stand?',
          'Ledger API: unanswered, what now?',
          'Which vendor? What is decided?',
          'Double the sign-ups: “Licences arrive” failed; go on, change it or drop it?',
          'Traffic stays flat: does it still hold?',
        ]),
      );
      value(
        await act('ben', id, ['commitment', promise], 'triage', 'continue', {
          reason: 'We found another way.',
        }),
      );
      value(
        await act('ben', id, ['commitment', promise], 'measures', 'check-in', {
          status: 'risk',
          confidence: 50,
        }),
      );
      value(
        await act('cleo', id, ['dependency', ask], 'dependencies', 'accept', {
          ...{ person: world.people.dan, date: '2026-05-14' },
        }),
      );
      value(await act('ana', id, ['decision', question], 'triage', 'decide', { chosen: 'The second one' }));
      value(await act('ana', id, ['assumption', traffic], 'triage', 'check', { answer: 'holds' }));
      const after = await missingAt(id);
      expect(after.filter((line) => !/^(Triage|This week|Recap)/.test(line))).toEqual([]);
      const { minutes } = value(await world.facilitation.minutes(world.viewer('ana'), id));
      const said = [...minutes.acts, ...minutes.outputs.flatMap(({ lines }) => lines)].map(
        ({ text }) => text,
      );
      expect(said).toEqual(
        expect.arrayContaining([
          'Double the sign-ups: at risk, 50 % sure',
          'Ledger API: agreed',
          'Which vendor? The second one',
          'Traffic stays flat: it holds',
          'Double the sign-ups: goes on without the assumption, We found another way.',
        ]),
      );
    });

    test('[SN36] nobody acts for another, and what is parked is asked for as a parked item instead', async () => {
      const { id, promise, ask } = await troubled();
      const checkIn = { status: 'on', confidence: 90 };
      expect(code(await act('ana', id, ['commitment', promise], 'measures', 'check-in', checkIn))).toBe(
        'not-yours',
      );
      expect((await rowsOf('ana', id, 'measures', 'check-ins'))[0]?.moves).not.toContain('check-in');
      await world.do('ben', id, {
        ...{ type: 'park', id: '5f0c5f0e-2f4e-4c8a-9a3b-0d9a7d1f6a11', title: 'Ledger API' },
        origin: { kind: 'dependency', id: ask },
      });
      const left = await missingAt(id);
      expect(left).toContain('Parked: Ledger API');
      expect(left).not.toContain('Ledger API: unanswered, what now?');
      expect((await rowsOf('ben', id, 'dependencies', 'dependencies'))[0]).toMatchObject({ settled: true });
    });

    test('[PG31] a check-in that waits is answered in the session by one tap, once there is something to repeat', async () => {
      world = await makeSessionWorld(opened.store);
      const { tracking, boardId, viewer } = world;
      const promise = (await world.commit([{ key: 'sign-ups' }])).get('sign-ups') ?? '';
      value(await tracking.act(viewer('ben'), promise, 'accept', { confidence: 70 }));
      world.clock.now = on('2026-04-02');
      const before = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben']);
      const [first] = await rowsOf('ben', before, 'measures', 'check-ins');
      expect(first?.checkIn).toMatchObject({ repeat: null });
      const said = { status: 'risk', confidence: 60, values: { m1: 120 }, helpWanted: 'A tester' } as const;
      value(await tracking.checkIn(viewer('ben'), promise, { ...said, whatChanged: 'Began.' }));
      await world.do('ana', before, { type: 'end', leaveOpen: true });
      world.clock.now = on('2026-04-09');
      const id = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben']);
      const [row] = await rowsOf('ben', id, 'measures', 'check-ins');
      const { repeat } = row?.checkIn ?? {};
      expect(repeat).toMatchObject({ ...said, noMovement: true });
      value(await act('ben', id, ['commitment', promise], 'measures', 'check-in', { ...repeat }));
      expect(value(await tracking.commitment(viewer('ben'), promise))).toMatchObject({
        ...{ slot: null, reportedStatus: 'risk', confidence: 60, values: { m1: 120 } },
      });
      const answered = await rowsOf('ben', id, 'measures', 'check-ins');
      expect(answered).toMatchObject([{ id: promise, settled: true, checkIn: null }]);
      expect(await rowsOf('ana', id, 'measures', 'check-ins')).toEqual([]);
      // Taken back where it was said, it waits again; the minutes tell both.
      const undo = answered[0]?.undo ?? '';
      value(await act('ben', id, ['commitment', promise], 'measures', 'undo-check-in', { id: undo }));
      const [again] = await rowsOf('ben', id, 'measures', 'check-ins');
      expect(again).toMatchObject({ settled: false, undo: null, checkIn: { repeat } });
      value(await act('ben', id, ['commitment', promise], 'measures', 'check-in', { ...repeat }));
      world.clock.now += 11 * 60_000;
      expect(await rowsOf('ben', id, 'measures', 'check-ins')).toEqual([]);
      const { minutes } = value(await world.facilitation.minutes(viewer('ben'), id));
      expect(minutes.acts.map(({ text }) => text)).toContain('Double the sign-ups: check-in taken back');
    });

    test('[PG31] a check-in given where it was warned of stays there a while, to be taken back', async () => {
      const { id, promise } = await troubled();
      const needs = async () =>
        (await rowsOf('ben', id, 'wins', 'needs-you')).find((row) => row.id === promise);
      expect(await needs()).toMatchObject({ settled: false, undo: null });
      const said = { status: 'risk', confidence: 50 };
      value(await act('ben', id, ['commitment', promise], 'wins', 'check-in', said));
      const answered = await needs();
      expect(answered).toMatchObject({ settled: true, detail: 'you checked in just now' });
      const undo = { id: answered?.undo ?? '' };
      value(await act('ben', id, ['commitment', promise], 'wins', 'undo-check-in', undo));
      // It was spoken of here, and can be answered again.
      const again = await needs();
      expect(again).toMatchObject({ undo: null, checkIn: { repeat: null } });
      expect(again?.moves).toContain('check-in');
    });

    test('[CM51] an offer for no plan period is accepted in its meeting with one of those ahead', async () => {
      world = await makeSessionWorld(opened.store);
      const { boardId, viewer, organisationId } = world;
      const periodId = crypto.randomUUID();
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'custom', label: 'Spring', createdAt: new Date(0) },
        ...{ start: '2026-04-01', end: '2026-06-30' },
      });
      const terms = { doneMeans: 'See the dashboard.' };
      const promise = (await world.commit([{ key: 'sign-ups', terms }])).get('sign-ups') ?? '';
      const id = await world.running({ kind: 'quarterly-plan', boardId }, ['ana', 'ben']);
      const standard = (name: Name) => ({
        ...viewer(name),
        organisation: { ...viewer(name).organisation, depth: 'standard' as const },
      });
      const offered = async (name: Name) =>
        value(await world.facilitation.rows(standard(name), id, 'commit')).groups.find(
          ({ source }) => source === 'offers',
        )?.rows[0];
      const choices = [{ id: periodId, label: 'Spring' }];
      expect(await offered('ben')).toMatchObject({ periods: { choices, suggested: periodId } });
      expect(await offered('ana')).toMatchObject({ periods: null });
      const yes = { confidence: 70, fill: { period: periodId } };
      value(await world.tracking.act(standard('ben'), promise, 'accept', yes));
      expect(await offered('ben')).toMatchObject({ periods: null, settled: true });
    });

    test('[SN36] a warning stands on the real object: it is answered where the meeting opens', async () => {
      const { id, question } = await troubled();
      world.clock.now = on('2026-05-08');
      const needs = await rowsOf('ana', id, 'wins', 'needs-you');
      expect(needs.length).toBeGreaterThan(0);
      expect(new Set(needs.map((row) => row.id)).size).toBe(needs.length);
      expect(needs.find((row) => row.id === question)).toMatchObject({
        ...{ kind: 'decision', title: 'Which vendor?', settled: false },
        moves: expect.arrayContaining(['decide']) as unknown,
      });
      for (const row of needs) expect(row.detail).not.toBe('');
      value(await act('ana', id, ['decision', question], 'wins', 'decide', { chosen: 'The second one' }));
      expect((await rowsOf('ana', id, 'wins', 'needs-you')).map((row) => row.id)).not.toContain(question);
    });
  });
});
