import type { PlanObjective } from '../plan.ts';
import { FieldReader } from './field-reader.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { PeopleOfFile } from './people-of-file.ts';
import type { PlanUpdate } from './plan-file.ts';

/** The history of a file: reports about its objectives, in the file's order. */
export function readUpdates(
  file: FieldReader,
  objectives: readonly PlanObjective[],
  people: PeopleOfFile,
): PlanUpdate[] {
  const keys = new Set(objectives.map((objective) => objective.key));
  return file.list('updates').map(({ value, path }): PlanUpdate => {
    const reader = new FieldReader(value, path, file.log);
    const objective = reader.key('objective') ?? '';
    if (!keys.has(objective)) reader.fault('objective', 'names an objective that is not in the file');
    const { date, text: notDate } = reader.date('date', objective);
    if (date === null) {
      reader.fault('date', notDate === null ? 'is missing' : 'must be a date like 2026-03-31');
    }
    const period = reader.key('period');
    if (period !== null && !/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) {
      reader.fault('period', 'must be a month like 2026-03');
    }
    return {
      objective,
      date: date ?? '',
      period,
      author: people.named(reader.key('author'), objective),
      kind: reader.oneOf('kind', ['comment', 'summary', 'no-update', 'final'], 'comment'),
      outcome: reader.oneOf('outcome', ['done', 'missed', 'carried', 'dropped'], null),
      progress: readProgress(reader),
      text: reader.text('text'),
      link: reader.link('link'),
      unknown: reader.unknown(),
    };
  });
}

function readProgress(update: FieldReader): PlanUpdate['progress'] {
  const reader = update.object('progress');
  const done = reader.number('done', 0, 1e9);
  const total = reader.number('total', 0, 1e9);
  return done === null || total === null ? null : { done, total };
}

/** Risks, decisions, assumptions: kept as they are, each with a key of its own. */
export function readKept(file: FieldReader, name: string): JsonObject[] {
  const seen = new Set<string>();
  return file.list(name).flatMap(({ value, path }) => {
    const reader = new FieldReader(value, path, file.log);
    const key = reader.key('key');
    if (key === null) reader.fault('key', 'is missing: every object needs a key of its own');
    else if (seen.has(key))
      reader.fault('key', `is "${key.slice(0, 60)}", which an earlier object has already`);
    else seen.add(key);
    return isJsonObject(value) ? [value] : [];
  });
}
