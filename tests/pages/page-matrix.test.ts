import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { account, member, organisation, person } from '../../server/store/schema.ts';
import { openApiWorld, type ApiWorld } from '../api/api-world.ts';
import { makeRhythm } from '../api/make-rhythm.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
import { value } from '../planning/world.ts';
import { call, findPageCalls, nameOf, type Asking } from './page-calls.ts';
import { callers, type Caller, type PageIds } from './page-row.ts';
import { defaultAct, defaultLoad, pageRows } from './page-rows.ts';

const calls = await findPageCalls();

let world: ApiWorld;
let ids: PageIds;
let guestToken: string;
const viewers: Record<Caller, Viewer | null> = {
  ...{ nobody: null, stranger: null, observer: null, member: null, lead: null, administrator: null },
};

beforeAll(async () => {
  world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
  const { ana, planning, organisations, auth, tracking } = world;
  const [team, spare] = await organisations.teams(ana);
  const mia = await world.join('Mia', 'member');
  const lea = await world.join('Lea', 'member', team?.id);
  value(await organisations.putInTeam(ana, team?.id ?? '', { personId: lea.personId, role: 'lead' }));
  // Somebody who administers and does nothing else: an administrator has no voice in other people's promises.
  viewers.administrator = await world.join('Olga', 'administrator');
  viewers.member = mia;
  viewers.lead = await world.again(lea);
  viewers.observer = await world.join('Finn', 'observer');
  viewers.stranger = await makeStranger();
  const board = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' }));
  value(await planning.importFile(ana, board.id, asText(smallPlan())));
  const commit = value(await planning.commit(ana, board.id, {}));
  const [dependency] = await tracking.dependencies(ana, { boardId: board.id });
  const [period] = await organisations.periods(ana);
  const invite = value(await auth.createInvite(ana, { role: 'member' }));
  const token = value(await auth.createToken(ana, { name: 'x', scope: 'read', days: 1 }));
  const named = (await organisations.people(ana)).find(({ key }) => key === 'rosa');
  const session = value(await world.app.facilitation.plan(ana, { kind: 'weekly', boardId: board.id })).session
    .id;
  guestToken = await comeAsGuest(ana);
  ids = {
    session,
    ...{ board: board.id, snapshot: commit.snapshot.id, commitment: commit.commitments[0] ?? '' },
    ...{ dependency: dependency?.id ?? '', period: period?.id ?? '', team: team?.id ?? '' },
    ...{ spareTeam: spare?.id ?? '', member: mia.memberId, memberPerson: mia.personId },
    ...{ person: named?.id ?? '', invite: invite.invite.id, token: token.view.id },
    ...(await makeRhythm(world, named?.id ?? '')),
    decision: value(await world.app.registers.create(ana, 'decision', { question: 'Whether?' })).id,
    item: value(await world.app.registers.create(ana, 'triage-item', { title: 'Slow tests' })).id,
    elsewhere: viewers.stranger?.organisationId ?? '',
  };
});
afterAll(() => world.dispose());

/** What somebody without an account comes back with, into a session that let them in. */
async function comeAsGuest(ana: Viewer): Promise<string> {
  const { facilitation } = world.app;
  const { session } = value(await facilitation.plan(ana, { kind: 'custom' }));
  const ask = { command: { type: 'let-guests-in' }, expectedRev: session.rev } as const;
  const code = value(await facilitation.command(ana, session.id, ask)).guestCode ?? '';
  const from = { address: 'here', viewer: null };
  return value(await facilitation.guests.join({ name: 'Gil', code }, from)).token;
}

/** An administrator of another organisation on the same server. */
async function makeStranger(): Promise<Viewer | null> {
  const { store, auth } = world;
  const createdAt = new Date('2026-01-01T00:00Z');
  const [organisationId, accountId, personId, memberId] = [1, 2, 3, 4].map(() => randomUUID()) as [
    ...[string, string, string, string],
  ];
  await store.db
    .insert(organisation)
    .values({ id: organisationId, name: 'Other', kind: 'own', timezone: 'UTC', createdAt });
  await store.db.insert(account).values({ id: accountId, email: 'eve@example.org', name: 'Eve', createdAt });
  const eve = { id: personId, organisationId, key: 'eve', name: 'Eve', colour: 1, accountId, createdAt };
  await store.db.insert(person).values(eve);
  const role = 'administrator' as const;
  await store.db
    .insert(member)
    .values({ id: memberId, organisationId, accountId, personId, role, createdAt });
  return auth.holderNow({ kind: 'ticket', memberId });
}

/** Everything of the organisation that a page can change, in one word: the same before and after means untouched. */
async function fingerprint(): Promise<string> {
  const tables = [
    ...['team', 'team_member', 'person', 'member', 'period', 'commitment', 'dependency', 'event', 'check_in'],
    ...['decision', 'assumption', 'risk', 'triage_item', 'interrupt', 'learning', 'ritual', 'occurrence'],
    ...['outside_signal', 'strategy_frame'],
    ...['day_off', 'leave', 'capacity', 'signal', 'snapshot', 'board_commit', 'planning_calendar', 'invite'],
  ];
  const parts: string[] = [];
  const of = viewers.administrator?.organisationId ?? '';
  for (const table of tables) {
    const [row] = await world.store.db.execute<{ hash: string | null }>(
      sql`select md5(string_agg(t::text, '|' order by t::text)) as hash from ${sql.identifier(table)} as t
        where organisation_id = ${of}::uuid`,
    );
    parts.push(`${table} ${row?.hash ?? ''}`);
  }
  return parts.join('\n');
}

test('[AC1] every load, act and handler of the pages is in the matrix, and nothing else', () => {
  expect(Object.keys(pageRows).sort()).toEqual(calls.map(nameOf).sort());
});

describe.each(callers)('as %s', (caller) => {
  test.each(calls.map((it) => [nameOf(it), it] as const))('[AC1][AC2] %s', async (name, found) => {
    const row = pageRows[name] ?? {};
    const asking: Asking = {
      params: row.params?.(ids) ?? {},
      query: row.query ?? '',
      form: found.what === 'load' ? null : (row.form?.(ids) ?? {}),
    };
    const changesNothing = found.what !== 'load' && ['nobody', 'stranger', 'observer'].includes(caller);
    const before = changesNothing && row.own !== true ? await fingerprint() : '';
    const { came, answer } = await call(found, world, viewers[caller], asking);
    const defaults = found.what === 'load' ? defaultLoad : defaultAct;
    expect(row.expect?.[caller] ?? defaults[caller], JSON.stringify(answer)).toContain(came);
    if (caller === 'stranger')
      expect(JSON.stringify(answer ?? null)).not.toMatch(/Acme|"Mia|"Lea|"Finn|"Olga|Plan"/);
    if (changesNothing && row.own !== true) expect(await fingerprint()).toBe(before);
  });
});

describe('as a guest of a session', () => {
  test.each(calls.map((it) => [nameOf(it), it] as const))('[SN68] %s', async (name, found) => {
    const row = pageRows[name] ?? {};
    const asking: Asking = {
      params: row.params?.(ids) ?? {},
      query: row.query ?? '',
      form: found.what === 'load' ? null : (row.form?.(ids) ?? {}),
    };
    const before = found.what === 'load' ? '' : await fingerprint();
    const { came, answer } = await call(found, world, null, asking, guestToken);
    const asNobody = row.expect?.nobody ?? (found.what === 'load' ? defaultLoad : defaultAct).nobody;
    expect(row.guest ?? asNobody, JSON.stringify(answer)).toContain(came);
    if (found.what !== 'load') expect(await fingerprint()).toBe(before);
  });
});
