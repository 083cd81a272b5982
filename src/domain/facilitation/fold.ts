import { rememberAct } from './acts.ts';
import { freshStage, type Stage } from './agenda.ts';
import type { SessionEvent } from './event.ts';
import { admitVoter, foldBallot } from './fold-ballot.ts';
import { foldGuests } from './fold-guests.ts';
import { foldTimer } from './fold-timer.ts';
import { isGuest } from './guests.ts';
import { foldIdle } from './idle.ts';
import type { Session } from './session.ts';
import { foldSpotlight } from './spotlight.ts';

/** The session after its events. */
export function foldAll(events: readonly SessionEvent[], before: Session | null = null): Session | null {
  return events.reduce<Session | null>((state, event) => fold(state, event), before);
}

/** The session after one more event. */
export function fold(state: Session | null, event: SessionEvent): Session | null {
  if (event.type === 'planned') return planned(event);
  if (state === null) return null;
  const rev = state.rev + 1;
  const it = { ...state, rev, steered: steering(event) ? rev : state.steered };
  const after =
    foldTimer(it, event) ??
    foldBallot(it, event) ??
    foldAgenda(it, event) ??
    foldGuests(it, event) ??
    foldRoom(it, event);
  return rememberAct(state, foldIdle(foldSpotlight(after, event), event), event);
}

/** What many do at once, or the server by itself: it contradicts nobody who is about to press. */
const quiet: readonly SessionEvent['type'][] = [
  ...(['arrived', 'left', 'parked', 'produced', 'vote-counted', 'voted-openly', 'rated'] as const),
  ...(['guests-let-in', 'guests-shut-out', 'guest-joined', 'guest-sent-away'] as const),
  ...(['timer-expired', 'snapshot-taken', 'corrected', 'area-shown', 'record-noted'] as const),
  ...(['end-proposed', 'went-on'] as const),
];
const steering = ({ type }: SessionEvent): boolean => !quiet.includes(type);

function planned({ data }: Extract<SessionEvent, { type: 'planned' }>): Session {
  const { facilitator, stages, ...rest } = data;
  return {
    ...rest,
    ...{
      rev: 1,
      steered: 1,
      status: 'planned',
      startedAt: null,
      endedAt: null,
      plannedMinutes: null,
      current: null,
    },
    stages: stages.map(freshStage),
    timer: { state: 'idle' },
    facilitators: [facilitator],
    ...{ people: {}, parking: [], ballots: [], produced: [], none: [], ratings: {} },
    ...{ leftOpen: [], snapshots: [], corrections: [] },
  };
}

function foldAgenda(it: Session, event: SessionEvent): Session | null {
  switch (event.type) {
    case 'started':
      return {
        ...it,
        status: 'running',
        startedAt: event.at,
        plannedMinutes: it.stages.reduce((sum, { minutes }) => sum + minutes, 0),
      };
    case 'stage-entered': {
      const { stage } = event.data;
      const left = it.stages.map((each) => closeRun(each, event.at));
      const entered = left.map((each) =>
        each.id === stage
          ? { ...each, skipped: false, runs: [...each.runs, { from: event.at, to: null }] }
          : each,
      );
      return { ...it, stages: entered, current: stage };
    }
    case 'stage-skipped':
      return { ...it, stages: change(it, event.data.stage, { skipped: true }) };
    case 'stage-planned':
      return { ...it, stages: change(it, event.data.stage, { minutes: event.data.minutes }) };
    case 'stage-briefed': {
      const { stage, ...brief } = event.data;
      return { ...it, stages: change(it, stage, brief) };
    }
    case 'stage-inserted': {
      const at = it.stages.findIndex(({ id }) => id === event.data.before);
      const place = at < 0 ? it.stages.length : at;
      return { ...it, stages: it.stages.toSpliced(place, 0, freshStage(event.data.stage)) };
    }
    case 'stage-removed': {
      const { stage } = event.data;
      return {
        ...it,
        stages: it.stages.filter(({ id }) => id !== stage),
        none: it.none.filter((each) => each.stage !== stage),
      };
    }
    case 'changes-noted':
      return { ...it, changed: event.data };
    case 'stages-ordered': {
      const place = (stage: Stage): number => event.data.order.indexOf(stage.id);
      return { ...it, stages: it.stages.toSorted((a, b) => place(a) - place(b)) };
    }
    default:
      return null;
  }
}

function foldRoom(it: Session, event: SessionEvent): Session {
  const by = event.actor.person;
  switch (event.type) {
    case 'arrived': {
      const { person, mayVote } = event.data;
      const visits = [...(it.people[person]?.visits ?? []), { from: event.at, to: null }];
      const here = { ...it, people: { ...it.people, [person]: { visits, mayVote } } };
      // A guest votes in what is opened while they are here: a vote that is on cannot be joined by whoever has the code.
      return mayVote && !isGuest(it, person) ? admitVoter(here, person) : here;
    }
    case 'left': {
      const { person, since } = event.data;
      const known = it.people[person];
      if (known === undefined) return it;
      const visits = known.visits.map((run) =>
        run.to === null ? { ...run, to: Math.max(run.from, since) } : run,
      );
      return { ...it, people: { ...it.people, [person]: { ...known, visits } } };
    }
    case 'parked': {
      const { id, title, origin, guest } = event.data;
      const item = { id, title, origin, by: guest ?? by, at: event.at, stage: it.current, ended: null };
      return { ...it, parking: [...it.parking, item] };
    }
    case 'parked-settled': {
      const { id, how, text } = event.data;
      const parking = it.parking.map((item) => (item.id === id ? { ...item, ended: { how, text } } : item));
      return { ...it, parking };
    }
    case 'produced':
      return { ...it, produced: [...it.produced, { ...event.data, by, at: event.at }] };
    case 'none-ticked': {
      const { stage, output, none } = event.data;
      const others = it.none.filter((each) => each.stage !== stage || each.output !== output);
      return { ...it, none: none ? [...others, { stage, output }] : others };
    }
    case 'rated':
      return { ...it, ratings: { ...it.ratings, [event.data.person]: event.data.value } };
    case 'facilitator-added':
      return { ...it, facilitators: [...it.facilitators, event.data.person] };
    case 'facilitator-removed':
      return { ...it, facilitators: it.facilitators.filter((person) => person !== event.data.person) };
    case 'taken-over': {
      const { person } = event.data;
      return { ...it, facilitators: [person, ...it.facilitators.filter((each) => each !== person)] };
    }
    case 'snapshot-taken':
      return { ...it, snapshots: [...it.snapshots, { ...event.data, at: event.at }] };
    case 'ended':
      return {
        ...it,
        ...{ status: 'ended', endedAt: event.at, leftOpen: event.data.leftOpen, current: null },
        ...(event.data.byClock ? { endedByClock: true } : {}),
        ...(event.data.pausedBoard === true ? { pausedBoard: true } : {}),
        stages: it.stages.map((stage) => closeRun(stage, event.at)),
        timer: { state: 'idle' },
        ...withDoorShut(it),
      };
    case 'called-off':
      return { ...it, status: 'ended', endedAt: event.at, ...withDoorShut(it) };
    case 'corrected':
      return { ...it, corrections: [...it.corrections, { by, at: event.at, text: event.data.text }] };
    default:
      return it;
  }
}

/** Nobody is let into a session that is over. */
const withDoorShut = ({ guests }: Session): Partial<Session> =>
  guests === undefined ? {} : { guests: { ...guests, open: false } };

const closeRun = (stage: Stage, at: number): Stage => ({
  ...stage,
  runs: stage.runs.map((run) => (run.to === null ? { ...run, to: at } : run)),
});

const change = (it: Session, id: string, more: Partial<Stage>): readonly Stage[] =>
  it.stages.map((stage) => (stage.id === id ? { ...stage, ...more } : stage));
