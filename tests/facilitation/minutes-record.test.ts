import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAnswer, minutesFile } from '../../server/api/schemas/minutes.ts';
import { readSessionEvents } from '../../server/facilitation/session-table.ts';
import { session, sessionEvent } from '../../server/store/schema.ts';
import { recordIn } from '../../src/domain/facilitation/record-in.ts';
import { asksOf } from '../tracking/asks-of.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { recordSituation, type RecordSituation } from './record-situation.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const minute = 60_000;

describe.each(stores)('how things stood at the end, on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    let ids: ReadonlyMap<string, string>;
    let { asks, risks, question } = { asks: {}, risks: {}, question: '' } as RecordSituation;

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeSessionWorld(opened.store);
      ({ ids, asks, risks, question } = await recordSituation(world));
    });

    const id = (key: string): string => ids.get(key) ?? '';
    const read = async (of: string) => value(await world.facilitation.minutes(world.viewer('ana'), of));

    /** A weekly on the board in which a promise is accepted, one is checked and a question is decided. */
    async function held(): Promise<string> {
      const { facilitation, viewer } = world;
      const of = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      await facilitation.settled();
      const act = async (name: 'ana' | 'ben', kind: string, on: string, does: string, input: object) =>
        value(
          await facilitation.act(viewer(name), of, {
            ...{ stage: 'triage', kind, id: on, act: does, input: { ...input } },
          }),
        );
      world.clock.now += minute;
      await act('ben', 'commitment', id('sell'), 'accept', { confidence: 60 });
      await act('ben', 'commitment', id('sign-ups'), 'check-in', { status: 'risk', confidence: 50 });
      await act('ana', 'decision', question, 'decide', { chosen: 'The second', rationale: 'It is there' });
      world.clock.now += minute;
      return of;
    }
    async function end(of: string): Promise<void> {
      await world.do('ana', of, { type: 'end', leaveOpen: true });
      await world.facilitation.settled();
    }

    test('[SN79] objectives, needs by state, risks, decisions with what else was weighed, and what was promised', async () => {
      const of = await held();
      await end(of);
      const { people } = world;
      const { record, from } = await read(of);
      expect(from).toBe('end');
      expect(
        record?.objectives.map(({ title, owner, team, state, due, weight, confidence, status, card }) => ({
          ...{ title, owner, team, state, due, weight, confidence, status, card },
        })),
      ).toEqual([
        {
          ...{ title: 'Double the sign-ups', owner: people.ben, team: 'Red', state: 'risk' },
          ...{ due: '2026-06-26', weight: 5, confidence: 50, status: 'risk', card: 'sign-ups' },
        },
        {
          ...{ title: 'Sell it', owner: people.ben, team: 'Red', state: 'pending' },
          ...{ due: '2026-06-26', weight: 3, confidence: 60, status: null, card: 'sell' },
        },
      ]);
      expect(
        record?.needs.map(({ title, group, needer, giver, card }) => [title, group, needer, giver, card]),
      ).toEqual([
        ['It is agreed', 'agreed', 'Red', 'Blue', 'agreed'],
        ['It is asked', 'asked', 'Red', 'Blue', 'asked'],
        ['It is declined', 'declined', 'Red', 'Blue', 'declined'],
        ['It is owned', 'owned as a risk', 'Red', 'Blue', 'owned'],
      ]);
      expect(record?.needs[0]).toMatchObject({ person: people.dan, promisedFor: '2026-05-14' });
      expect(
        record?.risks.map(({ title, group, owner, followUp, reason }) => [
          title,
          group,
          owner,
          followUp,
          reason,
        ]),
      ).toEqual([
        ['Risk accepted', 'accepted', people.ana, '2026-05-01', 'It is cheap'],
        ['Risk fresh', 'new', null, null, ''],
        ['Risk owned', 'owned', people.ben, '2026-04-20', ''],
        ['Risk resolved', 'resolved', null, null, 'A second supplier'],
      ]);
      expect(record?.decisions).toMatchObject([
        {
          ...{ title: 'Which vendor?', open: false, chosen: 'The second', decider: people.ana },
          ...{ alternatives: ['The first'], why: 'It is there' },
        },
      ]);
      expect(record?.promises.map(({ title, change, owner }) => [title, change, owner])).toEqual([
        ['Sell it', 'accepted', people.ben],
      ]);
    });

    test('[SN79] the page, Markdown, the table and the data say the same of it', async () => {
      const of = await held();
      await end(of);
      const { markdown, csv, file, record } = await read(of);
      for (const heading of [
        'Asked',
        'Agreed',
        'Declined',
        'Owned as a risk',
        'Not yet decided',
        'Accepted',
      ]) {
        expect(markdown).toContain(`### ${heading}\n`);
      }
      expect(markdown).toContain('**The second**. decided by Ana, 13 Apr 2026');
      expect(markdown).toContain('Not chosen: The first');
      for (const { title } of [
        ...(record?.objectives ?? []),
        ...(record?.needs ?? []),
        ...(record?.risks ?? []),
      ]) {
        expect(markdown).toContain(`| [${title}](`);
        expect(csv.split('\r\n').filter((line) => line.includes(`,${title},`)).length).toBeGreaterThan(0);
      }
      expect(file.objectives.map(({ title }) => title)).toEqual(record?.objectives.map(({ title }) => title));
      expect(file.dependencies.map(({ what, state }) => [what, state])).toEqual(
        record?.needs.map(({ title, group }) => [title, group]),
      );
      expect(file.risks.map(({ title }) => title)).toEqual(record?.risks.map(({ title }) => title));
    });

    test('[SN80] nothing that happens later changes a line; the log of the session holds them', async () => {
      const of = await held();
      expect((await read(of)).from).toBe('now');
      await end(of);
      const before = await read(of);
      world.clock.now = on('2026-04-20', '09:00');
      const { tracking, registers, viewer } = world;
      value(await tracking.checkIn(viewer('ben'), id('sign-ups'), { status: 'off', confidence: 10 }));
      value(
        await tracking.act(viewer('ben'), id('sell'), 'drop', { reason: 'No', frees: '', decision: 'so' }),
      );
      value(await registers.act(viewer('ana'), 'risk', risks['fresh'] ?? '', 'resolve', { reason: 'Gone' }));
      value(await registers.act(viewer('ana'), 'decision', question, 'reverse', { reason: 'We were wrong' }));
      value(
        await tracking.actOnDependency(viewer('ben'), asks['asked'] ?? '', 'withdraw', { reason: 'No need' }),
      );
      const after = await read(of);
      expect(after.record).toEqual(before.record);
      expect(after.markdown).toBe(before.markdown);
      expect(after.csv).toBe(before.csv);
      expect(after.file).toEqual(before.file);
      expect(after.record).toEqual(recordIn(await readSessionEvents(opened.store.db, of)));
    });

    test('[SN80] an older session, in whose log nothing was noted, shows the same from the log of each object', async () => {
      const of = await held();
      await end(of);
      const noted = (await read(of)).record;
      world.clock.now = on('2026-04-20', '09:00');
      const { tracking, registers, viewer } = world;
      value(await tracking.checkIn(viewer('ben'), id('sign-ups'), { status: 'off', confidence: 10 }));
      value(await registers.act(viewer('ana'), 'risk', risks['fresh'] ?? '', 'resolve', { reason: 'Gone' }));
      value(await registers.act(viewer('ana'), 'decision', question, 'reverse', { reason: 'We were wrong' }));
      value(
        await tracking.actOnDependency(viewer('ben'), asks['asked'] ?? '', 'withdraw', { reason: 'No need' }),
      );
      await opened.store.db
        .delete(sessionEvent)
        .where(and(eq(sessionEvent.sessionId, of), eq(sessionEvent.type, 'record-noted')));
      const { record, from, markdown } = await read(of);
      expect(from).toBe('log');
      expect(record).toEqual(noted);
      expect(markdown).toContain('Read from the history of each line as it was at the end');
    });

    test('[SN80] what the clock ends is noted as well, and a session that never began has none', async () => {
      const of = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana']);
      for (const later of [minute, 72 * 60 * minute]) {
        world.clock.now += later;
        await world.facilitation.advanceClock();
      }
      await world.facilitation.settled();
      expect((await read(of)).from).toBe('end');
      const { session: planned } = value(
        await world.facilitation.plan(world.viewer('ana'), { kind: 'weekly', boardId: world.boardId }),
      );
      expect(await read(planned.id)).toMatchObject({ record: null, from: null });
    });

    test('[SN80] the state that every window is sent holds nothing of it', async () => {
      const of = await held();
      await end(of);
      const [row] = await opened.store.db.select().from(session).where(eq(session.id, of));
      expect(JSON.stringify(row?.state)).not.toContain('A second supplier');
    });

    test('[SN75] each person finds what they owe, by day: promises, asks to give, risks, questions, actions', async () => {
      const of = await held();
      const { people } = world;
      value(
        await world.facilitation.act(world.viewer('ben'), of, {
          ...{ stage: 'promises', kind: 'commitment', id: null, act: 'create' },
          input: { statement: 'Call them', ownerId: people.ben, due: '2026-04-17' },
        }),
      );
      await end(of);
      const { extracts, markdown, csv, file } = await read(of);
      const linesOf = (person: string) =>
        extracts.find((it) => it.person === person)?.lines.map(({ what, title, due }) => [what, title, due]);
      expect(linesOf(people.ben)).toEqual([
        ['promise', 'Call them', '2026-04-17'],
        ['risk', 'Risk owned', '2026-04-20'],
        ['promise', 'Sell it', '2026-06-26'],
        ['promise', 'Double the sign-ups', '2026-06-26'],
      ]);
      expect(linesOf(people.dan)).toEqual([['ask', 'It is agreed', '2026-05-14']]);
      expect(extracts.map(({ person }) => person)).toEqual([people.ben, people.dan]);
      expect(markdown).toMatch(/### Ben\n\n- commitment: \[Call them\]/);
      expect(csv).toContain('owed,It is agreed,to give; agreed,Dan,14 May 2026');
      expect(file.people.map(({ name }) => name)).toEqual(['Ben', 'Dan']);
    });

    test('[SN76] each line leads to the picture frozen next after it, at its card, in every form', async () => {
      const of = await held();
      await world.do('ana', of, { type: 'next' });
      await world.facilitation.settled();
      world.clock.now += minute;
      await end(of);
      const { minutes, markdown, csv, file } = await read(of);
      const picture = (why: string): string => minutes.snapshots.find((it) => it.why === why)?.id ?? '';
      const at = (why: string, card: string): string =>
        `/board/${world.boardId}/at/${picture(why)}?card=${card}`;
      // Acted on in the section before the next one was entered; the tables are of the end.
      expect(file.acts.map(({ text, links }) => [text, links.board])).toContainEqual([
        'Double the sign-ups: at risk, 50 % sure',
        at('stage', 'sign-ups'),
      ]);
      expect(file.objectives[0]?.links).toEqual({
        page: `/commitments/${id('sign-ups')}`,
        board: at('end', 'sign-ups'),
      });
      expect(file.dependencies[0]?.links.board).toBe(at('end', 'agreed'));
      for (const text of [markdown, csv]) {
        expect(text).toContain(at('stage', 'sign-ups'));
        expect(text).toContain(at('end', 'sell'));
      }
      expect(file.decisions[0]?.links).toEqual({ page: `/decisions/${question}`, board: null });
    });

    test('[SN82] an ask made in the session and not answered is named at its end, until somebody owns the risk', async () => {
      const of = await held();
      const { save, move } = asksOf(world);
      const { id: late } = value(await save('ben', 'late', { what: 'A late wish', neededBy: '2026-06-12' }));
      value(await move('ben', late, 'send'));
      const named = async (): Promise<readonly string[]> => {
        const { rev } = value(await world.facilitation.session(world.viewer('ana'), of)).session;
        const asked = { command: { type: 'end', leaveOpen: false }, expectedRev: rev } as const;
        const refused = await world.facilitation.command(world.viewer('ana'), of, asked);
        return refused.ok ? [] : (refused.refusal.faults ?? []).map(({ message }) => message);
      };
      const line = 'A late wish: asked here and not answered; own it as a risk?';
      expect(await named()).toContain(line);
      // What was asked before is named by its own section, once it waits too long.
      expect((await named()).filter((each) => each.includes('asked here'))).toEqual([line]);
      value(await move('ben', late, 'own-as-risk', { owner: world.people.ben, text: 'We build it' }));
      expect(await named()).not.toContain(line);
    });

    test('[SN77] the data is of the documented shape, also of a session that runs', async () => {
      const of = await held();
      const running = minutesFile.parse(JSON.parse(JSON.stringify((await read(of)).file)));
      expect(running).toMatchObject({ tablesFrom: 'now', session: { endedAt: null } });
      await end(of);
      const { file } = await read(of);
      expect(minutesFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
      const answer: unknown = JSON.parse(JSON.stringify(await read(of)));
      expect(minutesAnswer.parse(answer)).toEqual(answer);
      expect(file.session.pictures.map(({ why }) => why)).toEqual(['session-start', 'end']);
    });
  });
});
