import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import type { MeetingKind, OutputKind } from './agenda.ts';
import { scaleOf, spreadOf, type BallotScale } from './ballot.ts';
import type { ChangedSince } from './changes.ts';
import type { SessionEvent } from './event.ts';
import { foldAll } from './fold.ts';
import { guestNames } from './guests.ts';
import type { Missing, ParkedItem, Produced, Session } from './session.ts';
import { spentMs } from './where.ts';

/** What is remembered of a meeting (facilitation.md F17): nothing in it was typed as minutes, all of it happened. */
export interface Minutes {
  readonly title: string;
  readonly kind: MeetingKind;
  readonly plannedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Hours it was open for everybody's own time; null when it was held together. */
  readonly window: number | null;
  /** Nobody ended it: the clock did. */
  readonly byClock: boolean;
  /** Its board was left paused. */
  readonly pausedBoard: boolean;
  readonly facilitators: readonly PersonId[];
  /** Since the last meeting of the same ritual or place; null when there was none. */
  readonly changed: ChangedSince | null;
  /** Who came without an account, by id, with the name they gave. */
  readonly guests: readonly (readonly [PersonId, string])[];
  readonly attendance: readonly {
    readonly person: PersonId;
    readonly from: Instant;
    /** null while still here. */
    readonly to: Instant | null;
    readonly presentMs: number;
  }[];
  readonly stages: readonly {
    readonly id: string;
    readonly title: string;
    readonly plannedMinutes: number;
    readonly actualMs: number;
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly skipped: boolean;
    /** Outputs somebody said there are none of. */
    readonly none: readonly OutputKind[];
  }[];
  /** What came out, by kind, in order. */
  readonly outputs: readonly { readonly output: OutputKind; readonly lines: readonly Produced[] }[];
  /** What was done to rows besides. */
  readonly acts: readonly Produced[];
  readonly scores: readonly {
    readonly item: string;
    readonly title: string;
    readonly secret: boolean;
    readonly scale: BallotScale;
    readonly votes: number;
    readonly voters: number;
    readonly values: readonly number[] | null;
    readonly spread: number | null;
    readonly agreed: number | null;
  }[];
  readonly parking: readonly ParkedItem[];
  readonly rating: { readonly mean: number; readonly count: number } | null;
  readonly leftOpen: readonly Missing[];
  readonly snapshots: Session['snapshots'];
  readonly corrections: Session['corrections'];
}

/** The minutes of a session, from its log alone. */
export function minutesFrom(events: readonly SessionEvent[], at: Instant): Minutes | null {
  const it = foldAll(events);
  return it === null ? null : minutesOf(it, at);
}

/** The minutes of a session as it is folded; `at` ends what is still going on. */
export function minutesOf(it: Session, at: Instant): Minutes {
  const until = it.endedAt ?? at;
  const made = it.produced.filter(({ output }) => output !== null);
  const kinds = [...new Set(made.map(({ output }) => output))];
  const ratings = Object.values(it.ratings);
  return {
    ...{ title: it.title, kind: it.kind, facilitators: it.facilitators },
    changed: it.changed ?? null,
    ...{ window: it.window ?? null, byClock: it.endedByClock === true },
    pausedBoard: it.pausedBoard === true,
    ...{ plannedAt: it.plannedAt, startedAt: it.startedAt, endedAt: it.endedAt },
    guests: guestNames(it),
    attendance: Object.entries(it.people)
      .map(([person, { visits }]) => ({
        person,
        from: visits[0]?.from ?? until,
        to: visits.at(-1)?.to ?? it.endedAt,
        presentMs: spentMs({ runs: visits }, until),
      }))
      // A store gives the keys of an object back in any order.
      .sort((a, b) => a.from - b.from || (a.person < b.person ? -1 : 1)),
    stages: it.stages.map((stage) => ({
      ...{ id: stage.id, title: stage.title, plannedMinutes: stage.minutes, skipped: stage.skipped },
      actualMs: spentMs(stage, until),
      from: stage.runs[0]?.from ?? null,
      to: stage.runs.at(-1)?.to ?? null,
      none: it.none.filter((each) => each.stage === stage.id).map(({ output }) => output),
    })),
    outputs: kinds.flatMap((output) =>
      output === null ? [] : [{ output, lines: made.filter((each) => each.output === output) }],
    ),
    acts: it.produced.filter(({ output }) => output === null),
    scores: it.ballots
      .filter(({ discarded }) => discarded !== true)
      .flatMap(({ items, secret, voters, ...ballot }) =>
        items.map(({ id, title, votes, values, agreed }) => ({
          ...{
            item: id,
            title,
            secret,
            scale: scaleOf(ballot),
            votes,
            voters: voters.length,
            values,
            agreed,
          },
          spread: values === null ? null : spreadOf(values),
        })),
      ),
    parking: it.parking,
    rating:
      ratings.length === 0
        ? null
        : { mean: ratings.reduce((sum, each) => sum + each, 0) / ratings.length, count: ratings.length },
    ...{ leftOpen: it.leftOpen, snapshots: it.snapshots, corrections: it.corrections },
  };
}
