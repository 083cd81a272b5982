import { mayWrite } from '../access/standing.ts';
import type { Actor, DomainEvent } from '../event.ts';
import { allowed, refused, type Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type {
  ActRule,
  Entry,
  EntryAsked,
  EntryContext,
  EntryOutcome,
  EntryRole,
  EntryRules,
} from './entry.ts';
import { entryRolesOf, entryRoleWords } from './entry-roles.ts';

/**
 * What follows from a command on an entry of any register: events, or why not. What the clock has done by then comes
 * first and is part of the answer.
 */
export function decideEntry<S extends Entry, C extends { readonly type: string }, E extends DomainEvent>(
  rules: EntryRules<S, C, E>,
  state: S | null,
  asked: EntryAsked<C>,
): EntryOutcome<E> {
  const { command, actor, at, context } = asked;
  if (command.type === rules.opens) {
    if (state !== null) return refused('wrong-state', `This ${rules.noun} is there already.`);
    if (actor.via !== 'clock' && (actor.person !== context.standing.person || !mayWrite(context.standing))) {
      return refused('not-yours', 'Observers look on. Ask an administrator to make you a member.');
    }
    return rules.open(asked);
  }
  if (state === null) return refused('not-found', `There is no such ${rules.noun}.`);
  const clock = rules.clock(state, at, context);
  if (command.type === 'tick') return allowed(clock);
  const it = foldEntry(rules, clock, state) ?? state;
  const stopped = refuseActor(rules, it, asked);
  if (stopped !== null) return stopped;
  const decided = rules.act(it, asked);
  return decided.ok ? allowed([...clock, ...decided.value]) : decided;
}

/** The state after all events. */
export function foldEntry<S extends Entry, C extends { readonly type: string }, E extends DomainEvent>(
  rules: EntryRules<S, C, E>,
  events: readonly E[],
  from: S | null = null,
): S | null {
  return events.reduce<S | null>((state, event) => rules.fold(state, event), from);
}

/** What this person may do now; the same table refuses in `decideEntry`. */
export function entryMoves<S extends Entry, C extends { readonly type: string }, E extends DomainEvent>(
  rules: EntryRules<S, C, E>,
  it: S,
  { actor, context }: { readonly actor: Actor; readonly at: Instant; readonly context: EntryContext },
): readonly string[] {
  return openActs(rules, it, entryRolesOf(it, actor, context.standing));
}

/** The same for who has these roles, of an entry of which a list knows only how it stands. */
export function openActs(
  rules: { readonly acts: Readonly<Record<string, ActRule>> },
  it: Pick<Entry, 'status'>,
  roles: ReadonlySet<EntryRole>,
): readonly string[] {
  return Object.entries(rules.acts)
    .filter(([, rule]) => rule.silent !== true && fits(rule, it, roles))
    .map(([type]) => type);
}

const fits = (rule: ActRule, it: Pick<Entry, 'status'>, roles: ReadonlySet<EntryRole>): boolean =>
  rule.from.includes(it.status) && rule.by.some((role) => roles.has(role));

function refuseActor<S extends Entry, C extends { readonly type: string }, E extends DomainEvent>(
  rules: EntryRules<S, C, E>,
  it: S,
  { command, actor, context }: EntryAsked<C>,
): Extract<Outcome<never>, { ok: false }> | null {
  const rule = rules.acts[command.type];
  if (rule === undefined) return refused('unknown-command', `There is no act called "${command.type}".`);
  if (!rule.from.includes(it.status)) {
    const word = it.status.replaceAll('-', ' ');
    return refused('wrong-state', `This ${rules.noun} is ${word}: nobody can ${rule.does} now.`);
  }
  if (fits(rule, it, entryRolesOf(it, actor, context.standing))) return null;
  const who = rule.by.map((role) => (role === 'owner' ? rules.ownerWord : entryRoleWords[role])).join(' or ');
  return refused('not-yours', `Only ${who} can ${rule.does}.`);
}
