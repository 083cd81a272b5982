import { and, eq } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { CommitmentCommand } from '#domain/commitment/command.ts';
import { scopeOf, termsNow } from '#domain/commitment/commitment.ts';
import { decide } from '#domain/commitment/decide.ts';
import { decisionToWrite } from '#domain/commitment/decide-rescope.ts';
import { mayStandIn } from '#domain/commitment/roles.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { CheckInInput } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { person } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import type { Queries } from '../store/store.ts';
import { contextOf } from './commitment-context.ts';
import { isPeriodOf } from './period-choices.ts';
import { readContributionFacts } from './contribution-facts.ts';
import { readCommitmentCommand, type CommandAsked } from './commitment-input.ts';
import { loadCommitment } from './commitment-rows.ts';
import { keepCommitment } from './keep-commitment.ts';
import type { TrackingDeps } from './deps.ts';
import { loadRecent } from './recent-history.ts';
import { seesPromise } from './seen.ts';
import { actorOf, standingOf } from './standing.ts';
import { checkSuccession, offerSuccessors, type Succession } from './successors.ts';

const sameAgain: Succession = { choice: null, owner: null, parts: [] };

export const noSuchCommitment = refused('not-found', 'There is no such commitment in this organisation.');

/** Says that somebody else was faster, so that nobody answers what has changed meanwhile. */
export const changedMeanwhile = refused(
  'changed-meanwhile',
  'This changed while you were looking at it. Look again, then decide.',
);

/** What came of a command: the board whose truth changed, and what its maker is. */
export interface Acted {
  readonly boardId: string | null;
  readonly standing: Standing;
}

/** One command of a person on a commitment, in one transaction. */
export async function actOnCommitment(
  deps: TrackingDeps,
  viewer: Viewer,
  id: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Outcome<Acted>> {
  const read = readCommitmentCommand(name, input, viewer.organisation.now);
  return read.ok ? run(deps, viewer, id, read.value) : read;
}

/** A check-in of its owner: as a command, with what the form leaves out filled in. */
export async function checkInOnCommitment(
  deps: TrackingDeps,
  viewer: Viewer,
  id: string,
  input: CheckInInput & { readonly noMovement?: boolean },
): Promise<Outcome<Acted>> {
  const { version, blocker } = input;
  const command = {
    type: 'check-in',
    id: deps.newId(),
    values: input.values ?? {},
    status: input.status,
    confidence: input.confidence,
    whatChanged: input.whatChanged ?? '',
    nextStep: input.nextStep ?? '',
    blocker: blocker ? { ...blocker, owner: blocker.owner ?? null, by: blocker.by ?? null } : null,
    helpWanted: input.helpWanted ?? '',
    link: input.link ?? null,
    noMovement: input.noMovement ?? false,
  } as CommitmentCommand;
  return run(deps, viewer, id, { command, version, onBehalfOf: null, succession: null });
}

async function run(
  deps: TrackingDeps,
  viewer: Viewer,
  id: string,
  { command: given, version, onBehalfOf, succession }: CommandAsked,
): Promise<Outcome<Acted>> {
  if (!isUuid(id)) return noSuchCommitment;
  const { organisationId, organisation } = viewer;
  const facts = { organisationId, zone: organisation.timezone, depth: organisation.depth };
  return deps.store.transaction(async (tx) => {
    const loaded =
      given.type === 'check-in'
        ? await loadRecent(tx, organisationId, id, organisation.now, { lock: true })
        : await loadCommitment(tx, organisationId, id, { lock: true });
    if (loaded === null || !seesPromise(viewer, loaded.state)) return noSuchCommitment;
    if (version !== undefined && version !== loaded.row.version) return changedMeanwhile;
    const stranger = await refuseStranger(tx, organisationId, given);
    if (stranger !== null) return stranger;
    const unknown = await refuseDecision(deps, tx, viewer, given);
    if (unknown !== null) return unknown;
    const standing = await standingOf(tx, viewer);
    const chosen = given.type === 'accept' ? (given.fill?.period ?? null) : null;
    if (chosen !== null && !(await isPeriodOf(tx, organisationId, chosen))) return noSuchPeriod;
    const context = await contextOf(tx, facts, loaded, standing, {
      chosen,
      report: given.type === 'check-in',
      contribution: await readContributionFacts(tx, viewer, loaded, given),
    });
    const at = organisation.now;
    const next = given.type === 'carry' ? (succession ?? sameAgain) : null;
    const broken = next === null ? null : checkSuccession(loaded.state, next);
    if (broken !== null) return broken;
    if (next !== null && next.owner !== null && !(await isPersonOf(tx, organisationId, next.owner))) {
      return refused('unknown-person', 'Choose a person of this organisation.', { path: 'owner' });
    }
    const ids = next === null ? [] : (next.parts.length === 0 ? [''] : next.parts).map(() => deps.newId());
    const command: CommitmentCommand = given.type === 'carry' ? { ...given, to: ids[0] ?? '' } : given;
    const decideAs = (owner: string | null, asked = command) =>
      decide(loaded.state, asked, actorOf(viewer, owner), at, context);
    const asked = decideAs(onBehalfOf);
    // Whom the owner named speaks for him without having to say so each time; the log says it for ever.
    const speaksFor = mayStandIn(loaded.state, viewer.personId, standing) ? loaded.state.owner : null;
    const mayNot = !asked.ok && asked.refusal.code === 'not-yours';
    const owner = mayNot && speaksFor !== null ? speaksFor : onBehalfOf;
    const first = mayNot && speaksFor !== null ? decideAs(speaksFor) : asked;
    if (!first.ok) return first;
    const book = { organisationId, recordedAt: deps.now(), zone: organisation.timezone };
    const acting = { ...facts, actor: actorOf(viewer, owner), standing, at, recordedAt: book.recordedAt };
    const written = decisionToWrite(loaded.state, command, { at, context });
    let decided = first;
    if (written !== null) {
      const about = { commitmentId: id, boardId: scopeOf(loaded.state.source), team: loaded.state.team };
      const decisionId = await deps.registers.writeDecision(tx, { ...acting, ...about, ...written });
      const again = decideAs(owner, { ...command, decisionId } as CommitmentCommand);
      if (again.ok) decided = again;
    }
    await keepCommitment(tx, book, loaded, decided.value, deps.newId);
    if (next !== null) {
      const by = { actor: actorOf(viewer), at: organisation.now, context };
      await offerSuccessors(tx, book, { id, state: loaded.state, ids }, next, by);
      const { statement, weight } = termsNow(loaded.state);
      const from = { boardId: scopeOf(loaded.state.source), team: loaded.state.team, statement, weight };
      await deps.registers.carried(tx, { ...acting, ...from, commitmentId: id, successors: ids });
    }
    if (command.type === 'check-in') {
      await deps.registers.measured(tx, { ...acting, commitmentId: id });
    }
    return allowed({ boardId: loaded.row.boardId, standing });
  });
}

const noSuchPeriod = refused('unknown-period', 'Choose a plan period from the list.', { path: 'period' });

/** A decision that is named must be there and taken. */
async function refuseDecision(
  { registers }: TrackingDeps,
  tx: Queries,
  viewer: Viewer,
  command: CommitmentCommand,
) {
  const id = 'decisionId' in command ? (command.decisionId ?? '') : '';
  if (id === '') return null;
  const refusal = await registers.checkDecision(tx, viewer, id);
  return refusal === null ? null : { ok: false as const, refusal };
}

/** Nobody hands anything to somebody of elsewhere. */
async function refuseStranger(tx: Queries, organisationId: string, command: CommitmentCommand) {
  const named =
    command.type === 'hand-over' ? command.to : command.type === 'name-delegate' ? command.person : null;
  if (named === null || (await isPersonOf(tx, organisationId, named))) return null;
  return refused('unknown-person', 'Choose a person of this organisation.', { path: 'person' });
}

/** True for somebody of the organisation. */
export async function isPersonOf(queries: Queries, organisationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const [found] = await queries
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, id), eq(person.organisationId, organisationId)));
  return found !== undefined;
}
