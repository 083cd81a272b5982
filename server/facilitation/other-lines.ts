import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { scoreWords } from '#domain/facilitation/ballot.ts';
import { agreedScores, type Session } from '#domain/facilitation/session.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { WarningView } from '#protocol/views/insight.ts';
import type { DependencyRow } from '#protocol/views/tracking.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import { notDoing, occurrence, ritual, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isVisible, listDependencies, viewDependency } from '../tracking/dependency-view.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { asksIn } from './scope.ts';

const nothing = {
  ...{ ownerId: null, teamId: null, due: null, version: 0, settled: true, moves: [] },
  ...{ checkIn: null, carryCount: 0, score: null, href: null, status: '' },
} as const;

/** An early warning with its evidence and what it asks for. */
export function warningLine(it: WarningView): SessionRow {
  return {
    ...{ ...nothing, source: 'needs-you', kind: 'note', id: `${it.rule}-${it.subjectId}`, title: it.title },
    ...{ detail: `${it.evidence} ${it.ask}`, href: it.link, status: it.rule, settled: false },
  };
}

/** Asks that are open, with what is late, unanswered or changed in them. */
export async function readAskLines(
  queries: Queries,
  viewer: Viewer,
  it: Session,
): Promise<readonly SessionRow[]> {
  const eyes = { actor: actorOf(viewer), standing: await standingOf(queries, viewer) };
  const moment = { at: viewer.organisation.now, zone: viewer.organisation.timezone };
  const found = await listDependencies(queries, asksIn(viewer.organisationId, it));
  const rows = found
    .filter((each) => isVisible(each, eyes))
    .map((each) => viewDependency(each, moment, eyes));
  return rows.filter(isOpen).map((row) => ({
    ...{
      ...nothing,
      source: 'dependencies',
      kind: 'dependency',
      id: row.id,
      title: row.what,
      version: row.version,
    },
    detail: [`for ${row.requesterTitle}`, ...row.flags.map((flag) => flag.replaceAll('-', ' '))].join(', '),
    ...{ href: `/dependencies/${row.id}`, ownerId: row.providerPersonId, teamId: row.providerTeamId },
    ...{ due: row.promisedFor ?? row.neededBy, status: row.word, settled: !isUrgent(row), moves: row.moves },
  }));
}

const isUrgent = ({ flags }: DependencyRow): boolean =>
  flags.some((flag) => ['unanswered', 'late', 'at-risk', 'needs-choice', 'escalated'].includes(flag));
const isOpen = (row: DependencyRow): boolean =>
  isUrgent(row) || ['requested', 'countered', 'accepted', 'delivered'].includes(row.status);

const registerOf = { decisions: 'decision', assumptions: 'assumption', triage: 'triage-item' } as const;

/** Open entries of a register: decisions that are due, assumptions in doubt, issues by rank. */
export async function readRegisterLines(
  registers: Registers,
  viewer: Viewer,
  it: Session,
  source: keyof typeof registerOf,
): Promise<readonly SessionRow[]> {
  const kind = registerOf[source];
  const filter = {
    open: true,
    ...(it.team === null ? {} : { teamId: it.team }),
    ...(it.team !== null || it.board === null ? {} : { boardId: it.board }),
  };
  const rows = await registers.list(viewer, kind, filter);
  return rows.map((row) => ({
    ...{ ...nothing, source, kind, id: row.id, title: row.title, version: row.version, status: row.status },
    detail: row.flags.map((flag) => flag.replaceAll('-', ' ')).join(', '),
    href: `/${{ decision: 'decisions', assumption: 'assumptions', 'triage-item': 'triage' }[kind]}/${row.id}`,
    ...{ ownerId: row.ownerId, teamId: row.teamId, settled: row.flags.length === 0 },
    due:
      'neededBy' in row
        ? row.neededBy
        : 'nextCheck' in row
          ? row.nextCheck
          : 'actBy' in row
            ? row.actBy
            : null,
  }));
}

/** What the last session of the same kind and place left parked. */
export async function readLeftParked(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly SessionRow[]> {
  const before = await lastEnded(queries, organisationId, it, it.kind);
  const left = before?.parking.filter(({ ended }) => ended === null || ended.how === 'next-session') ?? [];
  return left
    .filter(({ title }) => !it.parking.some((each) => each.title === title))
    .map(({ id, title }) => ({
      ...{ ...nothing, source: 'left-parked', kind: 'parked', id, title },
      ...{ detail: 'left from last time', settled: false, moves: ['park'] },
    }));
}

/** Scores, learnings and what was carried, from the last close of the same place (tracking.md T9). */
export async function readPreviousClose(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<readonly SessionRow[]> {
  const close = await lastEnded(queries, organisationId, it, 'quarterly-close');
  if (close === null) return [];
  const note = (id: string, title: string, detail: string): SessionRow => ({
    ...{ ...nothing, source: 'previous-close', kind: 'note', id, title, detail },
  });
  return [
    ...agreedScores(close).map(({ item, title, tenths }) => ({
      ...note(item, title, `scored ${scoreWords(tenths)}`),
      href: `/commitments/${item}`,
    })),
    ...close.produced
      .filter(({ output }) => output === 'learnings' || output === 'carried')
      .map(({ text, output }, index) =>
        note(`${output}-${index}`, text, output === 'carried' ? 'carried' : 'learned'),
      ),
  ];
}

/** What the board says is not being done, and the meetings that are booked. */
export async function readNoteLines(
  queries: Queries,
  organisationId: string,
  it: Session,
  source: 'not-doing' | 'rituals',
): Promise<readonly SessionRow[]> {
  if (source === 'not-doing') {
    if (it.board === null) return [];
    const rows = await queries
      .select()
      .from(notDoing)
      .where(and(eq(notDoing.organisationId, organisationId), eq(notDoing.boardId, it.board)));
    return rows.map(({ id, title, reason }) => ({
      ...nothing,
      source,
      kind: 'note',
      id,
      title,
      detail: reason,
    }));
  }
  const rows = await queries
    .select({ id: ritual.id, title: ritual.title, kind: ritual.kind })
    .from(ritual)
    .where(and(eq(ritual.organisationId, organisationId), isNull(ritual.endedAt)))
    .limit(50);
  const booked =
    rows.length === 0
      ? []
      : await bookedOf(
          queries,
          rows.map(({ id }) => id),
        );
  return rows.map(({ id, title, kind }) => ({
    ...{ ...nothing, source, kind: 'note', id, title, href: '/rhythm' },
    detail: booked.includes(id) ? `${kind}, booked` : `${kind}, nothing ahead`,
  }));
}

async function bookedOf(queries: Queries, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await queries
    .selectDistinct({ id: occurrence.ritualId })
    .from(occurrence)
    .where(and(inArray(occurrence.ritualId, [...ids]), eq(occurrence.status, 'scheduled')));
  return rows.map(({ id }) => id);
}

async function lastEnded(
  queries: Queries,
  organisationId: string,
  it: Session,
  kind: string,
): Promise<Session | null> {
  const [found] = await queries
    .select({ state: session.state })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.status, 'ended'),
        eq(session.kind, kind),
        it.team === null ? isNull(session.teamId) : eq(session.teamId, it.team),
        // A plan is made on the next board, its close was held on the one before.
        it.board === null || it.kind !== kind ? undefined : eq(session.boardId, it.board),
      ),
    )
    .orderBy(desc(session.endedAt))
    .limit(1);
  return found === undefined ? null : (found.state as Session);
}
