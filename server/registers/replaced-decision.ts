import type { Decision } from '#domain/decision/decision.ts';
import { decisionRules } from '#domain/decision/decision-rules.ts';
import type { DomainEvent } from '#domain/event.ts';
import { refused, type Outcome } from '#domain/outcome.ts';
import { decideEntry } from '#domain/register/decide-entry.ts';
import type { Entry } from '#domain/register/entry.ts';
import type { Queries } from '../store/store.ts';
import type { Acting } from './effects.ts';
import { loadEntry } from './entry-rows.ts';
import { saidElsewhere } from './said-elsewhere.ts';

/**
 * Refuses a decision that would take the place of one that is not taken, or of one that is not its decider's to end.
 * Locks the other one, so that nobody else ends it meanwhile.
 */
export async function refuseReplacing(
  tx: Queries,
  { actor, at, context, book }: Acting,
  before: Entry | null,
  { after, events }: { readonly after: Entry; readonly events: readonly DomainEvent[] },
): Promise<Extract<Outcome<never>, { ok: false }> | null> {
  const { supersedes } = after as Decision;
  if (supersedes === null) return null;
  const named = supersedes !== (before as Decision | null)?.supersedes;
  const taken = events.some(({ type }) => type === 'decided');
  if (!named && !taken) return null;
  const old = await loadEntry(tx, 'decision', book.organisationId, supersedes, { lock: true });
  if (old === null) return null;
  const command = { type: 'supersede', by: supersedes } as const;
  const decided = decideEntry(decisionRules, old.state as Decision, { command, actor, at, context });
  if (decided.ok) return null;
  const { code } = decided.refusal;
  const { status, board: from } = old.state;
  const said = { words: `“${old.state.title}”`, instead: 'The decision it replaces', from };
  const title = await saidElsewhere(tx, said, after.board);
  if (code === 'wrong-state' && named) {
    const message = `${title} is ${status.replaceAll('-', ' ')}: only a decision that stands can be replaced.`;
    return refused('not-taken', message, { path: 'supersedes' });
  }
  if (code !== 'not-yours' || !taken) return null;
  const message = `Only the decider of ${title.startsWith('“') ? title : 'the decision it replaces'}, who wrote it down, its team's lead or a session can put another in its place.`;
  return refused('not-yours', message, { path: 'supersedes' });
}
