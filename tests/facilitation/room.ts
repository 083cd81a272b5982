import { nobody, type Standing } from '../../src/domain/access/standing.ts';
import type { PlannedStage } from '../../src/domain/facilitation/agenda.ts';
import type { SessionContext, SessionOutcome } from '../../src/domain/facilitation/asked.ts';
import { freeCommands, type SessionCommand } from '../../src/domain/facilitation/command.ts';
import { decide } from '../../src/domain/facilitation/decide.ts';
import type { SessionEvent } from '../../src/domain/facilitation/event.ts';
import { foldAll } from '../../src/domain/facilitation/fold.ts';
import { agendaOf } from '../../src/domain/facilitation/meetings.ts';
import type { Minutes } from '../../src/domain/facilitation/minutes.ts';
import type { Session } from '../../src/domain/facilitation/session.ts';
import type { WholeMinutes } from '../../src/domain/facilitation/whole-minutes.ts';

export const nine = Date.parse('2026-04-13T07:00:00Z');
export const minute = 60_000;

export type Name = 'ana' | 'ben' | 'bea' | 'cleo' | 'olga' | 'finn';
/** Without an account: nobody's standing. */
export type GuestId = 'gil' | 'gus';

/** A meeting of team red in memory: Ana leads the team, Olga is an administrator, Finn an observer. */
export class Room {
  events: SessionEvent[] = [];
  now = nine;
  /** What the server keeps of hidden votes. */
  readonly votes = new Map<string, Map<string, number>>();
  readonly done = new Set<string>();
  #commands = 0;

  get state(): Session {
    const it = foldAll(this.events);
    if (it === null) throw new Error('Nothing is planned.');
    return it;
  }

  standing(name: Name | GuestId): Standing {
    if (name === 'gil' || name === 'gus') return nobody;
    const role = name === 'finn' ? 'observer' : name === 'olga' ? 'administrator' : 'member';
    const leadOf = name === 'ana' ? ['red'] : [];
    return { person: name, role, leadOf, memberOf: ['red'], leaderless: [] };
  }

  /** Asks as somebody, on the newest state unless told otherwise. */
  ask(
    name: Name | GuestId | null,
    command: SessionCommand,
    more: Partial<SessionContext> & { id?: string; rev?: number | null } = {},
  ): SessionOutcome {
    const { id = `c${++this.#commands}`, rev, ...context } = more;
    const state = foldAll(this.events);
    const free = freeCommands.includes(command.type);
    const mine = command.type === 'vote' ? (this.votes.get(command.item) ?? new Map<string, number>()) : null;
    const outcome = decide(
      state,
      {
        command,
        commandId: id,
        expectedRev: rev === undefined ? (free ? null : (state?.rev ?? 0)) : rev,
        seen: this.done.has(id),
      },
      name === null ? { person: null, via: 'clock' } : { person: name, via: 'session' },
      this.now,
      {
        standing: name === null ? nobody : this.standing(name),
        leads: ['ana'],
        administrators: ['olga'],
        hidden: Object.fromEntries([...this.votes].map(([item, cast]) => [item, [...cast.values()]])),
        votedBefore: mine?.has(name ?? '') ?? false,
        openRows: [],
        closes: null,
        changed: null,
        lastSeen: {},
        ...context,
      },
    );
    if (outcome.ok) {
      this.events.push(...outcome.value);
      this.done.add(id);
      if (command.type === 'vote' && mine !== null && name !== null) {
        this.votes.set(command.item, mine.set(name, command.value));
      }
    }
    return outcome;
  }

  /** The same, and it must be allowed. */
  do(name: Name | GuestId | null, command: SessionCommand, more: Parameters<Room['ask']>[2] = {}): this {
    const outcome = this.ask(name, command, more);
    if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
    return this;
  }

  later(ms: number): this {
    this.now += ms;
    return this;
  }
}

export const code = (outcome: SessionOutcome): string => (outcome.ok ? 'allowed' : outcome.refusal.code);

export const stageOf = (id: string, minutes: number, more: Partial<PlannedStage> = {}): PlannedStage => ({
  ...{ id, title: id, purpose: '', minutes, rows: [], outputs: [], settles: [] },
  ...more,
});

const place = { team: 'red', board: null, ritual: null, occurrence: null, period: null };

export const plan = (stages: readonly PlannedStage[] = agendaOf('weekly')): SessionCommand => ({
  ...{ type: 'plan', kind: 'weekly', title: 'Weekly of Red', plannedAt: nine, stages },
  ...place,
});

/** A meeting that runs, led by Ana, with those people in the room. */
export function running(
  people: readonly Name[] = ['ana', 'ben', 'bea'],
  stages?: readonly PlannedStage[],
): Room {
  const room = new Room().do('ana', plan(stages));
  for (const name of people) room.do(name, { type: 'arrive' });
  return room.do('ana', { type: 'start' });
}

/** Minutes of which no more is known than what happened. */
export const whole = (minutes: Minutes): WholeMinutes => ({
  minutes,
  record: null,
  from: null,
  extracts: [],
});
