import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionMessage } from '../../src/protocol/views/facilitation.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { code, running, stageOf } from './room.ts';
import { makeSessionWorld } from './session-world.ts';

const brief = { presenter: 'bea', link: 'https://example.org/slides', note: 'Stop Ben after a minute.' };

test('[SN50] who leads prepares a section, before the meeting and while it runs; a link is an address', () => {
  const room = running(['ana', 'ben'], [stageOf('a', 10)]);
  expect(code(room.ask('ben', { type: 'brief-stage', stage: 'a', ...brief }))).toBe('not-yours');
  for (const link of ['javascript:alert(1)', 'slides', 'https://a b']) {
    expect(code(room.ask('ana', { type: 'brief-stage', stage: 'a', ...brief, link }))).toBe('invalid');
  }
  expect(code(room.ask('ana', { type: 'brief-stage', stage: 'z', ...brief }))).toBe('unknown-stage');
  room.do('ana', { type: 'brief-stage', stage: 'a', ...brief });
  expect(room.state.stages[0]).toMatchObject(brief);
  room.do('ana', { type: 'brief-stage', stage: 'a', presenter: null, link: ' ', note: '' });
  expect(room.state.stages[0]).toMatchObject({ presenter: null, link: null, note: '' });
});

describe.each(stores)('notes on sections on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN50] a note reaches those who lead and nobody else, on no way', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, viewer, boardId } = world;
      const id = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben']);
      const seen: unknown[] = [];
      value(
        await facilitation.listen(viewer('ben'), id, {
          send: (it: SessionMessage) => seen.push(it),
          ended: () => undefined,
        }),
      );
      const asked = { ...brief, presenter: world.people.bea };
      const led = await world.do('ana', id, { type: 'brief-stage', stage: 'wins', ...asked });
      expect(led.notes).toEqual({ wins: brief.note });
      await facilitation.settled();
      seen.push(
        value(await facilitation.session(viewer('ben'), id)),
        value(await facilitation.rows(viewer('ben'), id, 'wins')),
        value(await facilitation.minutes(viewer('ben'), id)),
        await facilitation.ofBoard(boardId),
        world.pushed,
      );
      expect(JSON.stringify(seen)).toContain(brief.link);
      expect(JSON.stringify(seen)).not.toContain('Stop Ben');
      await world.do('ana', id, { type: 'add-facilitator', person: world.people.ben });
      expect(value(await facilitation.session(viewer('ben'), id)).notes).toEqual({ wins: brief.note });
    });
  });
});
