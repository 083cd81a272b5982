import { and, eq, inArray } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { bookRitual, decideRitual, splitRitual, type RitualContext } from '#domain/rhythm/decide-ritual.ts';
import { addDays, startOfDay } from '#domain/rhythm/local-time.ts';
import type { RitualCommand } from '#domain/rhythm/ritual-command.ts';
import type { RitualAsked, RitualTerms } from '#domain/rhythm/ritual.ts';
import type { Viewer } from '../app.ts';
import { parse } from '../organisations/input.ts';
import { person, team } from '../store/schema.ts';
import type { Queries, Transaction } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { LogBook } from '../tracking/recording.ts';
import { replanSlots } from '../tracking/replan-slots.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import type { RhythmDeps } from './deps.ts';
import { followWeekly } from './follow-weekly.ts';
import { readGround } from './ground.ts';
import { keepRitual } from './keep-ritual.ts';
import { ritualCommands, ritualTerms, type RitualCommandName } from './ritual-input.ts';
import { loadRitual } from './ritual-rows.ts';

export const noSuchRitual = refused('not-found', 'There is no such ritual in this organisation.');

/** Books any number of rituals, or none: one that is refused leaves all unbooked. Returns their ids. */
export async function bookRituals(
  deps: RhythmDeps,
  viewer: Viewer,
  rawInput: readonly unknown[],
): Promise<Outcome<readonly string[]>> {
  const terms: RitualTerms[] = [];
  for (const [index, raw] of rawInput.entries()) {
    const parsed = parse(ritualTerms, raw);
    if (!parsed.ok) return at(index, parsed);
    terms.push(parsed.value);
  }
  if (terms.length === 0) return refused('nothing-to-book', 'Choose at least one ritual to book.');
  const manages = await managedBoards(deps, viewer, terms);
  if (!manages.ok) return manages;
  return deps.store
    .transaction(async (tx) => {
      const booked = await bookWithin(tx, deps, viewer, terms, manages.value);
      // What was booked before the one that was refused must not stay.
      if (!booked.ok) throw new Refused(booked);
      return booked;
    })
    .catch((error: unknown) => {
      if (error instanceof Refused) return error.outcome;
      throw error;
    });
}

/** The same within somebody else's transaction, which must be given up when it is refused. */
export async function bookWithin(
  tx: Transaction,
  deps: Pick<RhythmDeps, 'newId' | 'now'>,
  viewer: Viewer,
  terms: readonly RitualTerms[],
  manages: ReadonlySet<string>,
): Promise<Outcome<readonly string[]>> {
  const { organisationId, organisation } = viewer;
  const known = await refuseStrangers(tx, organisationId, terms);
  if (known !== null) return known;
  const groundOf = await readGround(tx, organisationId);
  const standing = await standingOf(tx, viewer);
  const book = bookOf(deps, viewer);
  const ids: string[] = [];
  for (const [index, it] of terms.entries()) {
    const context: RitualContext = {
      ...{ ground: groundOf(it), standing },
      managesBoard: it.board !== null && manages.has(it.board),
    };
    const decided = bookRitual(it, deps.newId(), actorOf(viewer), organisation.now, context);
    if (!decided.ok) return at(index, decided);
    const id = deps.newId();
    await keepRitual(tx, book, { id }, decided.value, organisation.now);
    ids.push(id);
  }
  return allowed(ids);
}

/** One command on one ritual. Returns the id of what it became: a split goes on in its new part. */
export async function actOnRitual(
  deps: RhythmDeps,
  viewer: Viewer,
  id: string,
  name: string,
  rawInput: Readonly<Record<string, unknown>>,
): Promise<Outcome<string>> {
  if (!isUuid(id)) return noSuchRitual;
  if (!Object.hasOwn(ritualCommands, name))
    return refused('unknown-command', `A ritual has no command “${name}”.`);
  const parsed = parse(ritualCommands[name as RitualCommandName], rawInput);
  if (!parsed.ok) return parsed;
  const found = await loadRitual(deps.store.db, viewer.organisationId, id);
  if (found === null) return noSuchRitual;
  const patch = 'terms' in parsed.value ? parsed.value.terms : {};
  const terms = withPatch(found.state, patch);
  const manages = await managedBoards(deps, viewer, [found.state, terms]);
  if (!manages.ok) return manages;
  const boards: string[] = [];
  const acted = await deps.store.transaction(async (tx): Promise<Outcome<string>> => {
    const loaded = await loadRitual(tx, viewer.organisationId, id, { lock: true });
    if (loaded === null) return noSuchRitual;
    const now = viewer.organisation.now;
    const next = withPatch(loaded.state, patch);
    const known = await refuseStrangers(tx, viewer.organisationId, [next]);
    if (known !== null) return known;
    const groundOf = await readGround(tx, viewer.organisationId);
    const context: RitualContext = {
      ground: groundOf(next),
      standing: await standingOf(tx, viewer),
      managesBoard: loaded.state.board !== null && manages.value.has(loaded.state.board),
    };
    const book = bookOf(deps, viewer);
    const actor = actorOf(viewer);
    if (name === 'split') {
      const { from, reason } = ritualCommands.split.parse(rawInput);
      const newPart = deps.newId();
      const split = splitRitual(
        loaded.state,
        { from, terms: next, next: newPart, reason },
        actor,
        now,
        context,
      );
      if (!split.ok) return split;
      await keepRitual(tx, book, loaded, split.value.before, now);
      await keepRitual(tx, book, { id: newPart }, split.value.after, now);
      const moved = await followWeekly(tx, viewer, loaded.state, next, {
        recordedAt: book.recordedAt,
        reason,
      });
      // Meetings before the split keep their check-ins; the first one after it is asked for a day before.
      const since = Math.max(now, startOfDay(addDays(from, -2), next.zone));
      const anew = { boards: moved, from: since };
      boards.push(...(await replanSlots(tx, viewer.organisationId, now, deps.newId, anew)));
      return allowed(newPart);
    }
    const decided = decideRitual(loaded.state, toCommand(name, parsed.value, next), actor, now, context);
    if (!decided.ok) return decided;
    await keepRitual(tx, book, loaded, decided.value, now);
    const moved =
      name === 'change'
        ? await followWeekly(tx, viewer, loaded.state, next, { recordedAt: book.recordedAt, reason: null })
        : [];
    if (loaded.state.kind === 'weekly') {
      const anew = { boards: moved, from: now };
      boards.push(...(await replanSlots(tx, viewer.organisationId, now, deps.newId, anew)));
    }
    return allowed(id);
  });
  if (acted.ok) for (const boardId of new Set(boards)) deps.truthChanged(boardId);
  return acted;
}

/** Boards of the terms that the viewer manages; refused when one is none of the viewer's. */
export async function managedBoards(
  deps: Pick<RhythmDeps, 'boardRight'>,
  viewer: Viewer,
  terms: readonly Pick<RitualAsked, 'board'>[],
): Promise<Outcome<ReadonlySet<string>>> {
  const manages = new Set<string>();
  for (const boardId of new Set(terms.flatMap(({ board }) => board ?? []))) {
    const right = await deps.boardRight(viewer, boardId);
    if (right === 'none')
      return refused('unknown-board', 'Choose a board of this organisation.', { path: 'board' });
    if (right === 'manage') manages.add(boardId);
  }
  return allowed(manages);
}

export const bookOf = (deps: Pick<RhythmDeps, 'now'>, { organisationId, organisation }: Viewer): LogBook => ({
  organisationId,
  recordedAt: deps.now(),
  zone: organisation.timezone,
});

/** Given fields over those there are; `undefined` is not given. */
function withPatch(
  state: RitualTerms,
  patch: { readonly [K in keyof RitualTerms]?: RitualTerms[K] | undefined },
): RitualTerms {
  const { kind, title, teams, board, rule, time, rotation, zone, durationMinutes, adjust, holidays } = state;
  const { starts, ends, rota, quorum } = state;
  const before: RitualTerms = {
    ...{ kind, title, teams, board, rule, time, rotation, zone, durationMinutes, adjust, holidays },
    ...{ starts, ends, rota, quorum },
  };
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(given) as Partial<RitualTerms>) };
}

function toCommand(name: string, input: unknown, terms: RitualTerms): RitualCommand {
  const it = input as Readonly<Record<string, string>>;
  const [date, reason] = [it.date ?? '', it.reason ?? ''];
  switch (name) {
    case 'change':
      return { type: 'change', terms };
    case 'skip':
      return { type: 'skip', date, reason };
    case 'move':
      return { type: 'move', date, to: { date: it.toDate ?? '', time: it.toTime ?? '' }, reason };
    case 'add':
      return { type: 'add', date, time: it.time ?? '', reason };
    case 'restore':
      return { type: 'restore', date };
    default:
      return { type: 'end', reason };
  }
}

/** Nobody books for teams or persons of elsewhere. */
async function refuseStrangers(
  queries: Queries,
  organisationId: string,
  terms: readonly Pick<RitualTerms, 'teams' | 'rota'>[],
): Promise<Outcome<never> | null> {
  const teams = [...new Set(terms.flatMap((it) => it.teams))];
  const people = [...new Set(terms.flatMap((it) => it.rota))];
  const knownTeams =
    teams.length === 0
      ? []
      : await queries
          .select({ id: team.id })
          .from(team)
          .where(and(eq(team.organisationId, organisationId), inArray(team.id, teams)));
  if (knownTeams.length < teams.length) {
    return refused('unknown-team', 'Choose teams of this organisation.', { path: 'teams' });
  }
  const knownPeople =
    people.length === 0
      ? []
      : await queries
          .select({ id: person.id })
          .from(person)
          .where(and(eq(person.organisationId, organisationId), inArray(person.id, people)));
  return knownPeople.length < people.length
    ? refused('unknown-person', 'Choose persons of this organisation.', { path: 'rota' })
    : null;
}

/** A refusal that says which of several it is about. */
function at(index: number, { refusal }: Extract<Outcome<unknown>, { ok: false }>): Outcome<never> {
  const faults = refusal.faults?.map((it) => ({ ...it, path: `rituals.${index}.${it.path}` }));
  return refused(refusal.code, refusal.message, {
    path: `rituals.${index}${refusal.path === undefined || refusal.path === '' ? '' : `.${refusal.path}`}`,
    ...(faults === undefined ? {} : { faults }),
  });
}

class Refused extends Error {
  readonly outcome: Outcome<never>;
  constructor(outcome: Outcome<never>) {
    super('refused');
    this.outcome = outcome;
  }
}
