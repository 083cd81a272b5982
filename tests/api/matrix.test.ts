import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../server/api/table.ts';
import type { Route } from '../../server/api/route.ts';
import {
  chatDestination,
  account,
  mail,
  member,
  notice,
  organisation,
  person,
} from '../../server/store/schema.ts';
import type { RegisterKind } from '../../src/protocol/views/registers.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
import { value } from '../planning/world.ts';
import { makeRhythm } from './make-rhythm.ts';
import { openApiWorld, type Answer, type ApiWorld } from './api-world.ts';
import { defaults, matrixRows, type MatrixIds, type MatrixRow } from './matrix-rows.ts';

let world: ApiWorld;
let ids: MatrixIds;
const tokens: Record<string, string> = {};

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

beforeAll(async () => {
  world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
  const { ana, planning, organisations, auth, tracking } = world;
  const mia = await world.join('Mia', 'member');
  const finn = await world.join('Finn', 'observer');
  tokens.administrator = await world.token(ana);
  tokens.member = await world.token(mia);
  tokens.observer = await world.token(finn, 'read');
  tokens['read token'] = await world.token(ana, 'read');
  tokens.stranger = await strangerToken(world);
  const board = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' }));
  value(await planning.importFile(ana, board.id, asText(smallPlan())));
  const commit = value(await planning.commit(ana, board.id, {}));
  const [dependency] = await tracking.dependencies(ana, { boardId: board.id });
  const [team] = await organisations.teams(ana);
  const named = (await organisations.people(ana)).find(({ key }) => key === 'rosa');
  const [period] = await organisations.periods(ana);
  const invite = value(await auth.createInvite(ana, { role: 'member' }));
  const token = value(await auth.createToken(ana, { name: 'to be revoked', scope: 'read', days: 1 }));
  ids = {
    board: board.id,
    team: team?.id ?? '',
    person: named?.id ?? '',
    member: mia.memberId,
    memberPerson: mia.personId,
    period: period?.id ?? '',
    invite: invite.invite.id,
    token: token.view.id,
    snapshot: commit.snapshot.id,
    commitment: commit.commitments[0] ?? '',
    dependency: dependency?.id ?? '',
    ...(await addMessages(world, mia.personId)),
    ...(await openEntries(world, commit.commitments[0] ?? '')),
    ...(await makeRhythm(world, named?.id ?? '')),
    session: value(await world.app.facilitation.plan(ana, { kind: 'weekly', boardId: board.id })).session.id,
  };
  tokens.guest = await guestToken(world);
});
afterAll(() => world.dispose());

/** What somebody without an account comes back with, into a session that let them in. */
async function guestToken({ app, ana }: ApiWorld): Promise<string> {
  const { facilitation } = app;
  const { session } = value(await facilitation.plan(ana, { kind: 'custom' }));
  const command = { type: 'let-guests-in' } as const;
  const { guestCode } = value(
    await facilitation.command(ana, session.id, { command, expectedRev: session.rev }),
  );
  const asked = { name: 'Gil', code: guestCode ?? '' };
  const { token } = value(await facilitation.guests.join(asked, { address: 'here', viewer: null }));
  expect((await facilitation.guests.room(token))?.me).toBe('Gil');
  return token;
}

/** A message to the member, a mail to nobody that failed, and a chat that is paused. */
async function addMessages(
  { store, ana }: ApiWorld,
  personId: string,
): Promise<Pick<MatrixIds, 'notice' | 'mail' | 'chat'>> {
  const [noticeId, mailId, chatId] = [randomUUID(), randomUUID(), randomUUID()];
  const at = new Date('2026-04-02T09:00Z');
  const { organisationId } = ana;
  await store.db.insert(notice).values({
    ...{ id: noticeId, organisationId, personId, subjectKind: 'commitment', subjectId: randomUUID(), at },
    ...{ rung: 'due:1', title: 'Check-in due', body: 'It was due.', link: '/commitments' },
  });
  await store.db.insert(mail).values({
    ...{ id: mailId, organisationId, to: 'nobody@example.invalid', messageId: `<${mailId}@localhost>` },
    ...{ subject: 'x', text: 'x', status: 'failed', notBefore: at, createdAt: at },
  });
  await store.db.insert(chatDestination).values({
    ...{ id: chatId, organisationId, kind: 'slack', name: '#all', url: 'https://chat.example.invalid/all' },
    ...{ topics: [], paused: true, hearsFrom: at, createdAt: at },
  });
  return { notice: noticeId, mail: mailId, chat: chatId };
}

/** One entry of every register. */
async function openEntries({ app, ana }: ApiWorld, displaced: string) {
  const make = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
    value(await app.registers.create(ana, kind, input)).id;
  return {
    decision: await make('decision', { question: 'Whether?' }),
    assumption: await make('assumption', { statement: 'Demand stays' }),
    risk: await make('risk', { title: 'It may rain' }),
    'triage-item': await make('triage-item', { title: 'Tests are slow' }),
    interrupt: await make('interrupt', { what: 'An outage', displaced, costDays: 1 }),
    learning: await make('learning', { sentence: 'Test earlier' }),
    'outside-signal': await make('outside-signal', { text: 'A rival is cheaper' }),
    'strategy-frame': await make('strategy-frame', { title: '2027', whereTo: 'North' }),
  };
}

/** An administrator of another organisation on the same server. */
async function strangerToken({ store, auth, token }: ApiWorld): Promise<string> {
  const [organisationId, accountId, personId, memberId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const createdAt = new Date('2026-01-01T00:00Z');
  await store.db
    .insert(organisation)
    .values({ id: organisationId, name: 'Other', kind: 'own', timezone: 'UTC', createdAt });
  await store.db.insert(account).values({ id: accountId, email: 'eve@example.org', name: 'Eve', createdAt });
  await store.db
    .insert(person)
    .values({ id: personId, organisationId, key: 'eve', name: 'Eve', colour: 1, accountId, createdAt });
  await store.db
    .insert(member)
    .values({ id: memberId, organisationId, accountId, personId, role: 'administrator', createdAt });
  const eve = await auth.holderNow({ kind: 'ticket', memberId });
  if (!eve) throw new Error('the other organisation has no administrator');
  return token(eve);
}

async function callAs(route: Route, row: MatrixRow, caller: string): Promise<Answer> {
  const wanted = [...(row.ids ?? [])];
  const path = route.path.replace(/:[a-zA-Z]+/g, () => ids[wanted.shift() ?? 'board']);
  const token = tokens[caller];
  return world.call(route.method, `${path}${row.query?.(ids) ?? ''}`, {
    ...(caller === 'guest' && token !== undefined
      ? {
          headers: {
            'x-forwarded-for': `guest ${nameOf(route)}`,
            cookie: `guest=${token}; session=${token}; __Host-session=${token}`,
          },
        }
      : token === undefined
        ? { headers: { 'x-forwarded-for': nameOf(route) } }
        : { token }),
    ...(row.body ? { body: row.body(ids) } : {}),
  });
}

/** What a status must be one of, from the table's own word of what the route needs. */
function expected(route: Route, row: MatrixRow, caller: string): readonly number[] {
  const own = {
    member: row.member ?? defaults.member,
    administrator: row.administrator ?? defaults.administrator,
  };
  switch (caller) {
    case 'nobody':
    case 'guest':
      return route.needs === 'nobody' ? own.administrator : [401];
    case 'observer':
    case 'read token':
      if (route.needs === 'nobody') return own.administrator;
      if (route.needs !== 'read') return [403];
      return caller === 'read token' ? own.administrator : [...own.administrator, 404];
    case 'stranger':
      return row.stranger ?? (row.ids ? [404] : own.administrator);
    default:
      return own[caller as 'member' | 'administrator'];
  }
}

test('[AP2] every call of the table is in the matrix, and nothing else', () => {
  expect(Object.keys(matrixRows).sort()).toEqual(apiRoutes.map(nameOf).sort());
});

test('[SN68] what a guest comes back with is no token of the API, nor a sign-in', async () => {
  const { auth } = world;
  const token = tokens.guest ?? '';
  expect(await auth.viewerOfCookie(token)).toBeNull();
  expect((await world.call('GET', '/teams', { token })).status).toBe(401);
});

describe.each(['nobody', 'guest', 'stranger', 'observer', 'read token', 'member', 'administrator'])(
  'as %s',
  (caller) => {
    test.each(apiRoutes.map((route) => [nameOf(route), route] as const))(
      '[AP1][AP2][AP14] %s',
      async (name, route) => {
        const row = matrixRows[name] ?? {};
        const answer = await callAs(route, row, caller);
        expect(expected(route, row, caller), answer.text).toContain(answer.status);
        if (answer.status >= 400) {
          expect(answer.headers.get('content-type')).toBe('application/problem+json');
          expect(answer.body).toMatchObject({
            status: answer.status,
            type: `urn:throughline:problem:${answer.body.code}`,
          });
          return;
        }
        if (!route.download) expect(route.answer.safeParse(JSON.parse(answer.text)).error).toBeUndefined();
        expect(caller === 'stranger' ? answer.text : '').not.toMatch(/Acme|Plan|Mia/);
      },
    );
  },
);
