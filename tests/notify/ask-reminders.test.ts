import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { choreLease, organisation } from '../../server/store/schema.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

const accepted = on('2026-04-01', '12:00');

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what asks remind of', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      // A chore looks at all organisations: each test has the store for itself.
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      world = await makeNotifyWorld(opened.store);
      await world.at(accepted);
    });

    test('[NT11] an ask nobody answers is told both sides, once', async () => {
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ana'), world.boardId, {
          ...{ objectKey: 'quiet', requesterKey: null, requesterTeam: 'red', providerTeam: 'blue' },
          ...{ what: 'A hand', neededBy: '2026-05-01', hardness: 'soft' },
        }),
      );
      value(await world.tracking.actOnDependency(world.viewer('ana'), ask.id, 'send', {}));
      await world.at(accepted + 60_000);
      for (const day of ['2026-04-08', '2026-04-09', '2026-04-10']) await world.at(on(day, '13:00'));
      expect((await world.said()).filter((it) => it.includes('unanswered'))).toEqual([
        expect.stringMatching(/^(ana|cleo) unanswered/),
        expect.stringMatching(/^(ana|cleo) unanswered/),
      ]);
    });

    test('[NT47][NT12] its promised day is told who agreed, and once that has passed both sides; delivered it waits to be confirmed', async () => {
      const by = (name: 'ana' | 'cleo', command: string, input: Readonly<Record<string, unknown>>) =>
        world.tracking.actOnDependency(world.viewer(name), ask.id, command, input).then(value);
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ana'), world.boardId, {
          ...{ objectKey: 'agreed', requesterKey: null, requesterTeam: 'red', providerTeam: 'blue' },
          ...{ what: 'A hand', neededBy: '2026-05-01', hardness: 'soft' },
        }),
      );
      await by('ana', 'send', {});
      await by('cleo', 'accept', { person: world.people.dan, date: '2026-04-15' });
      const told = async (word: string) =>
        [...(await world.said())].filter((it) => it.includes(` ${word}:`)).map((it) => it.split(':')[0]);
      await world.at(on('2026-04-14', '23:00'));
      expect([await told('ask-due'), await told('ask-late')]).toEqual([[], []]);
      await world.at(on('2026-04-15', '07:00'));
      await world.at(on('2026-04-15', '09:00'));
      expect([await told('ask-due'), await told('ask-late')]).toEqual([['dan ask-due'], []]);
      await world.at(on('2026-04-16', '00:01'));
      await world.at(on('2026-04-17', '09:00'));
      expect([...(await told('ask-late'))].sort()).toEqual(['ana ask-late', 'dan ask-late']);
      const [late] = (await world.notices('ana')).filter(({ rung }) => rung.startsWith('ask-late'));
      expect(late).toMatchObject({
        ...{ title: 'Not delivered: A hand', link: `/dependencies/${ask.id}` },
        body: expect.stringMatching(/for Wed 15 Apr\. Deliver it, or agree on another day\./) as string,
      });
      // Delivered before the mail leaves: nothing is late any more.
      await by('cleo', 'deliver', { evidence: 'see the shelf' });
      world.clock.now = on('2026-04-20', '09:00');
      await world.notify.send();
      const sent = (await world.mails()).filter(({ text }) => text.includes('Not delivered'));
      expect(sent).toEqual([]);
      await world.at(on('2026-04-24', '12:00'));
      expect(await told('unconfirmed')).toEqual(['ana unconfirmed']);
    });
  });
});
