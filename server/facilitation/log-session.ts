import { eq } from 'drizzle-orm';
import { scaleOf, voteWords } from '#domain/facilitation/ballot.ts';
import type { SessionEvent } from '#domain/facilitation/event.ts';
import { outputNames } from '#domain/facilitation/missing.ts';
import type { ObjectRef, Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import { organisation } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isSaidAloud } from './heard-by-room.ts';
import { appendEvents, type NewEvents } from '../tracking/recording.ts';

/** Where a session's lines in the organisation's log belong. */
export interface SessionBook {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly boardId: string | null;
  /** When it happened by the organisation's own clock; null: by the real one. */
  readonly now: Instant | null;
}

/**
 * Writes what happened in a session into the log of the organisation, where every other change stands (tracking.md I4): who
 * steered it and what was written down. Who came and went, the timer and the votes of single people stay in the session's
 * own log; what is hidden, ratings, and notes of who leads are in neither. Everybody reads it: what is named from a narrow
 * board has no name here.
 */
export async function logSession(
  tx: Queries,
  { organisationId, sessionId, boardId, now }: SessionBook,
  before: Session | null,
  events: readonly SessionEvent[],
  rev: number,
): Promise<void> {
  const entries: NewEvents[] = [];
  for (const [index, event] of events.entries()) {
    const facts = factsOf(before, events.slice(0, index), event);
    if (facts === null) continue;
    const about = subjectOf(before, event);
    const aloud = about === null || (await isSaidAloud(tx, boardId, about));
    const { type, actor, at } = event;
    const line = { type, data: aloud ? facts : withoutWords(facts), at: now ?? at, actor };
    entries.push({
      ...{ objectKind: 'session', objectId: sessionId, boardId },
      ...{ version: rev + index, events: [line] },
    });
  }
  const last = events.at(-1);
  if (entries.length === 0 || last === undefined) return;
  const [own] = await tx
    .select({ zone: organisation.timezone })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  await appendEvents(tx, { organisationId, recordedAt: last.at, zone: own?.zone ?? 'UTC' }, entries);
}

/** What a line names beside the session. */
function subjectOf(before: Session | null, event: SessionEvent): ObjectRef | null {
  switch (event.type) {
    case 'revealed':
    case 'score-agreed':
      return { kind: 'commitment', id: event.data.item };
    case 'parked':
      return event.data.origin;
    case 'parked-settled':
      return before?.parking.find(({ id }) => id === event.data.id)?.origin ?? null;
    default:
      return null;
  }
}

const withoutWords = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      ['item', 'parked', 'text'].includes(name) ? unheardWords : value,
    ]),
  );

const unheardWords = 'something on a board that not everybody sees';

type Facts = Readonly<Record<string, string | number | null>>;

/** What a line says beside its kind; null for what is not the organisation's business. */
function factsOf(
  before: Session | null,
  earlier: readonly SessionEvent[],
  event: SessionEvent,
): Facts | null {
  const planned = [...earlier, event].find((it) => it.type === 'planned');
  const stages = before?.stages ?? (planned?.type === 'planned' ? planned.data.stages : []);
  const section = (id: string | null): string => stages.find((it) => it.id === id)?.title ?? '';
  switch (event.type) {
    case 'planned':
      return { title: event.data.title, kind: event.data.kind };
    case 'started':
    case 'stages-ordered':
    case 'called-off':
    case 'went-on':
    case 'guests-let-in':
    case 'guests-shut-out':
      return {};
    case 'stage-entered':
    case 'stage-skipped':
    case 'stage-removed':
    case 'stage-briefed':
      return { section: section(event.data.stage) };
    case 'stage-planned':
      return { section: section(event.data.stage), minutes: event.data.minutes };
    case 'stage-inserted':
      return { section: event.data.stage.title, minutes: event.data.stage.minutes };
    case 'parked':
      return { parked: event.data.title };
    case 'parked-settled': {
      const item = before?.parking.find(({ id }) => id === event.data.id);
      return { parked: item?.title ?? '', ending: event.data.how, text: event.data.text };
    }
    case 'produced': {
      const { ref, text, stage } = event.data;
      // An object has a history of its own; the period that a close ends has none.
      return ref === null || ref.kind === 'period' ? { text, section: section(stage) } : null;
    }
    case 'none-ticked':
      return {
        ...{ section: section(event.data.stage), output: outputNames[event.data.output] },
        none: event.data.none ? 'yes' : 'no',
      };
    case 'ballot-opened': {
      const { secret, named, items } = event.data;
      const reveal = secret ? (named === true ? 'hidden, then with names' : 'hidden, without names') : 'open';
      return { vote: reveal, items: items.length };
    }
    case 'revealed':
    case 'score-agreed': {
      const ballot = before?.ballots.find(({ id }) => id === event.data.ballot);
      const item = ballot?.items.find(({ id }) => id === event.data.item)?.title ?? '';
      if (event.type === 'revealed' || ballot === undefined) return { item };
      return { item, agreed: voteWords(scaleOf(ballot), event.data.value) };
    }
    case 'ballot-closed':
    case 'ballot-discarded':
      return {};
    case 'facilitator-added':
    case 'facilitator-removed':
    case 'taken-over':
      return { person: event.data.person };
    case 'ended':
      return { open: event.data.leftOpen.length };
    case 'corrected':
      return { text: event.data.text };
    default:
      return null;
  }
}
