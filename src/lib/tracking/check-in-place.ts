import type { PlannedSlotView } from '#protocol/views/tracking.ts';

/**
 * Where what is said now will count, as the server places it (tracking.md T3): for the slot that waits; in place of what
 * was said for one whose window is still open; as a note outside every window; by itself where no rhythm was chosen.
 */
export type CheckInPlace =
  | { readonly kind: 'answers' | 'revises'; readonly slot: PlannedSlotView }
  | { readonly kind: 'note' | 'by-itself' };

export function checkInPlace(
  { slot, slots }: { readonly slot: PlannedSlotView | null; readonly slots: readonly PlannedSlotView[] },
  now: number,
): CheckInPlace {
  if (slot !== null) return { kind: 'answers', slot };
  if (slots.length === 0) return { kind: 'by-itself' };
  const given = slots
    .filter((it) => it.state === 'filled' && it.opensAt <= now && now < it.graceEndsAt)
    .reduce<PlannedSlotView | null>((last, it) => (last === null || it.dueAt > last.dueAt ? it : last), null);
  return given === null ? { kind: 'note' } : { kind: 'revises', slot: given };
}
