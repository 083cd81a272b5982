import type { NamedKey, PlanMeasure, PlanObjective, PlanPeriod, PlanPriority, PlanStatus } from '../plan.ts';
import { FieldReader } from './field-reader.ts';
import type { JsonObject } from './json.ts';
import type { PeopleOfFile } from './people-of-file.ts';
import { measureId, planFileLimits } from './plan-file.ts';

/** Objects read from a list, with what a re-export and an import need to know of each. */
export interface Objects<T> {
  readonly items: T[];
  readonly unknown: Record<string, JsonObject>;
  readonly given: Map<string, ReadonlySet<string>>;
}

/**
 * Reads a list of objects that carry a key, each once. `fallback` is used for an object without one; without a fallback a
 * missing key is a fault.
 */
export function readKeyed<T>(
  file: FieldReader,
  name: string,
  read: (reader: FieldReader, key: string) => T,
  fallback?: (reader: FieldReader, index: number) => string | null,
): Objects<T> {
  const objects: Objects<T> = { items: [], unknown: {}, given: new Map() };
  const seen = new Set<string>();
  for (const [index, { value, path }] of file.list(name).entries()) {
    const reader = new FieldReader(value, path, file.log);
    const key = reader.key('key') ?? fallback?.(reader, index) ?? null;
    if (key === null) reader.fault('key', 'is missing: every object needs a key of its own');
    else if (seen.has(key))
      reader.fault('key', `is "${key.slice(0, 60)}", which an earlier object has already`);
    const own = key ?? path;
    seen.add(own);
    objects.items.push(read(reader, own));
    const unknown = reader.unknown();
    if (Object.keys(unknown).length > 0) objects.unknown[own] = unknown;
    objects.given.set(own, reader.given);
  }
  return objects;
}

/** Teams or people: a key and a name; one of them is enough. */
export const readNamed = (file: FieldReader, name: string): Objects<NamedKey> =>
  readKeyed(
    file,
    name,
    (reader, key) => ({ key, name: reader.title('name') || key }),
    (reader) => reader.key('name'),
  );

export function readPeriod(file: FieldReader): { period: PlanPeriod | null; unknown: JsonObject } {
  const reader = file.object('period');
  const label = reader.title('label');
  const { date: start } = reader.date('start', null);
  const { date: end } = reader.date('end', null);
  const unknown = reader.unknown();
  if (!file.given.has('period') || (label === '' && start === null && end === null))
    return { period: null, unknown };
  if (start === null) reader.fault('start', 'must be a date like 2026-01-01');
  if (end === null) reader.fault('end', 'must be a date like 2026-03-31');
  if (start === null || end === null) return { period: null, unknown };
  if (end < start) reader.fault('end', 'lies before the start');
  return { period: { label: label || `${start} to ${end}`, start, end }, unknown };
}

export const readPriorities = (file: FieldReader): Objects<PlanPriority> =>
  readKeyed(file, 'priorities', (reader, key) => ({
    key,
    title: reader.title(),
    why: reader.text('why'),
    rank: reader.number('rank', 1, 1_000),
  }));

const statuses = { proposed: 'draft', committed: 'in-plan', declined: 'not-doing' } as const;

/** Objectives and their measures. Person names are settled by `people`, teams and priorities checked by the caller. */
export function readObjectives(
  file: FieldReader,
  people: PeopleOfFile,
): Objects<PlanObjective> & {
  readonly measures: {
    unknown: Record<string, Record<string, JsonObject>>;
    given: Map<string, ReadonlySet<string>>;
  };
} {
  const measures = {
    unknown: {} as Record<string, Record<string, JsonObject>>,
    given: new Map<string, ReadonlySet<string>>(),
  };
  const objectives = readKeyed(file, 'objectives', (reader, key): PlanObjective => {
    const due = reader.date('due', key);
    const own = readMeasures(reader, key, people);
    if (own.items.length > planFileLimits.measures) {
      reader.fault(
        'measures',
        `has ${own.items.length} measures; at most ${planFileLimits.measures} are allowed`,
      );
    }
    if (Object.keys(own.unknown).length > 0) measures.unknown[key] = own.unknown;
    for (const [measure, given] of own.given) measures.given.set(measureId(key, measure), given);
    return {
      key,
      title: reader.title(),
      summary: reader.text('summary'),
      why: reader.text('why'),
      team: reader.key('team'),
      owner: people.named(reader.key('owner'), key),
      contributors: reader.texts('contributors').flatMap((name) => people.named(name, key) ?? []),
      priority: reader.key('priority'),
      status: statusOf(reader.oneOf('status', ['proposed', 'committed', 'declined'], 'proposed')),
      promise: reader.oneOf('promise', ['firm', 'stretch'], 'firm'),
      flagship: reader.flag('flagship'),
      due: due.date,
      dueText: due.text ?? (reader.title('dueText') || null),
      weight: reader.number('weight', 1, 10) ?? 3,
      effort: reader.number('effort', 0, 1e6),
      businessValue: reader.number('businessValue', 1, 10),
      doneMeans: reader.text('doneMeans'),
      link: reader.link('link'),
      measures: own.items,
    };
  });
  return { ...objectives, measures };
}

const statusOf = (status: keyof typeof statuses): PlanStatus => statuses[status];

function readMeasures(objective: FieldReader, of: string, people: PeopleOfFile): Objects<PlanMeasure> {
  return readKeyed(
    objective,
    'measures',
    (reader, key): PlanMeasure => {
      const kind = reader.oneOf('kind', ['number', 'milestone', 'deliverable', 'habit'], 'deliverable');
      return {
        key,
        title: reader.title(),
        kind,
        unit: reader.title('unit'),
        baseline: reader.number('baseline', -1e15, 1e15),
        target: reader.number('target', -1e15, 1e15),
        direction: reader.oneOf(
          'direction',
          ['up', 'down', 'keep-within', 'reach'],
          kind === 'number' ? 'up' : 'reach',
        ),
        due: reader.keptDate('due', of),
        owner: people.named(reader.key('owner'), of),
        done: reader.flag('done'),
        helpWanted: reader.flag('helpWanted'),
      };
    },
    (_reader, index) => `${of}/m${index}`,
  );
}
