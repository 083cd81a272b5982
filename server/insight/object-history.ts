import { and, eq } from 'drizzle-orm';
import type { DomainEvent } from '#domain/event.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { ObjectHistory } from '#protocol/views/insight.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { toHistoryLine } from '../tracking/history-line.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { readObjectEvents } from '../tracking/read-events.ts';
import { changeSentence } from './change-sentence.ts';
import { inWords, kindOf } from './history-kinds.ts';
import { maySeeHistory } from './seen-history.ts';
import { withoutHidden } from './without-hidden.ts';
import { sessionSentence } from './session-sentence.ts';

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
  const known = kindOf(kind);
  if (known === undefined || !isUuid(id)) return nothing;
  const { organisationId, organisation } = viewer;
  const [row] = await queries
    .select({ title: known.title })
    .from(known.table)
    .where(and(eq(known.table.id, id), eq(known.of, organisationId)));
  if (row === undefined || !(await maySeeHistory(queries, viewer, kind, id))) return nothing;
  const moment = Math.min(at ?? organisation.now, organisation.now);
  const logged = await readObjectEvents(queries, { organisationId, kind, id }, organisation.now);
  const all = logged.map((it) => withoutHidden(it, viewer));
  const events = all.filter((it) => it.at <= moment);
  // Known from before the log began: its first line is a change, not that it was made; or nobody has changed it since.
  if (events.length === 0 && all.length > 0 && !changes(all[0])) {
    return refused('not-found-then', 'On that day it was not there yet.');
  }
  const names = await readPeopleNames(queries, organisationId);
  const say = kind === 'session' ? sessionSentence : changeSentence;
  return allowed({
    ...{ kind, id, at: moment },
    title: titleAt(all, known.called, moment) ?? String(row.title),
    facts: factsAt(all, moment, names, organisation.timezone),
    lines: events.map((it) => toHistoryLine(it, names, say(it, names))),
  });
}

/** What it was called then: what was last said by then, or what the first later change took the place of. */
function titleAt(all: readonly DomainEvent[], called: string, moment: Instant): string | null {
  const said = all
    .filter(({ at }) => at <= moment)
    .map(({ data }) => flat(data)[called])
    .findLast((it) => typeof it === 'string');
  if (typeof said === 'string') return said;
  const later = all.filter(({ at }) => at > moment).map(({ data }) => data as Changed | null);
  const first = later.find((it) => typeof it?.before?.[called] === 'string');
  const before = first?.before?.[called];
  return typeof before === 'string' ? before : null;
}

interface Changed {
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** True for a line that takes the place of something. */
const changes = (it: DomainEvent | undefined): boolean => (it?.data as Changed | null)?.before !== undefined;

/**
 * Field by field what was said last by then, events carry what they changed; and what nobody had said is what the first later
 * change took the place of.
 */
function factsAt(
  all: readonly DomainEvent[],
  moment: Instant,
  names: ReadonlyMap<string, string>,
  zone: TimeZone,
): ObjectHistory['facts'] {
  const facts = new Map<string, string>();
  for (const { data } of all.filter(({ at }) => at <= moment)) {
    for (const [field, value] of Object.entries(flat(data))) {
      if (field === 'id' || field === 'key') continue;
      facts.set(field, inPlainWords(value, names, zone));
    }
  }
  for (const { data } of all.filter(({ at }) => at > moment)) {
    const { before = {}, after = {} } = (data ?? {}) as Changed;
    for (const field of [...Object.keys(before), ...Object.keys(after)]) {
      if (!facts.has(field)) facts.set(field, inPlainWords(before[field], names, zone));
    }
  }
  return [...facts]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name: inWords(name), value }));
}

/** `terms.due`, not an object in an object: one level is what people read. Of a change only what holds after it. */
function flat(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([field, value]): (readonly [string, unknown])[] =>
      (field === 'before' && 'after' in data) || field === 'was'
        ? []
        : typeof value === 'object' && value !== null && !Array.isArray(value)
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
