import { scopeOf, termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import type { CommitmentContext } from '#domain/commitment/context.ts';
import { decide } from '#domain/commitment/decide.ts';
import { foldAll } from '#domain/commitment/fold.ts';
import type { Actor } from '#domain/event.ts';
import { refused, type Outcome } from '#domain/outcome.ts';
import type { Instant } from '#domain/time.ts';
import { commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { toRow } from './commitment-rows.ts';
import { appendEvents, type LogBook } from './recording.ts';

/** What follows a carried promise: by default the same again, to the same owner. */
export interface Succession {
  readonly choice: 'split' | 're-own' | null;
  /** With `re-own`: who is asked next. */
  readonly owner: string | null;
  /** With `split`: what each part promises. */
  readonly parts: readonly string[];
}

/** Null when the succession is whole; a split has two parts at least, another owner is really another one. */
export function checkSuccession(it: Commitment, { choice, owner, parts }: Succession): Outcome<never> | null {
  if (choice === 'split' && parts.length < 2) {
    return refused('parts-missing', 'Write what each part promises: two parts at least.', { path: 'parts' });
  }
  if (choice === 're-own' && (owner === null || owner === it.owner)) {
    return refused('owner-missing', 'Name another owner to be asked.', { path: 'owner' });
  }
  return null;
}

/**
 * Asks anew for what is carried (tracking.md T4): a fresh offer without a day, one for each part, in the chain of its
 * predecessor. It is nobody's promise until its owner accepts it with a new day. It has no card, and is read by those who
 * read what it came from.
 */
export async function offerSuccessors(
  tx: Queries,
  book: LogBook,
  carried: { readonly id: string; readonly state: Commitment; readonly ids: readonly string[] },
  { owner, parts }: Succession,
  {
    actor,
    at,
    context,
  }: { readonly actor: Actor; readonly at: Instant; readonly context: CommitmentContext },
): Promise<void> {
  const { state } = carried;
  const terms = { ...termsNow(state), due: null };
  const scope = scopeOf(state.source);
  for (const [index, id] of carried.ids.entries()) {
    const statement = parts[index] ?? terms.statement;
    // What one part is measured by is for its owner to say.
    const own =
      parts.length === 0 ? terms : { ...terms, statement, doneMeans: '', measures: [], effort: null };
    const decided = decide(
      null,
      {
        type: 'offer',
        source: {
          ...{ board: null, key: id, commit: null, snapshot: null, period: null },
          ...(scope === null ? {} : { scope }),
        },
        ...{
          owner: owner ?? state.owner,
          team: state.team,
          reviewer: state.reviewer,
          sponsor: state.sponsor,
        },
        terms: own,
        ...{ predecessor: carried.id, carryCount: state.carryCount + 1 },
        ...(state.contributesTo === undefined ? {} : { contributesTo: state.contributesTo }),
      },
      actor,
      at,
      context,
    );
    if (!decided.ok)
      throw new Error(`A carried promise could not be offered anew: ${decided.refusal.message}`);
    const after = foldAll(decided.value);
    if (after === null) throw new Error('An offer left nothing behind.');
    const events = decided.value;
    const entry = { objectKind: 'commitment', objectId: id, boardId: scope, version: 0, events } as const;
    await appendEvents(tx, book, [entry]);
    const identity = { id, organisationId: book.organisationId, createdAt: new Date(at) };
    await tx.insert(commitment).values(toRow(identity, events.length, after));
  }
}
