import { readFileSync } from 'node:fs';

/** A plan file as a value that tests may change. */
export interface FileLike {
  format: string;
  title: string;
  teams: { key: string; name: string }[];
  people: { key: string; name: string }[];
  priorities: { key: string; title: string; why: string }[];
  objectives: Record<string, unknown>[];
  dependencies: Record<string, unknown>[];
  [field: string]: unknown;
}

/** The Rust project's plan of the first half of 2025, as text. */
export const realPlan = (): string =>
  readFileSync('static/example/rust-project-goals-2025h1.plan.json', 'utf8');

/** A small valid plan of two teams: objective `o1` of red needs something of blue. */
export function smallPlan(change: Partial<FileLike> = {}): FileLike {
  return {
    format: 'throughline-plan/1',
    title: 'Small plan',
    source: { name: 'made for a test', licence: 'none' },
    organisation: { name: 'Acme' },
    period: { label: '2026 Q2', start: '2026-04-01', end: '2026-06-30' },
    teams: [
      { key: 'red', name: 'Red' },
      { key: 'blue', name: 'Blue' },
    ],
    people: [
      { key: 'ana', name: 'Ana' },
      { key: 'rosa', name: 'Rosa' },
    ],
    priorities: [{ key: 'p1', title: 'Grow', why: '' }],
    objectives: [
      objective('o1', { team: 'red', owner: 'ana', due: '2026-06-26' }),
      objective('o2', { team: 'blue', owner: 'rosa' }),
      objective('o3', { team: 'blue', owner: null, status: 'proposed' }),
      objective('o4', { team: 'red', owner: 'rosa', status: 'declined' }),
    ],
    dependencies: [ask('d1', 'o1', 'blue', 'accepted')],
    risks: [],
    decisions: [],
    assumptions: [],
    updates: [],
    ...change,
  };
}

export const objective = (key: string, facts: Record<string, unknown> = {}): Record<string, unknown> => ({
  key,
  title: `Objective ${key}`,
  summary: '',
  why: 'because',
  team: null,
  owner: null,
  contributors: [],
  priority: 'p1',
  status: 'committed',
  flagship: false,
  due: null,
  link: null,
  measures: [
    { key: `${key}/m1`, title: 'Shipped', kind: 'milestone', due: null, owner: null, done: false },
    { key: `${key}/m2`, title: 'Users', kind: 'number', target: 100, baseline: 10, unit: 'people' },
  ],
  ...facts,
});

export const ask = (key: string, needs: string, team: string, state: string): Record<string, unknown> => ({
  key,
  objective: needs,
  on: { team, objective: null },
  what: 'A review',
  detail: '',
  size: 'small',
  neededBy: '2026-05-15',
  state,
});

export const asText = (file: FileLike): string => JSON.stringify(file);

/** The real plan `times` as large: every key, title and name in so many variants. */
export function manyTimes(times: number): string {
  const file = JSON.parse(realPlan()) as FileLike & { updates: Record<string, unknown>[] };
  const copies = Array.from({ length: times }, (_, index) => `-${index}`);
  const each = <T>(list: readonly T[], copy: (item: T, suffix: string) => T): T[] =>
    copies.flatMap((suffix) => list.map((item) => copy(item, suffix)));
  const suffixed = (value: unknown, suffix: string) => (typeof value === 'string' ? value + suffix : value);
  return JSON.stringify({
    ...file,
    teams: each(file.teams, (it, s) => ({ key: it.key + s, name: it.name + s })),
    people: each(file.people, (it, s) => ({ key: it.key + s, name: it.name + s })),
    objectives: each(file.objectives, (it, s) => ({
      ...it,
      key: suffixed(it.key, s),
      team: suffixed(it.team, s),
      owner: suffixed(it.owner, s),
      contributors: (it.contributors as string[]).map((person) => person + s),
    })),
    dependencies: each(file.dependencies, (it, s) => {
      const on = it.on as { team: string | null; objective: string | null };
      return {
        ...it,
        key: suffixed(it.key, s),
        objective: suffixed(it.objective, s),
        on: { team: suffixed(on.team, s), objective: suffixed(on.objective, s) },
      };
    }),
    updates: each(file.updates, (it, s) => ({
      ...it,
      objective: suffixed(it.objective, s),
      author: suffixed(it.author, s),
    })),
  });
}
