import type { DependencyCommand } from '#domain/dependency/command.ts';
import { decide } from '#domain/dependency/decide.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { changedMeanwhile, isPersonOf } from './act-on-commitment.ts';
import { dependencyContext } from './dependency-context.ts';
import { readMove } from './dependency-input.ts';
import { loadDependency } from './dependency-rows.ts';
import type { TrackingDeps } from './deps.ts';
import { keepDependency } from './keep-dependency.ts';
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
    if (loaded === null) return noSuchDependency;
    const { row, state } = loaded;
    const read = readMove(name, input, { person: viewer.personId, neededBy: state.ask.neededBy });
    if (!read.ok) return read;
    const { command, version } = read.value;
    if (version !== undefined && version !== row.version) return changedMeanwhile;
    const stranger = await refuseStranger(tx, organisationId, command);
    if (stranger !== null) return stranger;
    const ask = { id: row.id, boardId: row.boardId, providerTeam: row.providerTeamId };
    const context = await dependencyContext(tx, facts, ask, await standingOf(tx, viewer));
    const decided = decide(state, command, actorOf(viewer), organisation.now, context);
    if (!decided.ok) return decided;
    const book = { organisationId, recordedAt: deps.now(), zone: organisation.timezone };
    await keepDependency(tx, book, { identity: row, version: row.version, before: state }, decided.value);
    return allowed({ boardId: row.boardId });
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
