import { and, eq, sql } from 'drizzle-orm';
import { decisionDemanded, demandQuestion, type DemandReason } from '#domain/dependency/decision-demand.ts';
import type { DependencyCommand } from '#domain/dependency/command.ts';
import { decide } from '#domain/dependency/decide.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { commitment, team } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { changedMeanwhile, isPersonOf } from './act-on-commitment.ts';
import { dependencyContext } from './dependency-context.ts';
import { readMove } from './dependency-input.ts';
import { loadDependency, type LoadedDependency } from './dependency-rows.ts';
import type { TrackingDeps } from './deps.ts';
import { keepDependency } from './keep-dependency.ts';
import type { DecisionAsked } from './port.ts';
import { seesAsk } from './seen.ts';
import { actorOf, standingOf } from './standing.ts';

export const noSuchDependency = refused('not-found', 'There is no such ask in this organisation.');

/** One move of a person in the handshake, in one transaction. Returns the board whose truth changed. */
export async function actOnDependency(
  deps: TrackingDeps,
  viewer: Viewer,
  id: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Outcome<{ readonly boardId: string }>> {
  if (!isUuid(id)) return noSuchDependency;
  const { organisationId, organisation } = viewer;
  const facts = { organisationId, zone: organisation.timezone, depth: organisation.depth };
  return deps.store.transaction(async (tx) => {
    const loaded = await loadDependency(tx, organisationId, { id }, { lock: true });
    if (loaded === null || !seesAsk(viewer, loaded.state)) return noSuchDependency;
    const { row, state } = loaded;
    const read = readMove(name, input, { person: viewer.personId, neededBy: state.ask.neededBy });
    if (!read.ok) return read;
    const { command, version } = read.value;
    if (version !== undefined && version !== row.version) return changedMeanwhile;
    const stranger = await refuseStranger(tx, organisationId, command);
    if (stranger !== null) return stranger;
    const named = 'decisionId' in command ? (command.decisionId ?? '') : '';
    const undecided = named === '' ? null : await deps.registers.checkDecision(tx, viewer, named);
    if (undecided !== null) return { ok: false, refusal: undecided };
    const ask = { id: row.id, boardId: row.boardId, providerTeam: row.providerTeamId };
    const standing = await standingOf(tx, viewer);
    const context = await dependencyContext(tx, facts, ask, standing);
    const decided = decide(state, command, actorOf(viewer), organisation.now, context);
    if (!decided.ok) return decided;
    const book = { organisationId, recordedAt: deps.now(), zone: organisation.timezone };
    await keepDependency(tx, book, { identity: row, version: row.version, before: state }, decided.value);
    const reason = decisionDemanded(state, decided.value);
    if (reason !== null) {
      const acting = { ...facts, ...book, actor: actorOf(viewer), standing, at: organisation.now };
      await demandDecision(deps, tx, acting, { row, state, reason });
    }
    return allowed({ boardId: row.boardId });
  });
}

/**
 * Opens the question both teams cannot settle, for whoever sponsors the promise that needs it, else its owner: the ask
 * waits for it, and so does the promise (tracking.md T5).
 */
async function demandDecision(
  { registers }: TrackingDeps,
  tx: Queries,
  acting: Omit<DecisionAsked, 'question' | 'decider' | 'neededBy' | 'affects' | 'boardId' | 'team'>,
  { row, state, reason }: Pick<LoadedDependency, 'row' | 'state'> & { readonly reason: DemandReason },
): Promise<void> {
  const { organisationId } = acting;
  const { requester, provider, ask } = state;
  const [promise] = await tx
    .select({ id: commitment.id, sponsor: sql<string | null>`${commitment.state}->>'sponsor'` })
    .from(commitment)
    .where(and(eq(commitment.boardId, row.boardId), eq(commitment.objectKey, row.requesterKey ?? '')));
  const decider = promise?.sponsor ?? requester.owner ?? acting.actor.person;
  if (decider === null) return;
  const teams = await tx
    .select({ id: team.id, name: team.name })
    .from(team)
    .where(eq(team.organisationId, organisationId));
  const nameOf = (id: string | null) => teams.find((it) => it.id === id)?.name ?? 'another team';
  await registers.askDecision(tx, {
    ...acting,
    ...{ decider, neededBy: ask.neededBy, boardId: row.boardId, team: requester.team },
    question: demandQuestion(reason, ask.what, nameOf(requester.team), nameOf(provider.team)),
    affects: promise === undefined ? [] : [promise.id],
  });
}

/** Everybody who is named belongs to the organisation. */
async function refuseStranger(tx: Queries, organisationId: string, command: DependencyCommand) {
  const named = [
    'person' in command ? (command.person ?? null) : null,
    'owner' in command ? (command.owner ?? null) : null,
  ];
  for (const id of named) {
    if (id === null || (await isPersonOf(tx, organisationId, id))) continue;
    return refused('unknown-person', 'Choose a person of this organisation.', { path: 'person' });
  }
  return null;
}
