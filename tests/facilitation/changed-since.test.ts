import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSessionEvents } from '../../server/facilitation/session-table.ts';
import { readChanges } from '../../server/facilitation/read-changes.ts';
import { session } from '../../server/store/schema.ts';
import { changesIn, mostChanges, type LoggedChange } from '../../src/domain/facilitation/changes.ts';
import { minutesFrom, minutesOf } from '../../src/domain/facilitation/minutes.ts';
import type { Session } from '../../src/domain/facilitation/session.ts';
import { code, on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

describe('one line an object', () => {
  const change = (id: string, type: string, data: unknown, at: number): LoggedChange => ({
    ...{ ref: { kind: 'commitment', id }, title: id, type, data, at, by: 'ben' },
  });

  test('[SN33] check-ins are one fact, silent events none, and a longer list is counted', () => {
    const told = changesIn([
      change('a', 'checked-in', { status: 'on' }, 1),
      change('a', 'offer-noted', {}, 2),
      change('a', 'rescoped', { daysSlipped: 14 }, 3),
      change('a', 'checked-in', { status: 'risk' }, 4),
      change('b', 'offer-noted', {}, 5),
    ]);
    expect(told).toMatchObject({
      lines: [{ title: 'a', text: 'changed, 14 days later, checked in 2 times: at risk', at: 4, by: 'ben' }],
      more: 0,
    });
    const many = Array.from({ length: mostChanges + 7 }, (_, n) => change(`k${n}`, 'missed', {}, n));
    expect(changesIn(many)).toMatchObject({ more: 7 });
    expect(changesIn(many).lines).toHaveLength(mostChanges);
  });
});

describe.each(stores)('since the last meeting on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    const weekly = async (): Promise<string> => {
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      await world.facilitation.settled();
      return id;
    };
    const end = async (id: string): Promise<void> => {
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      await world.facilitation.settled();
    };
    const stateOf = async (id: string): Promise<Session> => {
      const [row] = await opened.store.db.select().from(session).where(eq(session.id, id));
      return row?.state as Session;
    };

    test('[SN33] the minutes tell it, made from the log; the same log gives the same lines later', async () => {
      world = await makeSessionWorld(opened.store);
      const { tracking, registers, viewer, people, teams, boardId, facilitation } = world;
      const ids = await world.commit([
        { key: 'a' },
        { key: 'b', terms: { statement: 'Sell it' } },
        { key: 'c', terms: { statement: 'Quiet' } },
      ]);
      const [a, b] = [ids.get('a') ?? '', ids.get('b') ?? ''];
      for (const each of ids.values())
        value(await tracking.act(viewer('ben'), each, 'accept', { confidence: 70 }));
      const first = await weekly();
      expect(value(await facilitation.minutes(viewer('ana'), first)).minutes.changed).toBeNull();
      await end(first);

      world.clock.now = on('2026-04-10', '10:00');
      value(await tracking.checkIn(viewer('ben'), a, { status: 'risk', confidence: 50 }));
      world.clock.now += 60_000;
      value(
        await tracking.act(viewer('ben'), b, 'drop', { reason: 'No customer', frees: '', decision: 'so' }),
      );
      world.clock.now += 60_000;
      const question = value(
        await registers.create(viewer('ana'), 'decision', {
          ...{ question: 'Which vendor?', decider: people.ana, team: teams.red, board: boardId },
        }),
      ).id;
      value(await registers.act(viewer('ana'), 'decision', question, 'decide', { chosen: 'The second' }));
      world.clock.now = on('2026-04-13', '09:00');
      const second = await weekly();
      const expected = [
        ['commitment', 'Double the sign-ups', 'checked in: at risk'],
        ['commitment', 'Sell it', 'dropped (No customer)'],
        ['decision', 'Drop “Sell it”?', 'question opened, decided: so'],
        ['decision', 'Which vendor?', 'question opened, decided: The second'],
      ];
      const said = async () => {
        const { minutes } = value(await facilitation.minutes(viewer('ana'), second));
        return minutes.changed;
      };
      const noted = await said();
      expect(noted?.session).toBe(first);
      expect(noted?.lines.map(({ ref, title, text }) => [ref.kind, title, text])).toEqual(expected);
      expect(value(await facilitation.session(viewer('ben'), second)).session.changed).toEqual(noted);

      // The log again, by the same function: what the minutes hold was typed by nobody.
      const again = await readChanges(
        opened.store.db,
        world.organisationId,
        await stateOf(second),
        world.clock.now,
      );
      expect(again).toEqual(noted);
      await end(second);
      world.clock.now = on('2026-04-14', '09:00');
      value(await tracking.act(viewer('ben'), a, 'miss', { cause: null, text: '' }));
      const page = value(await facilitation.minutes(viewer('ana'), second));
      expect(page.minutes.changed).toEqual(noted);
      const log = await readSessionEvents(opened.store.db, second);
      expect(page.minutes).toEqual(minutesFrom(log, world.clock.now));
      expect(page.minutes).toEqual(minutesOf(await stateOf(second), world.clock.now));
      expect(page.markdown.indexOf('## What changed since the last session')).toBeLessThan(
        page.markdown.indexOf('## Who was there'),
      );
      expect(page.markdown).toMatch(
        new RegExp(
          String.raw`- \[Sell it\]\(/commitments/${b}\) \(\[on the board\]\(/board/\S+\?card=b\)\): dropped \(No customer\) \(Ben, `,
        ),
      );
    });

    test('[SN33] another kind of meeting, or one of another place, is not the last one', async () => {
      const held = await weekly();
      await end(held);
      for (const input of [
        { kind: 'weekly', teamId: world.teams.blue } as const,
        { kind: 'monthly', boardId: world.boardId } as const,
      ]) {
        const other = await world.running(input, ['ana']);
        expect(
          value(await world.facilitation.minutes(world.viewer('ana'), other)).minutes.changed,
        ).toBeNull();
        await end(other);
      }
    });

    test('[SN38] the table has a line for each thing the minutes say, and no cell runs as a formula', async () => {
      const id = await weekly();
      await world.do('ben', id, {
        type: 'park',
        id: 'd3b7a5c0-9d1e-4f0a-8b59-3a6f4f6c1e22',
        title: '=1+1, "so"',
      });
      await world.do('ben', id, { type: 'rate', value: 8 });
      await end(id);
      const { csv } = value(await world.facilitation.minutes(world.viewer('ana'), id));
      const lines = csv.split('\r\n');
      expect(lines[0]).toBe('part,what,detail,who,when,planned minutes,actual minutes,link,on the board');
      expect(csv).toContain('parked,"\'=1+1, ""so""",left open,Ben');
      expect(csv).toContain('rating,8.0,"of 10, from 1"');
      expect(lines.filter((line) => line.startsWith('section,'))).toHaveLength(8);
      expect(csv).toContain('left open,"Parked: =1+1, ""so"""');
    });

    test('[SN39] what was called off is in no list, and its place is free for another', async () => {
      const { session: planned } = value(
        await world.facilitation.plan(world.viewer('ana'), { kind: 'custom', boardId: world.boardId }),
      );
      value(await world.facilitation.beat(world.viewer('ana'), planned.id));
      await world.do('ana', planned.id, { type: 'call-off' });
      const listed = await world.facilitation.sessions(world.viewer('ana'), {});
      expect(listed.map(({ id }) => id)).not.toContain(planned.id);
      expect(listed.length).toBeGreaterThan(0);
      const rev = value(await world.facilitation.session(world.viewer('ana'), planned.id)).session.rev;
      const start = await world.facilitation.command(world.viewer('ana'), planned.id, {
        ...{ command: { type: 'start' }, expectedRev: rev },
      });
      expect(code(start)).toBe('wrong-state');
    });
  });
});
