import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { Route } from '../../server/api/route.ts';
import { apiRoutes } from '../../server/api/table.ts';
import type { RegisterKind } from '../../src/protocol/views/registers.ts';
import { asText, ask, objective, smallPlan } from '../planning/plan-files.ts';
import { value } from '../planning/world.ts';
import { openApiWorld, type ApiWorld } from './api-world.ts';
import { matrixRows, type MatrixIds } from './matrix-rows.ts';

/** Ids of what stands on one member's private board; everything of it is called secret. */
type Guarded = Pick<
  MatrixIds,
  | ('board' | 'snapshot' | 'commitment' | 'dependency' | 'session' | 'ritual' | 'occurrence')
  | ('decision' | 'assumption' | 'risk' | 'triage-item' | 'interrupt' | 'learning')
>;
let world: ApiWorld;
let ids: Guarded & Partial<MatrixIds>;
/** What is everybody's and linked to it. */
let open: Pick<
  MatrixIds,
  'strategy-frame' | 'commitment' | 'decision' | 'assumption' | 'risk' | 'triage-item' | 'learning'
>;
const roles = ['member', 'observer'] as const;
const tokens = {} as Record<(typeof roles)[number], string>;

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const guarded = new Set<string>([
  ...['board', 'snapshot', 'commitment', 'dependency', 'session', 'ritual', 'occurrence'],
  ...['decision', 'assumption', 'risk', 'triage-item', 'interrupt', 'learning'],
]);

/** Queries that name something, and what of the hidden things each may name. */
const named = {
  board: ['board'],
  commitment: ['commitment'],
  session: ['session'],
  ritual: ['ritual'],
  occurrence: ['occurrence'],
  id: [
    'commitment',
    'dependency',
    'decision',
    'assumption',
    'risk',
    'learning',
    'ritual',
    'board',
    'session',
  ],
} as const;

const openKinds = {
  ...{ commitment: true, decision: true, assumption: true, risk: true, 'triage-item': true, learning: true },
  'strategy-frame': true,
};

beforeAll(async () => {
  world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
  const { planning, tracking, app } = world;
  const max = await world.join('Max', 'member');
  const mia = await world.join('Mia', 'member');
  const olaf = await world.join('Olaf', 'observer');
  const { id: board } = value(
    await planning.createBoard(max, {
      title: 'Secret plan',
      template: 'blank',
      teamIds: [],
      scope: 'private',
    }),
  );
  const plan = smallPlan({
    objectives: [
      objective('o1', { title: 'Secret one', team: 'red', owner: 'ana', due: '2026-06-26' }),
      objective('o4', { title: 'Secret four', team: 'red', owner: 'rosa', status: 'declined' }),
    ],
    dependencies: [{ ...ask('d1', 'o1', 'blue', 'accepted'), what: 'A secret review' }],
  });
  value(await planning.importFile(max, board, asText(plan)));
  const commit = value(await planning.commit(max, board, {}));
  const commitment = commit.commitments[0] ?? '';
  const [dependency] = await tracking.dependencies(max, { boardId: board });
  const make = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
    value(await app.registers.create(max, kind, { ...input, board })).id;
  const [ritual] = value(
    await app.rhythm.book(max, [
      {
        ...({ kind: 'monthly', title: 'Secret monthly', teams: [], board, rotation: [], rota: [] } as const),
        ...({ rule: { type: 'weekly', every: 1, weekdays: [1] }, time: '10:00', zone: 'UTC' } as const),
        ...({ durationMinutes: 30, adjust: 'none', holidays: 'teams', starts: '2026-04-06' } as const),
        ...{ ends: null, quorum: null },
      },
    ]),
  );
  ids = {
    ...{ board, commitment, snapshot: commit.snapshot.id, dependency: dependency?.id ?? '' },
    ...{ ritual: ritual?.id ?? '', occurrence: ritual?.next?.id ?? '' },
    session: value(await app.facilitation.plan(max, { kind: 'weekly', boardId: board })).session.id,
    decision: await make('decision', { question: 'Secret, whether?' }),
    assumption: await make('assumption', { statement: 'Secret demand' }),
    risk: await make('risk', { title: 'Secret rain' }),
    'triage-item': await make('triage-item', { title: 'Secret trouble' }),
    interrupt: await make('interrupt', { what: 'Secret outage', displaced: commitment, costDays: 1 }),
    learning: await make('learning', { sentence: 'Secret lesson' }),
    ...{
      team: (await world.organisations.teams(max)).find(({ key }) => key === 'red')?.id ?? '',
      memberPerson: mia.personId,
    },
    ...{ person: mia.personId, member: mia.memberId },
  };
  for (const [name, id] of Object.entries(ids)) expect(id, name).not.toBe('');
  open = await linkToOpen(max, make);
  tokens.member = await world.token(await world.again(mia));
  tokens.observer = await world.token(await world.again(olaf), 'read');
});

/** Things everybody may look at, each linked to what stands on the private board, in whichever way there is. */
async function linkToOpen(
  max: Viewer,
  make: (kind: RegisterKind, input: Readonly<Record<string, unknown>>) => Promise<string>,
): Promise<typeof open> {
  const { planning, tracking, app } = world;
  const { id: board } = value(await planning.createBoard(max, { title: 'Plan', template: 'blank' }));
  const plan = smallPlan({
    objectives: [objective('o1', { title: 'In the open', team: 'red', owner: 'ana', due: '2026-06-26' })],
    dependencies: [],
  });
  value(await planning.importFile(max, board, asText(plan)));
  const commitment = value(await planning.commit(max, board, {})).commitments[0] ?? '';
  value(await tracking.act(world.ana, commitment, 'accept', { confidence: 60 }));
  const both = { affects: [commitment, ids.commitment] };
  const hidden = (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
    make(kind, { ...input, ...both });
  const shown = async (kind: RegisterKind, input: Readonly<Record<string, unknown>>) =>
    value(await app.registers.create(max, kind, { ...input, ...both })).id;
  // A question it waits for, an assumption that failed under it, a risk that threatens it: all of them elsewhere.
  await hidden('decision', { question: 'Secret, whether to wait?', neededBy: '2026-03-01' });
  await hidden('risk', { title: 'Secret flood' });
  const failing = await hidden('assumption', { statement: 'Secret weather' });
  const resting = { question: 'Go on?', chosen: 'Yes', rationale: 'x', triggerAssumption: failing };
  const decision = await shown('decision', resting);
  value(await app.registers.act(max, 'assumption', failing, 'invalidate', { reason: 'Secret storm' }));
  await hidden('assumption', { statement: 'Secret doubt', loadBearing: 3 });
  const watch = {
    kind: 'metric',
    commitment: ids.commitment,
    measure: 'm1',
    holdsWhile: 'at-least',
    value: 1,
  };
  const assumption = await shown('assumption', { statement: 'It holds', signpost: watch });
  const risk = await shown('risk', { title: 'A flood' });
  const red = { teamId: ids.team ?? '', key: 'red', role: 'lead' } as const;
  const priorities = [{ zone: 'whereTo', board: ids.board, key: 'p1', title: 'Secret priority' }];
  const strategy = { title: 'To 2027', whereTo: 'North', priorities };
  const frame = value(await app.registers.create({ ...max, teams: [red] }, 'strategy-frame', strategy));
  const item = await shown('triage-item', { title: 'Look at it' });
  value(await app.registers.act(max, 'triage-item', item, 'close', { reason: 'x', decision: ids.decision }));
  return {
    ...{ commitment, decision, assumption, risk, 'triage-item': item, 'strategy-frame': frame.id },
    learning: await shown('learning', {
      sentence: 'Ask early',
      change: { kind: 'decision', id: ids.decision, text: '' },
    }),
  };
}
afterAll(() => world.dispose());

const call = (route: Route, role: (typeof roles)[number], instead: Partial<MatrixIds> = {}) => {
  const row = matrixRows[nameOf(route)] ?? {};
  const all = { ...ids, ...instead } as unknown as MatrixIds;
  const wanted = [...(row.ids ?? [])];
  const path = route.path.replace(/:[a-zA-Z]+/g, () => all[wanted.shift() ?? 'board']);
  const body = row.body?.(all);
  return world.call(route.method, `${path}${row.query?.(all) ?? ''}`, {
    token: tokens[role],
    ...(body === undefined ? {} : { body }),
  });
};

describe.each(roles)('as a %s whom a private board does not concern', (role) => {
  const about = apiRoutes.filter((route) => guarded.has(matrixRows[nameOf(route)]?.ids?.[0] ?? ''));
  test.each(about.map((route) => [nameOf(route), route] as const))(
    '[AC3][AC4] %s finds nothing of it',
    async (_, route) => {
      const answer = await call(route, role);
      expect(
        [404, 422, ...(role === 'observer' && route.method !== 'GET' ? [403] : [])],
        answer.text,
      ).toContain(answer.status);
      expect(answer.text).not.toMatch(/secret/i);
    },
  );

  const lists = apiRoutes.filter(
    (route) => route.method === 'GET' && route.needs !== 'nobody' && !about.includes(route),
  );
  test.each(lists.map((route) => [nameOf(route), route] as const))(
    '[AC3][AC4] %s tells nothing of it',
    async (_, route) => {
      expect((await call(route, role)).text).not.toMatch(/secret/i);
    },
  );

  const narrowed = apiRoutes.flatMap((route) =>
    route.method !== 'GET' || route.needs === 'nobody' || about.includes(route)
      ? []
      : Object.keys(named)
          .filter((name) => name in (route.query as z.ZodObject).shape)
          .map((name) => [nameOf(route), name as keyof typeof named, route] as const),
  );
  test.each(narrowed)('[AC3][AC4] %s asked of it by %s tells nothing', async (_, name, route) => {
    const path = route.path.replace(/:[a-zA-Z]+/g, () => ids.team ?? '');
    const answers = await Promise.all(
      named[name].map((kind) =>
        world.call('GET', `${path}?${name}=${ids[kind] ?? ''}${name === 'id' ? `&kind=${kind}` : ''}`, {
          token: tokens[role],
        }),
      ),
    );
    for (const { text } of answers) expect(text).not.toMatch(/secret/i);
  });
  // What of these there is to ask with, so that a new one is not forgotten.
  test('[AC3] every such question is asked', () => {
    expect(narrowed.length).toBeGreaterThan(15);
  });

  const linked = apiRoutes.filter(
    (route) => route.method === 'GET' && Object.hasOwn(openKinds, matrixRows[nameOf(route)]?.ids?.[0] ?? ''),
  );
  test.each(linked.map((route) => [nameOf(route), route] as const))(
    '[AC7] %s of what is linked to it and everybody’s names nothing of it',
    async (_, route) => {
      const answer = await call(route, role, open);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toMatch(/secret/i);
    },
  );

  test.each(Object.keys(openKinds))(
    '[AC7] the history of a %s linked to it names nothing of it',
    async (kind) => {
      const id = open[kind as keyof typeof open];
      const answer = await world.call('GET', `/history?kind=${kind}&id=${id}`, { token: tokens[role] });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toMatch(/secret/i);
    },
  );
});

test('[AC7] a promise that waits for something hidden, or rests on it, says that much', async () => {
  const { text, body } = await world.call('GET', `/commitments/${open.commitment}`, { token: tokens.member });
  const unseen = 'Something on a board you do not see';
  expect(body, text).toMatchObject({
    waitingOn: [{ id: null, question: unseen, deciderId: null, neededBy: null, overdue: true }],
    bases: [{ assumptionId: null, statement: unseen }],
  });
  expect(text).toContain(`An assumption under it failed: ${unseen}`);
});

test('[AC7] nobody names what is hidden from him, and is told the same as of what is not there', async () => {
  const at = { token: tokens.member };
  const tries: readonly (readonly [string, unknown])[] = [
    ['/interrupts', { what: 'x', displaced: ids.commitment, costDays: 1 }],
    ['/risks', { title: 'x', affects: [ids.commitment] }],
    ['/decisions', { question: 'x', supersedes: ids.decision }],
    ['/decisions', { question: 'x', triggerAssumption: ids.assumption }],
    ['/outside-signals', { text: 'x', area: 'market', assumption: ids.assumption }],
    [`/commitments/${open.commitment}/drop`, { reason: 'x', frees: 'x', decision: ids.decision }],
  ];
  for (const [path, body] of tries) {
    const hidden = await world.call('POST', path, { ...at, body });
    const nothing = crypto.randomUUID();
    const text = JSON.stringify(body).replaceAll(
      new RegExp([ids.commitment, ids.decision, ids.assumption].join('|'), 'g'),
      nothing,
    );
    const missing = await world.call('POST', path, {
      ...at,
      body: text,
      headers: { 'content-type': 'application/json' },
    });
    expect(hidden.status, `${path} ${hidden.text}`).toBeGreaterThanOrEqual(400);
    expect([hidden.status, hidden.body.code], path).toEqual([missing.status, missing.body.code]);
    expect(hidden.text).not.toMatch(/secret/i);
  }
});
