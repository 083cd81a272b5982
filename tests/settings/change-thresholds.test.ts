import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation } from '../../server/store/schema.ts';
import { openApiWorld, type ApiWorld } from '../api/api-world.ts';

let world: ApiWorld;
let token: string;
beforeAll(async () => {
  world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
  token = await world.token(world.ana, 'write');
});
afterAll(() => world.dispose());

const path = '/organisation/thresholds';
const read = async (by = token) => {
  const { body } = await world.call('GET', path, { token: by });
  return new Map(body.items?.map((it) => [it['key'], it]) ?? []);
};
const settings = async () => {
  const { organisationId } = world.ana;
  const [row] = await world.store.db.select().from(organisation).where(eq(organisation.id, organisationId));
  return row?.settings;
};
const said = async () =>
  (await world.app.insight.audit(world.ana, { kind: 'organisation' })).lines.map(({ sentence }) => sentence);

test('[TH4] set and put back, beside what else is kept, each change in the log', async () => {
  const here = eq(organisation.id, world.ana.organisationId);
  await world.store.db
    .update(organisation)
    .set({ settings: { exampleBoard: 'b1' } })
    .where(here);
  expect((await read()).get('grace')).toMatchObject({ value: 2, default: 2, least: 0, most: 20 });
  const set = await world.call('PATCH', path, { token, body: { grace: 0, 'share-for-plans': 80 } });
  expect(set.status).toBe(200);
  expect((await read()).get('grace')).toMatchObject({ value: 0, default: 2 });
  expect(await settings()).toEqual({ exampleBoard: 'b1', thresholds: { grace: 0, 'share-for-plans': 80 } });
  const viewer = await world.auth.holderNow({ kind: 'ticket', memberId: world.ana.memberId });
  expect(viewer?.organisation.thresholds).toEqual({ grace: 0, 'share-for-plans': 80 });
  expect((await world.call('PATCH', path, { token, body: { grace: null } })).status).toBe(200);
  expect((await world.call('PATCH', path, { token, body: { grace: 2 } })).status).toBe(200);
  expect(await settings()).toEqual({ exampleBoard: 'b1', thresholds: { 'share-for-plans': 80 } });
  expect(await said()).toEqual([
    'Thresholds changed. Grace after the due day, then it is missed: 2 business days, not 0 business days.',
    'Thresholds changed. Grace after the due day, then it is missed: 0 business days, not 2 business days; ' +
      'Of the working time, for what is planned: 80 %, not 60 %.',
  ]);
});

test('[TH3] one wrong value and nothing is kept', async () => {
  const before = await settings();
  const refused = await world.call('PATCH', path, { token, body: { doubts: 3, grace: 21, 'fits-up-to': 0 } });
  expect([refused.status, refused.body.faults?.map((it) => it.path)]).toEqual([422, ['grace', 'fits-up-to']]);
  expect(await settings()).toEqual(before);
  expect((await world.call('PATCH', path, { token, body: { nothing: 1 } })).body.code).toBe(
    'unknown-threshold',
  );
  expect((await world.call('PATCH', path, { token, body: { grace: '1' } })).status).toBe(422);
});

test('[TH4] everybody reads them, administrators change them', async () => {
  const mia = await world.join('Mia', 'member');
  const hers = await world.token(mia, 'write');
  expect((await read(hers)).size).toBeGreaterThan(30);
  expect((await world.call('PATCH', path, { token: hers, body: { grace: 1 } })).status).toBe(403);
  const reading = await world.token(world.ana, 'read');
  expect((await world.call('PATCH', path, { token: reading, body: { grace: 1 } })).status).toBe(403);
});
