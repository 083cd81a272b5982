import { and, eq, gt, inArray, isNotNull, lte } from 'drizzle-orm';
import { extractsOf } from '#domain/facilitation/extracts.ts';
import { minutesOf } from '#domain/facilitation/minutes.ts';
import type { MeetingRecord } from '#domain/facilitation/record.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { Window } from '#domain/notify/ladder.ts';
import { sessionWords } from '#domain/notify/session-words.ts';
import { session, sessionEvent } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readSeers } from '../tracking/read-seers.ts';
import type { Draft } from './drafts.ts';
import type { OrganisationClock } from './readers.ts';
import { seenOwed } from './seen-owed.ts';

/** A transaction that began earlier may become visible later: this much is looked at twice. */
const overlapMs = 120_000;

/** Sessions that ended within the window: what each person takes home from them, told to those and to who was there. */
export async function sessionMessages(
  queries: Queries,
  { id: organisationId, at: now }: OrganisationClock,
  { since, at }: Window,
): Promise<readonly Draft[]> {
  const ended = await queries
    .select({ id: session.id, state: session.state, endedAt: session.endedAt })
    .from(session)
    .where(
      and(
        ...[eq(session.organisationId, organisationId), eq(session.status, 'ended')],
        ...[isNotNull(session.startedAt), gt(session.endedAt, new Date(since - overlapMs))],
        lte(session.endedAt, new Date(at)),
      ),
    );
  if (ended.length === 0) return [];
  const ids = ended.map(({ id }) => id);
  const noted = await queries
    .select({ id: sessionEvent.sessionId, data: sessionEvent.data })
    .from(sessionEvent)
    .where(and(inArray(sessionEvent.sessionId, ids), eq(sessionEvent.type, 'record-noted')));
  const records = new Map(noted.map(({ id, data }) => [id, data as MeetingRecord]));
  const drafts: Draft[] = [];
  for (const row of ended) {
    const told = { record: records.get(row.id) ?? null, at: Math.min(row.endedAt?.getTime() ?? at, now) };
    drafts.push(...(await draftsOf(queries, organisationId, row.id, row.state as Session, told)));
  }
  return drafts;
}

async function draftsOf(
  queries: Queries,
  organisationId: string,
  id: string,
  state: Session,
  { record, at }: { readonly record: MeetingRecord | null; readonly at: number },
): Promise<readonly Draft[]> {
  const minutes = minutesOf(state, state.endedAt ?? at);
  const owed = new Map(extractsOf(minutes, record).map(({ person, lines }) => [person, lines]));
  const people = new Set([...owed.keys(), ...minutes.attendance.map(({ person }) => person)]);
  const seers = await readSeers(queries, organisationId, [...people]);
  const drafts: Draft[] = [];
  for (const person of people) {
    const lines = await seenOwed(queries, seers.get(person), state.board, owed.get(person) ?? []);
    drafts.push({
      ...{ person, subject: { kind: 'session', id }, rung: 'minutes', at, actor: null },
      link: `/sessions/${id}/minutes${lines.length === 0 ? '' : '#yours'}`,
      ...{ manner: 'digest', reminder: false },
      words: (_reader, standsInFor) => sessionWords(state, lines, standsInFor),
    });
  }
  return drafts;
}
