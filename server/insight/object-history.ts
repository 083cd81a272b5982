import { eq, and, type AnyColumn } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { DomainEvent } from '#domain/event.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { ObjectHistory } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { toHistoryLine } from '../tracking/history-line.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { readObjectEvents } from '../tracking/read-events.ts';

interface Kind {
  readonly table: PgTable & { readonly id: AnyColumn; readonly organisationId: AnyColumn };
  readonly title: 'statement' | 'what' | 'title';
}

/** Every kind of object that has a history of events, with the table its title stands in. */
const kinds: Readonly<Record<string, Kind>> = {
  commitment: { table: schema.commitment, title: 'statement' },
  dependency: { table: schema.dependency, title: 'what' },
  decision: { table: schema.decision, title: 'title' },
  assumption: { table: schema.assumption, title: 'title' },
  risk: { table: schema.risk, title: 'title' },
  'triage-item': { table: schema.triageItem, title: 'title' },
  interrupt: { table: schema.interrupt, title: 'title' },
  learning: { table: schema.learning, title: 'title' },
  ritual: { table: schema.ritual, title: 'title' },
  board: { table: schema.board, title: 'title' },
};

export const historyKinds = Object.keys(kinds);

const nothing = refused('not-found', 'There is no such thing in this organisation.');

/**
 * Any object through one door: what is known of it at an instant, field by field as the events up to then said it, and who
 * did what when. Kinds with pages of their own show the same in their own words.
 */
export async function readObjectHistory(
  queries: Queries,
  viewer: Viewer,
  { kind, id, at }: { readonly kind: string; readonly id: string; readonly at: Instant | undefined },
): Promise<Outcome<ObjectHistory>> {
  const known = kinds[kind];
  if (known === undefined || !isUuid(id)) return nothing;
  const { organisationId, organisation } = viewer;
  const [row] = await queries
    .select()
    .from(known.table)
    .where(and(eq(known.table.id, id), eq(known.table.organisationId, organisationId)));
  if (row === undefined) return nothing;
  const moment = Math.min(at ?? organisation.now, organisation.now);
  const events = await readObjectEvents(queries, { organisationId, kind, id }, moment);
  if (events.length === 0) return refused('not-found-then', 'On that day it was not there yet.');
  const names = await readPeopleNames(queries, organisationId);
  return allowed({
    ...{ kind, id, at: moment },
    title: String((row as Readonly<Record<string, unknown>>)[known.title]),
    facts: factsAt(events, names, organisation.timezone),
    lines: events.map((it) => toHistoryLine(it, names, `${inWords(it.type)}.`)),
  });
}

/** Field by field what was said last: events carry what they changed. */
function factsAt(
  events: readonly DomainEvent[],
  names: ReadonlyMap<string, string>,
  zone: TimeZone,
): ObjectHistory['facts'] {
  const facts = new Map<string, string>();
  for (const { data } of events) {
    for (const [field, value] of Object.entries(flat(data))) {
      if (field === 'id' || field === 'key') continue;
      facts.set(field, inPlainWords(value, names, zone));
    }
  }
  return [...facts]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name: inWords(name), value }));
}

/** `terms.due`, not an object in an object: one level is what people read. */
function flat(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([field, value]): (readonly [string, unknown])[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value as object)
        : [[field, value]],
    ),
  );
}

/** Numbers from here on are instants: 9 September 2001, before anything of ours happened. */
const FIRST_INSTANT = 1_000_000_000_000;

function inPlainWords(value: unknown, names: ReadonlyMap<string, string>, zone: TimeZone): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'string') return isUuid(value) ? (names.get(value) ?? '') : value;
  if (typeof value === 'number') return value < FIRST_INSTANT ? String(value) : localDateOf(value, zone);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value
      .map((it) =>
        typeof it === 'object' && it !== null && 'title' in it
          ? String(it.title)
          : inPlainWords(it, names, zone),
      )
      .filter((it) => it !== '')
      .join(', ');
  }
  return '';
}

/** `servedBy` and `check-in-undone` as words. */
function inWords(name: string): string {
  const words = name.replaceAll('-', ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
