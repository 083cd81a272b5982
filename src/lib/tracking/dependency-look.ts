import type { DependencyRow } from '#protocol/views/tracking.ts';

interface ChipLook {
  readonly tone: 'ok' | 'risk' | 'off' | 'stale' | 'done' | 'accent' | 'plain';
  readonly shape: string;
  readonly words: string;
}

/** Agreement as shape and word, timing as colour (tracking.md T5); the most pressing flag is said. */
export function chipOf(
  it: Pick<DependencyRow, 'status' | 'word' | 'flags' | 'timing' | 'slipDays'>,
): ChipLook {
  const flags = new Set(it.flags);
  const words = (more: string): string => `${it.word}, ${more}`;
  switch (it.status) {
    case 'draft':
      return { tone: 'plain', shape: '…', words: it.word };
    case 'requested':
      return flags.has('unanswered')
        ? { tone: 'off', shape: '?', words: words('unanswered') }
        : { tone: 'accent', shape: '?', words: it.word };
    case 'countered':
      return {
        tone: 'risk',
        shape: '⇄',
        words: flags.has('escalated') ? words('needs a decision') : it.word,
      };
    case 'accepted':
      if (flags.has('late')) return { tone: 'off', shape: '■', words: `${Math.max(1, it.slipDays)} d late` };
      if (flags.has('reopened')) return { tone: 'risk', shape: '▲', words: it.word };
      if (flags.has('at-risk')) return { tone: 'risk', shape: '▲', words: words('at risk') };
      if (it.timing === 'late') return { tone: 'off', shape: '✓', words: words('later than needed') };
      return { tone: 'ok', shape: '✓', words: it.word };
    case 'delivered':
    case 'confirmed':
      return { tone: 'done', shape: '✓', words: it.word };
    case 'declined':
    case 'revoked':
      return { tone: 'off', shape: '✕', words: it.word };
    default:
      return { tone: 'plain', shape: '–', words: it.word };
  }
}
