import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrganisations } from '../../server/organisations/organisations.ts';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import { person, team, teamMember } from '../../server/store/schema.ts';
import { unpackDirectory } from '../../src/protocol/directory.ts';
import { makeTrackingWorld, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the directory a page carries', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    const organisations = () =>
      createOrganisations({
        store: opened.store,
        now: () => world.clock.now,
        newId: () => '',
        rights: makeRightsChanges(),
      });

    test('[PG43] it names everybody and every team as the lists of them do', async () => {
      const { db } = opened.store;
      const { organisationId, people, teams } = world;
      const createdAt = new Date(world.clock.now);
      const account = world.viewer('ana');
      await db
        .update(person)
        .set({ name: 'Ben, "the" O’Neil; 100 %\tand\nmore' })
        .where(eq(person.id, people.ben));
      await db.update(person).set({ mergedInto: people.ana }).where(eq(person.id, people.olga));
      await db.update(teamMember).set({ share: 0.6 }).where(eq(teamMember.personId, people.bea));
      await db
        .insert(teamMember)
        .values({ organisationId, teamId: teams.blue, personId: people.olga, role: 'lead' });
      const away = { key: 'away', name: 'Away', colour: 3, archivedAt: createdAt };
      const empty = { key: 'empty', name: 'Empty', colour: 12 };
      for (const it of [away, empty]) {
        await db.insert(team).values({ id: crypto.randomUUID(), organisationId, createdAt, ...it });
      }
      const all = organisations();
      const directory = unpackDirectory(await all.directory(account));
      const sorted = directory.teams.map((it) => ({ ...it, members: [...it.members].sort(byPerson) }));
      const listed = (await all.teams(account)).map((it) => ({
        ...it,
        members: [...it.members].sort(byPerson),
      }));
      expect(directory.people).toEqual(await all.people(account));
      expect(sorted).toEqual(listed);
      expect(directory.people).toHaveLength(6);
      expect(directory.teams.map(({ key }) => key)).toEqual(['blue', 'empty', 'red']);
    });

    test('[PG43] an organisation of nobody has an empty one', async () => {
      const viewer = { ...world.viewer('ana'), organisationId: crypto.randomUUID() };
      expect(unpackDirectory(await organisations().directory(viewer))).toEqual({ people: [], teams: [] });
    });
  });
});

const byPerson = (a: { readonly personId: string }, b: { readonly personId: string }): number =>
  a.personId < b.personId ? -1 : 1;
