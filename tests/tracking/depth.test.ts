import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { createOrganisations } from '../../server/organisations/organisations.ts';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import { board, capacity, member, period } from '../../server/store/schema.ts';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import type { CommitmentCommand } from '../../src/domain/commitment/command.ts';
import { depths } from '../../src/domain/depth/depth.ts';
import { agree, draft, moved } from './asks.ts';
import { after, committed, done, offer, on, planningDay, signups, standing, terms } from './situations.ts';
import { promisesIn } from './promises.ts';
import { code, makeTrackingWorld, value, type Name, type TrackingWorld } from './server-world.ts';
import { stores, type OpenedStore } from './stores.ts';

describe('somebody who is alone', () => {
  const solos = {
    'the only person of the organisation': standing(
      'solo',
      'administrator',
      ['red', 'blue'],
      ['red', 'blue'],
    ),
    'the only member of a team without a lead': standing(
      'solo',
      'member',
      [],
      ['red', 'blue'],
      ['red', 'blue'],
    ),
  };
  const may = on('2026-05-04');

  describe.each(Object.entries(solos))('%s', (_, alone) => {
    const context = { standing: alone, depth: 'standard' } as const;
    const act = (it: Commitment | null, command: CommitmentCommand, at = planningDay) =>
      after(it, 'solo', command, at, context);
    const mine = { ...offer, owner: 'solo', terms: { ...terms, doneMeans: 'See the dashboard.' } };
    const yes = { type: 'accept', confidence: 70 } as const;

    test('[DE9] offers, changes, accepts, re-scopes and ends a promise in the standard depth', () => {
      const offered = act(null, { type: 'offer', ...mine });
      const other = act(offered, { type: 'propose-change', change: { weight: 5 }, text: 'it is more' });
      expect(act(act(other, { type: 'agree-change' }), yes).versions[0]?.terms.weight).toBe(5);
      const promise = act(offered, yes);
      const later = act(
        promise,
        {
          ...{ type: 'rescope', change: { due: '2026-07-20' }, reason: 'learning', text: 'longer' },
          decision: 'Solo: it takes longer',
        },
        may,
      );
      expect(later).toMatchObject({ pending: null, versions: [{ number: 1 }, { number: 2 }] });
      expect(act(later, done, may).status).toBe('done');
      const drop = { type: 'drop', reason: 'no room', frees: 'time', decision: 'Solo: drop it' } as const;
      expect(act(promise, drop, may).status).toBe('dropped');
    });

    test('[DE9] asks, answers, delivers and confirms between two teams', () => {
      const own = { ...draft, requester: { ...draft.requester, owner: 'solo' } };
      const say = { standing: alone, providerMembers: ['solo'] };
      let it = moved(null, 'solo', { type: 'save', ...own }, planningDay, say);
      it = moved(it, 'solo', { type: 'send' }, planningDay, say);
      it = moved(it, 'solo', { ...agree, person: 'solo' }, planningDay, say);
      it = moved(it, 'solo', { type: 'deliver', evidence: 'merged' }, planningDay, say);
      expect(moved(it, 'solo', { type: 'confirm' }, planningDay, say).status).toBe('confirmed');
    });
  });
});

describe('somebody who is gone', () => {
  const may = on('2026-05-04');
  const change = { change: { why: 'other words' }, reason: 'learning', text: 'clearer' } as const;

  test('[DE10] a sponsor who is gone blocks no change: neither a new one nor one that waits', () => {
    const it = committed({ sponsor: 'cleo' });
    const asked = after(it, 'ben', { type: 'rescope', ...change }, may);
    expect(asked).toMatchObject({ pending: { sponsorAgreed: false }, versions: [{}] });
    const gone = { sponsorGone: true };
    expect(after(it, 'ben', { type: 'rescope', ...change }, may, gone).versions).toHaveLength(2);
    expect(after(asked, 'ben', { type: 'agree-rescope' }, may, gone)).toMatchObject({
      pending: null,
      versions: [{}, { terms: { why: 'other words' } }],
    });
  });
});

describe.each(stores)('on $name', ({ missing, open }) => {
  describe.skipIf(missing)('the depth of an organisation', () => {
    let opened: OpenedStore;
    let own: TrackingWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      own = await makeTrackingWorld(opened.store);
      // Planning in the standard depth is for a period; what a yes asks where it is not has its own tests.
      const periodId = crypto.randomUUID();
      const span = {
        id: periodId,
        organisationId: own.organisationId,
        kind: 'custom',
        label: 'Spring',
      } as const;
      await opened.store.db.insert(period).values({
        ...{ ...span, start: '2026-04-01', end: '2026-06-30', createdAt: new Date(own.clock.now) },
      });
      await opened.store.db.update(board).set({ periodId }).where(eq(board.id, own.boardId));
    });
    const as = (name: Name, depth: 'light' | 'standard'): Viewer => {
      const viewer = own.viewer(name);
      return { ...viewer, organisation: { ...viewer.organisation, depth } };
    };
    const measured = { doneMeans: 'See the dashboard.', measures: [signups] };
    const offered = () => promisesIn(own, opened.store).propose({ terms: measured });
    const decisions = () => own.registers.list(own.viewer('ben'), 'decision', {});

    test('[DE1] a yes: light needs no confidence, standard does', async () => {
      const [light, standard] = [await offered(), await offered()];
      expect(code(await own.tracking.act(as('ben', 'standard'), standard, 'accept', {}))).toBe(
        'confidence-missing',
      );
      expect(code(await own.tracking.act(as('ben', 'light'), light, 'accept', {}))).toBe('allowed');
      const fill = { weight: 8 };
      const said = { confidence: 70, fill };
      const accepted = value(await own.tracking.act(as('ben', 'standard'), standard, 'accept', said));
      expect(accepted).toMatchObject({ confidence: 70, weight: 8 });
    });

    const acts: readonly [string, string, Record<string, unknown>][] = [
      ['a drop', 'drop', { reason: 'no room', frees: 'time' }],
      [
        'a due moved by more than a week',
        'rescope',
        { change: { due: '2026-07-20' }, reason: 'learning', text: 'it takes longer' },
      ],
      [
        'a target eased by more than a tenth',
        'rescope',
        { change: { measures: [{ ...signups, target: 150 }] }, reason: 'learning', text: 'fewer' },
      ],
    ];
    test.each(acts)(
      '[DE3] %s: a decision is written from its reason, or has to be given',
      async (_, act, input) => {
        const [light, standard] = [await offered(), await offered()];
        for (const id of [light, standard]) {
          value(await own.tracking.act(as('ben', 'light'), id, 'accept', { confidence: 70 }));
        }
        value(await own.tracking.act(as('ben', 'light'), light, act, input));
        const written = await decisions();
        expect(written.map(({ status }) => status)).toEqual(['in-force']);
        expect(code(await own.tracking.act(as('ben', 'standard'), standard, act, input))).toBe(
          'decision-missing',
        );
        expect(await decisions()).toHaveLength(1);
        const short = { ...input, decision: 'Ben: we do the other thing first' };
        value(await own.tracking.act(as('ben', 'standard'), standard, act, short));
        expect(await decisions()).toHaveLength(2);
        const third = await offered();
        value(await own.tracking.act(as('ben', 'light'), third, 'accept', { confidence: 70 }));
        const chosen = { ...input, decisionId: written[0]?.id };
        value(await own.tracking.act(as('ben', 'standard'), third, act, chosen));
        expect(await decisions()).toHaveLength(2);
      },
    );

    test('[DE5] capacity and assumptions are shown in light from their first use on', async () => {
      const organisations = createOrganisations({
        ...{ store: opened.store, now: () => own.clock.now, newId: () => crypto.randomUUID() },
        rights: makeRightsChanges(),
      });
      const used = (depth: 'light' | 'standard') => organisations.partsInUse(as('ben', depth));
      expect(await used('light')).toEqual([]);
      value(await own.registers.create(as('ben', 'light'), 'assumption', { statement: 'Prices stay' }));
      expect(await used('light')).toEqual(['assumptions']);
      const { organisationId, teams } = own;
      const periodId = crypto.randomUUID();
      const createdAt = new Date(own.clock.now);
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'quarter', label: 'Q2', createdAt },
        ...{ start: '2026-04-01', end: '2026-06-30' },
      });
      await opened.store.db
        .insert(capacity)
        .values({ organisationId, teamId: teams.red, periodId, personWeeks: 20, enteredAt: createdAt });
      expect(await used('light')).toEqual(['capacity', 'assumptions']);
      expect(depths.standard.offUntilUsed).toEqual([]);
    });

    test('[DE5] sizes somebody gave to objectives count as use', async () => {
      const organisations = createOrganisations({
        ...{ store: opened.store, now: () => own.clock.now, newId: () => crypto.randomUUID() },
        rights: makeRightsChanges(),
      });
      await promisesIn(own, opened.store).propose({ terms: { effort: 3 } });
      expect(await organisations.partsInUse(as('ben', 'light'))).toEqual(['capacity']);
    });

    test('[DE10] a suspended sponsor or lead leaves nobody stuck', async () => {
      const sponsored = async () => {
        const its = await own.commit([
          { key: crypto.randomUUID(), terms: measured, extra: { sponsor: own.people.olga } },
        ]);
        const id = [...its.values()][0] ?? '';
        value(await own.tracking.act(as('ben', 'standard'), id, 'accept', { confidence: 70 }));
        return id;
      };
      const change = { change: { why: 'other words' }, reason: 'learning', text: 'clearer' };
      const versions = async (id: string) =>
        value(await own.tracking.commitment(as('ben', 'standard'), id)).versions.length;
      const suspend = (name: Name) =>
        opened.store.db
          .update(member)
          .set({ suspendedAt: new Date(own.clock.now) })
          .where(eq(member.personId, own.people[name]));
      const [waits, counters] = [await sponsored(), await offered()];
      value(await own.tracking.act(as('ben', 'standard'), waits, 'rescope', change));
      expect(await versions(waits)).toBe(1);
      const other = { change: { why: 'else' }, text: 'better' };
      value(await own.tracking.act(as('ben', 'standard'), counters, 'propose-change', other));
      expect(code(await own.tracking.act(as('bea', 'standard'), counters, 'agree-change', {}))).toBe(
        'not-yours',
      );
      await suspend('olga');
      await suspend('ana');
      value(await own.tracking.act(as('ben', 'standard'), waits, 'agree-rescope', {}));
      expect(await versions(waits)).toBe(2);
      value(await own.tracking.act(as('bea', 'standard'), counters, 'agree-change', {}));
    });

    test('[DE8] what was said in the standard depth is there in light, and again in standard', async () => {
      const id = await offered();
      const said = { confidence: 70, fill: { weight: 8 } };
      value(await own.tracking.act(as('ben', 'standard'), id, 'accept', said));
      const seen = async (depth: 'light' | 'standard') => {
        const { weight, confidence, baseline, versions } = value(
          await own.tracking.commitment(as('ben', depth), id),
        );
        return { weight, confidence, baseline, versions };
      };
      const before = await seen('standard');
      expect(before).toMatchObject({ weight: 8, confidence: 70 });
      expect(await seen('light')).toEqual(before);
      const change = { change: { why: 'other words' }, reason: 'learning', text: 'clearer' };
      value(await own.tracking.act(as('ben', 'light'), id, 'rescope', change));
      expect(await seen('standard')).toMatchObject({
        weight: 8,
        confidence: 70,
        versions: [{}, { weight: 8 }],
      });
    });
  });
});
