import { and, eq, inArray, lte, or } from 'drizzle-orm';
import type { Entry } from '#domain/register/entry.ts';
import type { RegisterKind, RegisterLink } from '#protocol/views/registers.ts';
import { objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readEntriesAt } from './entries-at.ts';
import { columnsOf, readEntries } from './entry-rows.ts';
import { touchedIn } from './entry-view.ts';
import { asOf, type Look } from './look.ts';
import { registerParts } from './parts.ts';
import { seesEntry } from './sees-entry.ts';

type End = Pick<RegisterLink, 'relation' | 'incoming' | 'id'> & { readonly kind: string };
interface Shown extends Pick<RegisterLink, 'title' | 'status'> {
  /** Null for what is no entry. */
  readonly state: Entry | null;
}

/** What an entry hangs together with, in both directions, with what each shows where it is looked at; nothing that is hidden there. */
export async function readEntryLinks(
  queries: Queries,
  look: Look,
  kind: RegisterKind,
  it: { readonly id: string; readonly state: Entry },
): Promise<readonly RegisterLink[]> {
  const rows = await queries
    .select()
    .from(objectLink)
    .where(
      and(
        eq(objectLink.organisationId, look.organisationId),
        or(eq(objectLink.fromId, it.id), eq(objectLink.toId, it.id)),
        look.past === true ? lte(objectLink.createdAt, new Date(look.at)) : undefined,
      ),
    );
  const kept = rows.map((row): End =>
    row.fromId === it.id
      ? { relation: row.relation, incoming: false, kind: row.toKind, id: row.toId }
      : { relation: row.relation, incoming: true, kind: row.fromKind, id: row.fromId },
  );
  const ends = look.past === true ? outgoingThen(kind, it.state, kept) : kept;
  const shown = await readShown(queries, look, ends);
  return ends.flatMap((end) => {
    const found = shown.get(end.id);
    if (found === undefined) return [];
    if (look.past === true && end.incoming && !pointsTo(end, found, it.id)) return [];
    const { title, status } = found;
    return [{ ...end, kind: end.kind as RegisterLink['kind'], title, status }];
  });
}

/** Links that follow from the state are those of the state then; the rest, such as its session, stay as they were noted. */
function outgoingThen(kind: RegisterKind, state: Entry, kept: readonly End[]): readonly End[] {
  const then = registerParts[kind].links(state);
  const noted = kept.filter((end) => end.incoming || end.kind === 'session');
  return [...then.map((link): End => ({ ...link, incoming: false })), ...noted];
}

/** Whether the other entry already pointed here then. */
function pointsTo({ kind, relation }: End, { state }: Shown, id: string): boolean {
  if (state === null || !isRegister(kind)) return true;
  return registerParts[kind].links(state).some((link) => link.relation === relation && link.id === id);
}

async function readShown(
  queries: Queries,
  look: Look,
  ends: readonly End[],
): Promise<ReadonlyMap<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (const [kind, group] of Map.groupBy(ends, (it) => it.kind)) {
    const ids = [...new Set(group.map((it) => it.id))];
    if (kind === 'commitment') {
      for (const [id, it] of await touchedIn(queries, look, ids)) shown.set(id, { ...it, state: null });
    } else if (isRegister(kind)) {
      const found =
        look.past === true
          ? await readEntriesAt(queries, kind, look, ids)
          : await readEntries(queries, kind, look.organisationId, inArray(columnsOf(kind).id, ids));
      for (const entry of found) {
        const { state } = asOf(kind, entry, look);
        if (!seesEntry(look, state)) continue;
        shown.set(entry.row.id, { title: state.title, status: state.status, state });
      }
    } else if (kind === 'session') {
      for (const id of ids) shown.set(id, { title: 'The session it was said in', status: '', state: null });
    }
  }
  return shown;
}

const isRegister = (kind: string): kind is RegisterKind => Object.hasOwn(registerParts, kind);
