import type { SessionContext } from '#domain/facilitation/asked.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import { decide } from '#domain/facilitation/decide.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import type { LiveSession } from '#protocol/views/facilitation.ts';

/** Who presses, as far as the rules look at it. */
export interface Presser {
  readonly person: string;
  readonly mayWrite: boolean;
}

/** A command of which some fields are still empty. */
export type CommandDraft = { readonly type: SessionCommand['type'] } & Readonly<Record<string, unknown>>;

/** What a form that is not filled in yet stands for: rules may look at every field. */
const blank = {
  ...{ id: '', title: '', text: '', how: 'discussed', value: 0, minutes: 1, before: null },
  ...{ output: null, items: [], presenter: null, link: null, note: '' },
} as const;
const blankStage = { id: '', title: '', purpose: '', minutes: 1, rows: [], outputs: [], settles: [] };

/** What only the server can know, or what is still being typed: about these a button says nothing beforehand. */
const saidLater: readonly string[] = ['invalid', 'outputs-missing', 'changed-rev'];

/**
 * Why the rules would refuse a command now, before it is sent; null when they would not, or when only the server can tell.
 * The same function decides there, for good.
 */
export function refuseEarly(
  session: LiveSession,
  draft: CommandDraft,
  by: Presser,
  at: Instant,
): string | null {
  const command = {
    ...blank,
    ...(draft.type === 'insert' ? { stage: blankStage } : {}),
    ...draft,
  } as unknown as SessionCommand;
  const decided = decide(
    toSession(session),
    { command, commandId: '', expectedRev: session.rev, seen: false },
    { person: by.person, via: 'session' },
    // The clock of a window runs between the milliseconds; the rules count whole ones.
    Math.round(at),
    contextOf(session, command, by),
  );
  return decided.ok || saidLater.includes(decided.refusal.code) ? null : decided.refusal.message;
}

/** Ratings come without names: whose they are decides nothing. */
export function toSession(live: LiveSession): Session {
  return { ...live, ratings: Object.fromEntries(live.ratings.entries()) };
}

function contextOf(session: LiveSession, command: SessionCommand, by: Presser): SessionContext {
  const item =
    command.type === 'reveal'
      ? session.ballots.flatMap(({ items }) => items).find(({ id }) => id === command.item)
      : undefined;
  return {
    standing: {
      ...{ person: by.person, role: by.mayWrite ? 'member' : 'observer' },
      ...{ leadOf: [], memberOf: [], leaderless: [] },
    },
    // The server has said who may take over: whoever may stands first in line here.
    leads: session.takeOver,
    administrators: [],
    // How many have voted is known, what is not: enough to say whether a reveal would keep the secret.
    hidden: item === undefined ? {} : { [item.id]: Array.from({ length: item.votes }, () => 0) },
    hiddenNamed:
      item === undefined
        ? {}
        : { [item.id]: Object.fromEntries(Array.from({ length: item.votes }, (_, nth) => [nth, 0])) },
    ...{ votedBefore: false, openRows: [], closes: null, changed: null, lastSeen: {} },
  };
}
