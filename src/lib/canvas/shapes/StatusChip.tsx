import type { StatusMark } from '../contract.ts';

/** Status as shape, word and colour (look: colour never stands alone). */
export function StatusChip({ mark, small = false }: { mark: StatusMark; small?: boolean }) {
  return (
    <span className={`bc-chip bc-${mark.tone}`} data-small={small || undefined} title={mark.word}>
      <span aria-hidden="true">{mark.shape}</span> <span className="bc-word">{mark.word}</span>
    </span>
  );
}
