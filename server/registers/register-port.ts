import { and, isNull, sql } from 'drizzle-orm';
import { lastValues } from '#domain/commitment/check-in.ts';
import type { Assumption } from '#domain/assumption/assumption.ts';
import { scopeOf, termsNow } from '#domain/commitment/commitment.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { refused } from '#domain/outcome.ts';
import { decideEntry } from '#domain/register/decide-entry.ts';
import { holds } from '#domain/register/metric-rule.ts';
import { nobody } from '#domain/access/standing.ts';
import { readThresholds } from '../store/read-thresholds.ts';
import type { Queries } from '../store/store.ts';
import { loadCommitment } from '../tracking/commitment-rows.ts';
import type { DecisionWritten, RegisterPort } from '../tracking/port.ts';
import { contextFor } from './act-on-entry.ts';
import { followUp, raiseItem, triggerQuietly, type Acting } from './effects.ts';
import { columnsOf, keepEntry, loadEntry, readEntries } from './entry-rows.ts';
import { registerParts } from './parts.ts';
import { replayRegisters } from './replay-registers.ts';
import { seesEntry } from './sees-entry.ts';

/** What promises ask of the registers, within the transaction of the promise. */
export function createRegisterPort(deps: { readonly newId: () => string }): RegisterPort {
  return {
    async checkDecision(tx, viewer, decisionId) {
      const found = await loadEntry(tx, 'decision', viewer.organisationId, decisionId);
      if (found === null || !seesEntry({ seer: viewer }, found.state)) {
        const message = 'There is no such decision in this organisation: choose one of the list.';
        return refused('unknown-decision', message, { path: 'decisionId' }).refusal;
      }
      const taken = ['decided', 'in-force', 'revisit-due', 'reaffirmed'];
      if (taken.includes(found.state.status)) return null;
      const message = `“${found.state.title}” is ${found.state.status}: choose a decision that is taken.`;
      return refused('decision-open', message, { path: 'decisionId' }).refusal;
    },
    async writeDecision(tx, input) {
      const acting = await actingFor(tx, deps, input);
      const { question, chosen, rationale, commitmentId, boardId, team } = input;
      const place = { board: boardId, team, affects: [commitmentId] };
      const command = { type: 'open', question, chosen, rationale, ...place } as const;
      const { actor, at, context } = acting;
      const rules = registerParts.decision.rules;
      const decided = decideEntry(rules, null, { command, actor, at, context });
      if (!decided.ok) throw new Error(`a decision about a promise was refused: ${decided.refusal.code}`);
      const id = deps.newId();
      await keepEntry(tx, acting.book, 'decision', { id, version: 0, before: null }, decided.value);
      return id;
    },
    async askDecision(tx, input) {
      const acting = await actingFor(tx, deps, input);
      const { question, decider, neededBy, boardId, team, affects } = input;
      const command = {
        ...{ type: 'open', kind: 'trade-off', question, decider, neededBy, board: boardId, team, affects },
      } as const;
      const { actor, at, context } = acting;
      const decided = decideEntry(registerParts.decision.rules, null, { command, actor, at, context });
      if (!decided.ok) throw new Error(`a decision two teams need was refused: ${decided.refusal.code}`);
      const id = deps.newId();
      await keepEntry(tx, acting.book, 'decision', { id, version: 0, before: null }, decided.value);
      return id;
    },
    async carried(tx, input) {
      const { statement, weight, team, boardId, commitmentId, successors } = input;
      const item = { kind: 'issue', origin: 'carried', title: statement, detail: '', weight };
      const from = { id: commitmentId, after: { team, board: boardId, affects: successors } };
      await raiseItem(tx, await actingFor(tx, deps, input), from, item);
    },
    replay: (tx, { at, ...book }) => replayRegisters(tx, book, at),
    measured: (tx, input) => checkMetrics(tx, deps, input),
  };
}

type Measured = Parameters<RegisterPort['measured']>[1];

/** Looks at every assumption that watches a measure of this commitment; a broken rule makes it doubtful by itself. */
async function checkMetrics(
  tx: Queries,
  deps: { readonly newId: () => string },
  input: Measured,
): Promise<void> {
  const { organisationId, commitmentId } = input;
  const [assumptions, decisions] = [columnsOf('assumption'), columnsOf('decision')];
  const watching = await readEntries(
    tx,
    'assumption',
    organisationId,
    and(
      sql`${assumptions.state}->'signpost'->>'kind' = 'metric'`,
      sql`${assumptions.state}->'signpost'->>'commitment' = ${commitmentId}`,
    ),
  );
  const resting = await readEntries(
    tx,
    'decision',
    organisationId,
    and(
      isNull(decisions.closedAt),
      sql`${decisions.state}->'triggerMetric'->>'commitment' = ${commitmentId}`,
    ),
  );
  if (watching.length + resting.length === 0) return;
  const loaded = await loadCommitment(tx, organisationId, commitmentId);
  if (loaded === null) return;
  const values = lastValues(loaded.state.checkIns);
  // Nobody says that it is broken: the numbers do.
  const actor = { person: null, via: 'clock' } as const;
  const acting = await actingFor(tx, deps, { ...input, standing: nobody, actor });
  for (const { row, state } of resting) {
    const { triggerMetric: rule = null } = state as Decision;
    const value = rule === null ? undefined : values[rule.measure];
    if (rule === null || value === undefined || holds(rule, value)) continue;
    const measure = termsNow(loaded.state).measures.find(({ key }) => key === rule.measure);
    await triggerQuietly(tx, acting, row.id, {
      words: `“${measure?.title ?? 'Its measure'}” stands at ${value}.`,
      instead: 'The measure it is watched by broke its rule, on a board that not everybody sees.',
      from: scopeOf(loaded.state.source),
    });
  }
  for (const { row, state } of watching) {
    const { signpost } = state as Assumption;
    const value = signpost.kind === 'metric' ? values[signpost.measure] : undefined;
    if (value === undefined) continue;
    const command = { type: 'breach', value } as const;
    const { at, context } = acting;
    const decided = decideEntry(registerParts.assumption.rules, state, { command, actor, at, context });
    if (!decided.ok || decided.value.length === 0) continue;
    const entry = { id: row.id, version: row.version, before: state };
    const after = await keepEntry(tx, acting.book, 'assumption', entry, decided.value);
    await followUp(tx, acting, {
      ...{ kind: 'assumption', id: row.id, before: state, after },
      events: decided.value,
    });
  }
}

async function actingFor(
  queries: Queries,
  deps: { readonly newId: () => string },
  {
    organisationId,
    zone,
    depth,
    actor,
    standing,
    at,
    recordedAt,
  }: Pick<DecisionWritten, 'organisationId' | 'zone' | 'depth' | 'actor' | 'standing' | 'at' | 'recordedAt'>,
): Promise<Acting> {
  const { registers: settings } = await readThresholds(queries, organisationId);
  return {
    ...{ deps, actor, at, context: contextFor(standing, zone, settings) },
    book: { organisationId, recordedAt, zone },
    facts: { organisationId, zone, depth },
  };
}
