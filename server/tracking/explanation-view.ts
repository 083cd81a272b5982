import type { Commitment } from '#domain/commitment/commitment.ts';
import { explanationOf } from '#domain/commitment/explained.ts';
import type { TrackingSettings } from '#domain/commitment/settings.ts';
import type { Instant } from '#domain/time.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';

/** Whether somebody said why it ended as it did, as its page shows it; null when nothing is to be said. */
export function viewExplanation(
  state: Commitment,
  at: Instant,
  settings: TrackingSettings,
): CommitmentDetail['explanation'] {
  const found = explanationOf(state, at, settings);
  if (found === null) return null;
  const cause = found.state === 'explained' ? found.cause : null;
  return { state: found.state, cause: cause?.code ?? null, text: cause?.text ?? '' };
}
