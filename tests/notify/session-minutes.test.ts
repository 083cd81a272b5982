import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Owed } from '../../src/domain/facilitation/extracts.ts';
import { sessionWords } from '../../src/domain/notify/session-words.ts';
import { createNotify } from '../../server/notify/notify.ts';
import { board, commitment, leave, member, notice, person } from '../../server/store/schema.ts';
import { seenOwed } from '../../server/notify/seen-owed.ts';
import { readReminders } from '../../server/registers/reminders.ts';
import { readSeers } from '../../server/tracking/read-seers.ts';
import { makeSessionWorld, type SessionWorld } from '../facilitation/session-world.ts';
import { on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

const owed = (title: string): Owed => ({
  ...{ what: 'promise', title, due: '2026-04-17', change: '', ref: null, card: null },
});

test('[NT58] five lines are told and the rest counted; who stands in hears how many, never what', () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(owed);
  const words = sessionWords({ title: 'Weekly' }, lines, null);
  expect(words.title).toBe('My commitments from “Weekly”');
  expect(words.evidence).toContain('commitment: e (by Fri 17 Apr); and 2 more.');
  expect(words.evidence).not.toContain('commitment: f');
  expect(sessionWords({ title: 'Weekly' }, lines, 'Ben')).toEqual({
    ...{ title: 'Ben: commitments from “Weekly”', evidence: '7 lines in the minutes.' },
  });
  expect(sessionWords({ title: 'Weekly' }, [], null).title).toBe('Minutes of “Weekly”');
});

describe.each(stores)('after a session, on $name', (store) => {
  describe.skipIf(store.missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    let notify: ReturnType<typeof createNotify>;
    let day = 13;
    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeSessionWorld(opened.store);
      const { organisationId, tracking, clock } = world;
      const members = await opened.store.db
        .select()
        .from(member)
        .where(eq(member.organisationId, organisationId));
      for (const { personId, accountId } of members) {
        await opened.store.db.update(person).set({ accountId }).where(eq(person.id, personId));
      }
      notify = node();
      const ids = await world.commit([{ key: 'a', terms: { statement: 'Sell it' } }]);
      value(await tracking.act(world.viewer('ben'), ids.get('a') ?? '', 'accept', { confidence: 60 }));
      // A day of its own: what the nodes of another test did last is over.
      day += 1;
      clock.now = on(`2026-04-${day}`, '09:00');
    });

    const node = () =>
      createNotify(
        {
          ...{ store: opened.store, tracking: world.tracking, now: () => world.clock.now },
          ...{ viewerOf: () => Promise.resolve(null), newId: () => crypto.randomUUID() },
          ...{ node: crypto.randomUUID(), reminders: readReminders, baseUrl: 'https://plan.example.org' },
          mail: { smtpUrl: null, from: 'Throughline <plan@example.org>' },
          log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        },
        null,
      );
    const told = async (name: Name) =>
      (await opened.store.db.select().from(notice).where(eq(notice.personId, world.people[name])))
        .filter(({ rung }) => rung === 'minutes')
        .map(({ title, body, link }) => [title, body, link]);
    /** A weekly that Ana and Cleo are in; Ben, whose promise it is, is not. */
    async function held(): Promise<string> {
      await notify.plan();
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'cleo']);
      world.clock.now += 60_000;
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      await world.facilitation.settled();
      world.clock.now += 60_000;
      return id;
    }

    test('[NT58] owners and who was there are told once, whatever node looks and however often', async () => {
      const id = await held();
      await notify.plan();
      await notify.plan();
      world.clock.now += 90_000;
      await node().plan();
      expect(await told('ben')).toEqual([
        [
          'My commitments from “Weekly of Spring”',
          'commitment: Sell it (by Fri 26 Jun).',
          `/sessions/${id}/minutes#yours`,
        ],
      ]);
      expect(await told('cleo')).toEqual([
        [
          'Minutes of “Weekly of Spring”',
          'You were there. Nothing in them is yours to do.',
          `/sessions/${id}/minutes`,
        ],
      ]);
      expect(await told('dan')).toEqual([]);
      const inbox = await notify.inbox(world.viewer('ben'), {});
      expect(inbox.notices.find(({ rule }) => rule === 'NT58')).toMatchObject({ subjectId: id });
    });

    test('[NT58] who may not look at the session is not told of it, nor who stands in there', async () => {
      const { db } = opened.store;
      await db.update(board).set({ scope: 'private' }).where(eq(board.id, world.boardId));
      await db.insert(leave).values({
        ...{ id: crypto.randomUUID(), organisationId: world.organisationId, personId: world.people.ana },
        ...{ delegateId: world.people.dan, start: '2026-04-01', end: '2026-04-30' },
        createdAt: new Date(world.clock.now),
      });
      await held();
      await notify.plan();
      // Ben's promise lies on a board that he may not open: his part of it is on his own page.
      expect([await told('ben'), await told('dan')]).toEqual([[], []]);
      expect((await told('cleo')).length).toBe(1);
      expect((await told('ana')).length).toBe(1);
    });

    test('[NT58] of what was hidden from somebody since, their message says nothing', async () => {
      const { db } = opened.store;
      const { organisationId, boardId, people } = world;
      await db.update(board).set({ scope: 'private' }).where(eq(board.id, boardId));
      const [promise] = await db.select().from(commitment).where(eq(commitment.boardId, boardId));
      const about = (id: string) => ({ kind: 'commitment', id });
      const lines: readonly Owed[] = [
        { ...owed('Their promise'), ref: about(promise?.id ?? '') },
        { ...owed('Their card'), card: 'card' },
        { ...owed('Said in the room'), what: 'action' },
      ];
      const seers = await readSeers(db, organisationId, [people.ana, people.dan]);
      const seen = async (name: Name) =>
        (await seenOwed(db, seers.get(people[name]), boardId, lines)).map(({ title }) => title);
      expect(await seen('dan')).toEqual(['Said in the room']);
      expect(await seen('ana')).toHaveLength(3);
    });
  });
});
