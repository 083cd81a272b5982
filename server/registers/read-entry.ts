import { and, eq, inArray, or } from 'drizzle-orm';
import { entryMoves } from '#domain/register/decide-entry.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { RegisterDetail, RegisterKind, RegisterLink, RegisterMore } from '#protocol/views/registers.ts';
import type { HistoryLine } from '#protocol/views/tracking.ts';
import type { Viewer } from '../app.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { toHistoryLine } from '../tracking/history-line.ts';
import { readPeopleNames } from '../tracking/names.ts';
import { readObjectEvents } from '../tracking/read-events.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { contextFor, noSuchEntry } from './act-on-entry.ts';
import { columnsOf, loadEntry, readEntries } from './entry-rows.ts';
import { asOf, viewEntries, type Look } from './entry-view.ts';
import type { Words } from './part.ts';
import { registerParts } from './parts.ts';
import { readTouched } from './touched.ts';
import { readWords } from './words.ts';

/** One entry with everything its page shows, as of the organisation's now. */
export async function readEntry<K extends RegisterKind>(
  queries: Queries,
  viewer: Viewer,
  kind: K,
  id: string,
): Promise<Outcome<RegisterDetail<K>>> {
  if (!isUuid(id)) return noSuchEntry;
  const { organisationId, organisation } = viewer;
  const look: Look = { organisationId, at: organisation.now, zone: organisation.timezone };
  const loaded = await loadEntry(queries, kind, organisationId, id);
  if (loaded === null) return noSuchEntry;
  const [row] = await viewEntries(queries, look, kind, [loaded]);
  if (row === undefined) return noSuchEntry;
  const { state } = asOf(kind, loaded, look);
  const part = registerParts[kind];
  const touched = await readTouched(queries, organisationId, state.affects);
  const words = await readWords(queries, organisationId, touched);
  const context = contextFor(await standingOf(queries, viewer), look.zone);
  const actor = actorOf(viewer);
  const more: RegisterMore = {
    facts: part.facts(state, words),
    fields: { ...state },
    links: await readLinks(queries, look, id),
    history: await readHistory(queries, look, kind, id, words),
    moves: entryMoves(part.rules, state, { actor, at: look.at, context }),
  };
  return allowed({ ...row, ...more });
}

async function readHistory(
  queries: Queries,
  { organisationId, at }: Look,
  kind: RegisterKind,
  id: string,
  words: Words,
): Promise<readonly HistoryLine[]> {
  const events = await readObjectEvents(queries, { organisationId, kind, id }, at);
  const names = await readPeopleNames(queries, organisationId);
  return events.map((it) => toHistoryLine(it, names, registerParts[kind].sentence(it, words)));
}

/** What it hangs together with, in both directions, with what each shows now. */
async function readLinks(queries: Queries, look: Look, id: string): Promise<readonly RegisterLink[]> {
  const { organisationId } = look;
  const rows = await queries
    .select()
    .from(objectLink)
    .where(
      and(
        eq(objectLink.organisationId, organisationId),
        or(eq(objectLink.fromId, id), eq(objectLink.toId, id)),
      ),
    );
  const ends = rows.map((it) =>
    it.fromId === id
      ? { relation: it.relation, incoming: false, kind: it.toKind, id: it.toId }
      : { relation: it.relation, incoming: true, kind: it.fromKind, id: it.fromId },
  );
  const shown = await readShown(queries, look, ends);
  return ends.flatMap((end) => {
    const it = shown.get(end.id);
    return it === undefined ? [] : [{ ...end, kind: end.kind as RegisterLink['kind'], ...it }];
  });
}

type Shown = Pick<RegisterLink, 'title' | 'status'>;

async function readShown(
  queries: Queries,
  look: Look,
  ends: readonly { readonly kind: string; readonly id: string }[],
): Promise<ReadonlyMap<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (const [kind, group] of Map.groupBy(ends, (it) => it.kind)) {
    const ids = [...new Set(group.map((it) => it.id))];
    if (kind === 'commitment') {
      for (const [id, it] of await readTouched(queries, look.organisationId, ids)) shown.set(id, it);
    } else if (isRegister(kind)) {
      const found = await readEntries(queries, kind, look.organisationId, inArray(columnsOf(kind).id, ids));
      for (const entry of found) {
        const { state } = asOf(kind, entry, look);
        shown.set(entry.row.id, { title: state.title, status: state.status });
      }
    } else if (kind === 'session') {
      for (const id of ids) shown.set(id, { title: 'The session it was said in', status: '' });
    }
  }
  return shown;
}

const isRegister = (kind: string): kind is RegisterKind => Object.hasOwn(registerParts, kind);
