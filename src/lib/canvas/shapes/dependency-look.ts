import type { DependencyMeta } from '#board/schema/shapes.ts';
import type { LocalDate } from '#domain/time.ts';
import type { DependencyTruth } from '#protocol/views/tracking.ts';
import type { Tone } from '../contract.ts';
import { sayDay } from './words.ts';

/** Line style says how far the two teams agree, colour says timing only (tracking.md T5). */
export interface DependencyLook {
  readonly line: 'dotted' | 'dashed' | 'solid' | 'double';
  readonly timing: 'none' | 'early' | 'tight' | 'late';
  readonly faded: boolean;
  readonly end: 'arrow' | 'tick' | 'cross';
  /** Null: not drawn at all. */
  readonly chip: { readonly text: string; readonly tone: Tone } | null;
}

const tones = { none: 'plain', early: 'ok', tight: 'risk', late: 'off' } as const;

const lines: Readonly<Record<string, DependencyLook['line']>> = {
  draft: 'dotted',
  requested: 'dashed',
  countered: 'dashed',
};

/** Withdrawn asks are not drawn. */
export const isWithdrawn = (truth: DependencyTruth | null): boolean => truth?.status === 'withdrawn';

/** How a dependency looks. `truth` is null until the server knows of it: a draft. */
export function lookOf(
  meta: DependencyMeta,
  truth: DependencyTruth | null,
  today: LocalDate,
): DependencyLook {
  const status = truth?.status ?? 'draft';
  const reopened = truth?.flags.includes('reopened') ?? false;
  const refused = status === 'declined' || status === 'revoked';
  const over = status === 'delivered' || status === 'confirmed';
  const timing = truth?.timing ?? 'none';
  return {
    line: status === 'accepted' && reopened ? 'double' : (lines[status] ?? 'solid'),
    timing,
    faded: over,
    end: refused ? 'cross' : over ? 'tick' : 'arrow',
    chip: { text: chipText(meta, truth, today), tone: refused ? 'off' : tones[timing] },
  };
}

/** What and by when: `✓ Ledger API by 1 Feb`, `asked · Ledger API, needs 20 Mar`. */
function chipText(meta: DependencyMeta, truth: DependencyTruth | null, today: LocalDate): string {
  const what = meta.what.trim() === '' ? 'something' : meta.what.trim();
  const short = what.length > 44 ? `${what.slice(0, 43)}…` : what;
  const needed = truth?.neededBy ?? meta.neededBy;
  const needs = needed === null ? '' : `, needs ${sayDay(needed, today)}`;
  if (!truth || truth.status === 'draft') return `not sent · ${short}${needs}`;
  const promised = truth.promisedFor === null ? '' : ` by ${sayDay(truth.promisedFor, today)}`;
  if (truth.status === 'accepted' && !truth.flags.includes('reopened')) {
    const warning = truth.flags.includes('late')
      ? 'late · '
      : truth.flags.includes('at-risk')
        ? 'at risk · '
        : '';
    return `✓ ${warning}${short}${promised}`;
  }
  if (truth.status === 'countered') return `${truth.word} · ${short}${promised}${needs}`;
  if (truth.status === 'requested') return `${truth.word} · ${short}${needs}`;
  return `${truth.word} · ${short}`;
}
