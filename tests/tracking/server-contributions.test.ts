import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { board, organisation } from '../../server/store/schema.ts';
import { code, makeTrackingWorld, on, value, type Name, type TrackingWorld } from './server-world.ts';
import { checkIn, promisesIn } from './promises.ts';
import { terms } from './situations.ts';
import { stores, type OpenedStore } from './stores.ts';

/** Cleo of blue promised the year; what Ben and Bea of red promise feeds it. */
describe.each(stores)('contributions on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let promises: ReturnType<typeof promisesIn>;
    let year: string;
    const say = (name: Name, id: string, to: string, more: Partial<Viewer> = {}) =>
      world.tracking.act(world.viewer(name, more), id, 'contribute', { to });
    const look = async (id: string, viewer = world.viewer('finn')) =>
      value(await world.tracking.contributions(viewer, id));
    const standard = (name: Name) => {
      const viewer = world.viewer(name);
      return { ...viewer, organisation: { ...viewer.organisation, depth: 'standard' as const } };
    };

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      await opened.store.db.delete(organisation);
      world = await makeTrackingWorld(opened.store);
      promises = promisesIn(world, opened.store);
      year = await promises.accepted({
        ...{ owner: 'cleo', team: 'blue' },
        terms: { statement: 'Twice the sales', horizon: 'year', due: '2026-12-18' },
      });
    });

    test('[CM56][CM57] a parent shows its children and keeps status and progress of its own', async () => {
      const half = { ...terms.measures[0]!, baseline: 0, target: 100 };
      const one = await promises.accepted({ terms: { weight: 6, measures: [half] } });
      const two = await promises.accepted({ owner: 'bea', terms: { weight: 2, measures: [half] } });
      const asked = await promises.propose({ terms: { weight: 9 } });
      value(await say('ben', one, year));
      value(await say('bea', two, year));
      value(await say('ben', asked, year));
      const report = (name: Name, id: string, status: 'on' | 'off', m1: number) =>
        world.tracking.checkIn(world.viewer(name), id, { ...checkIn, status, values: { m1 } });
      world.clock.now = on('2026-04-03', '12:00');
      value(await report('ben', one, 'off', 50));
      value(await report('bea', two, 'off', 10));
      value(await report('cleo', year, 'on', 110));
      const seen = await look(year);
      expect(seen.from.map(({ id, display }) => [id, display]).sort()).toEqual(
        [
          [one, 'off'],
          [two, 'off'],
          [asked, 'proposed'],
        ].sort(),
      );
      expect(seen).toMatchObject({ shares: { off: 1, on: 0 }, worstId: one, told: 2, counting: 2 });
      expect(seen.progress).toBeCloseTo(0.4);
      const own = value(await world.tracking.commitment(world.viewer('finn'), year));
      expect([own.display, own.progress]).toEqual(['on', 0.05]);
      expect((await look(one)).to.map(({ id, statement }) => [id, statement])).toEqual([
        [year, 'Twice the sales'],
      ]);

      // Nobody says a word for two weeks: silent below, and not off, and never green.
      world.clock.now = on('2026-04-20', '12:00');
      expect(await look(year)).toMatchObject({ shares: { stale: 1, on: 0, off: 0 } });
      const drop = { reason: 'no need', frees: 'two weeks' };
      value(await world.tracking.act(world.viewer('bea'), two, 'drop', drop));
      value(await world.tracking.act(world.viewer('ben'), one, 'miss', { cause: 'capacity', text: '' }));
      const late = await look(year);
      expect(late).toMatchObject({ shares: { ended: 1 }, worstId: null, progress: 0.5, counting: 1 });
      expect(late.from.map(({ display }) => display).sort()).toEqual(['dropped', 'missed', 'not-accepted']);
    });

    test('[CM58] what is needed, or serves the same priority, is no contribution', async () => {
      const other = await promises.accepted({ terms: { priority: 'growth' } });
      const key = value(await world.tracking.commitment(world.viewer('ben'), other)).objectKey;
      const yearKey = value(await world.tracking.commitment(world.viewer('cleo'), year)).objectKey;
      value(
        await world.tracking.saveDependency(world.viewer('cleo'), world.boardId, {
          ...{ objectKey: randomUUID(), requesterKey: yearKey, requesterTeam: 'blue', providerTeam: 'red' },
          ...{ servedBy: key, what: 'An import', neededBy: '2026-06-01', hardness: 'hard' },
        }),
      );
      expect(await look(year)).toMatchObject({ from: [], fromUnseen: 0, progress: null });
      expect((await look(other)).to).toEqual([]);
    });

    test('[CM54] said in the history, known as of a day, and taken back', async () => {
      const child = await promises.accepted();
      world.clock.now = on('2026-04-10');
      const said = value(await say('ben', child, year));
      expect(said.versions).toHaveLength(1);
      expect(said.history.at(-1)?.sentence).toBe('Contributes to “Twice the sales”.');
      world.clock.now = on('2026-04-20');
      const back = { to: year };
      value(await world.tracking.act(world.viewer('ben'), child, 'stop-contributing', back));
      expect((await look(year)).from).toEqual([]);
      const then = value(
        await world.tracking.contributions(world.viewer('finn'), year, { at: on('2026-04-15') }),
      );
      expect(then.from.map(({ id }) => id)).toEqual([child]);
      const before = await world.tracking.contributions(world.viewer('finn'), child, {
        at: on('2026-04-05'),
      });
      expect(value(before).to).toEqual([]);
    });

    test('[CM54] to what may be chosen, what reaches further first, and of no other organisation', async () => {
      const child = await promises.accepted();
      const month = await promises.accepted({ terms: { horizon: 'month' } });
      const gone = await promises.propose();
      value(await world.tracking.act(world.viewer('ben'), gone, 'decline', { reason: 'no room' }));
      const choices = await world.tracking.parentChoices(world.viewer('ben'), child);
      expect(choices.map(({ id }) => id)).toEqual([year, month]);
      const far = await makeTrackingWorld(opened.store);
      const theirs = await promisesIn(far, opened.store).accepted();
      expect(code(await say('ben', child, theirs))).toBe('unknown-parent');
      expect(code(await say('ben', child, gone))).toBe('wrong-parent');
      expect(code(await far.tracking.contributions(far.viewer('ben'), year))).toBe('not-found');
    });

    test('[CM55] two that are said at once do not close a circle', async () => {
      const one = await promises.accepted({ terms: { statement: 'One' } });
      const two = await promises.accepted({ owner: 'bea', terms: { statement: 'Two' } });
      const both = await Promise.all([say('ben', one, two), say('bea', two, one)]);
      expect(both.map(code).sort()).toEqual(['allowed', 'circle']);
      const refused = both.find((it) => !it.ok);
      expect(refused?.ok === false ? refused.refusal.message : '').toMatch(
        /“(One|Two)” → “(Two|One)” → “\1”/,
      );
    });

    test('[CM59] the lead of the other’s team agrees to changes from then on', async () => {
      const child = await promises.accepted({ extra: { sponsor: world.people.olga } });
      value(await world.tracking.act(standard('ben'), child, 'contribute', { to: year }));
      const seen = value(await world.tracking.commitment(standard('cleo'), child));
      // Cleo leads blue and owns the year: that she owns the parent does not matter, she does not own the child.
      expect(seen.sponsorId).toBe(world.people.cleo);
      const own = await promises.accepted({ owner: 'cleo', team: 'blue' });
      value(await world.tracking.act(standard('cleo'), own, 'contribute', { to: year }));
      expect(value(await world.tracking.commitment(standard('cleo'), own)).sponsorId).toBe(world.people.olga);
    });

    test('[CM60] what is hidden is counted and not named, on either end', async () => {
      const elsewhere = randomUUID();
      await opened.store.db.insert(board).values({
        ...{ id: elsewhere, organisationId: world.organisationId, title: 'Closed', scope: 'private' },
        ...{ createdBy: world.people.cleo, createdAt: new Date(world.clock.now) },
      });
      const secret = await world.tracking.promiseForWeek(
        world.viewer('cleo'),
        { statement: 'Secret step', ownerId: world.people.cleo, due: '2026-04-03' },
        { board: elsewhere },
      );
      const hidden = value(secret).id;
      const child = await promises.accepted({ terms: { statement: 'Open one' } });
      value(await say('cleo', hidden, year));
      const blind = { hiddenBoards: [elsewhere] };
      const outside = world.viewer('dan', blind);
      const seen = await look(year, outside);
      expect(seen).toMatchObject({ from: [], fromUnseen: 1, progress: null, counting: 0, worstId: null });
      expect(Object.values(seen.shares).every((share) => share === 0)).toBe(true);
      expect((await look(year)).from.map(({ statement }) => statement)).toEqual(['Secret step']);
      // Ben may not link to what he does not see, nor is it named where it stands in the way.
      expect(code(await say('ben', child, hidden, blind))).toBe('unknown-parent');
      expect(
        JSON.stringify(await world.tracking.parentChoices(world.viewer('ben', blind), child)),
      ).not.toContain('Secret');
      value(await say('ben', child, hidden));
      expect(await look(child, outside)).toMatchObject({ to: [], toUnseen: 1, toTakeBack: [] });
      // Its owner does not see the other end, either, and may still let go of it.
      const owner = await look(child, world.viewer('ben', blind));
      expect(owner).toMatchObject({ to: [], toUnseen: 1, toTakeBack: [hidden] });
      value(await world.tracking.act(world.viewer('ben', blind), child, 'stop-contributing', { to: hidden }));
      expect(await look(child, world.viewer('ben', blind))).toMatchObject({ toUnseen: 0, toTakeBack: [] });
      value(await say('ben', child, hidden));
      const history = value(await world.tracking.commitment(outside, child)).history.at(-1)?.sentence;
      expect(history).toBe('Contributes to another promise.');
      const round = await world.tracking.act(world.viewer('cleo', blind), year, 'contribute', { to: child });
      expect(code(round)).toBe('circle');
      // Cleo owns the hidden one, so it is named to her; who does not see it reads that there is something.
      expect(round.ok ? '' : round.refusal.message).toContain('“Secret step”');
      const third = await promises.accepted({ owner: 'dan', team: 'blue' });
      value(await world.tracking.act(world.viewer('cleo'), hidden, 'contribute', { to: third }));
      const danger = await world.tracking.act(outside, third, 'contribute', { to: child });
      expect(danger.ok ? '' : danger.refusal.message).toContain('“Something on a board you do not see”');
      expect(danger.ok ? '' : danger.refusal.message).not.toContain('Secret');
    });
  });
});
