import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let token: string;

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const guarded = new Set<string>([
  ...['board', 'snapshot', 'commitment', 'dependency', 'session', 'ritual', 'occurrence'],
  ...['decision', 'assumption', 'risk', 'triage-item', 'interrupt', 'learning'],
]);

beforeAll(async () => {
  world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
  const { planning, tracking, app } = world;
  const max = await world.join('Max', 'member');
  const mia = await world.join('Mia', 'member');
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
  token = await world.token(await world.again(mia));
});
afterAll(() => world.dispose());

const call = (route: Route) => {
  const row = matrixRows[nameOf(route)] ?? {};
  const all = ids as unknown as MatrixIds;
  const wanted = [...(row.ids ?? [])];
  const path = route.path.replace(/:[a-zA-Z]+/g, () => all[wanted.shift() ?? 'board']);
  const body = row.body?.(all);
  return world.call(route.method, `${path}${row.query?.(all) ?? ''}`, {
    token,
    ...(body === undefined ? {} : { body }),
  });
};

describe('as a member whom a private board does not concern', () => {
  const about = apiRoutes.filter((route) => guarded.has(matrixRows[nameOf(route)]?.ids?.[0] ?? ''));
  test.each(about.map((route) => [nameOf(route), route] as const))(
    '[AC3][AC4] %s finds nothing of it',
    async (_, route) => {
      const answer = await call(route);
      expect([404, 422], answer.text).toContain(answer.status);
      expect(answer.text).not.toMatch(/secret/i);
    },
  );

  const lists = apiRoutes.filter(
    (route) => route.method === 'GET' && route.needs !== 'nobody' && !about.includes(route),
  );
  test.each(lists.map((route) => [nameOf(route), route] as const))(
    '[AC3][AC4] %s tells nothing of it',
    async (_, route) => {
      expect((await call(route)).text).not.toMatch(/secret/i);
    },
  );
});
