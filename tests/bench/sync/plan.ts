import type { Contender } from './contenders.ts';
import type { LiveScene } from './scenes.ts';

type Id = Contender['id'];

/** One thing to measure with one server. */
export type Step =
  | { readonly what: 'live'; readonly id: Id; readonly scene: LiveScene }
  | { readonly what: 'join'; readonly id: Id; readonly records: number }
  | { readonly what: 'return' | 'idle' | 'kill'; readonly id: Id };

const everyone = (people: number): LiveScene => ({ people, editsPerS: 5, cursorsPerS: 20 });

/** Four sizes of room with everybody dragging, and the largest at a calmer pace. */
export const rooms: readonly LiveScene[] = [
  ...[10, 50, 100].map(everyone),
  { people: 200, editsPerS: 2, cursorsPerS: 5 },
];
const mad = everyone(200);

export const joinSizes = [1_000, 5_000, 20_000];
export const joiners = 100;
export const returning = 100;
export const quietBoards = 100;

/** Ours and the peers one after the other, so that what else the machine does meets all of them. */
const rivals: readonly Id[] = ['ours', 'hocuspocus', 'y-websocket'];
const duel: readonly Id[] = ['ours', 'hocuspocus'];

const live = (scenes: readonly LiveScene[], ids: readonly Id[]): Step[] =>
  scenes.flatMap((scene) => ids.map((id) => ({ what: 'live' as const, id, scene })));
const join = (sizes: readonly number[], ids: readonly Id[]): Step[] =>
  sizes.flatMap((records) => ids.map((id) => ({ what: 'join' as const, id, records })));

/** Everything once, what the targets rest on first; the repetitions last, so that a slow machine loses those. */
export function makePlan({ quick }: { readonly quick: boolean }): readonly Step[] {
  if (quick) {
    return [
      ...live([everyone(10)], ['ours', 'ours stock', 'ours embedded', 'hocuspocus', 'y-websocket']),
      ...join([1_000], rivals),
      ...rivals.map((id) => ({ what: 'return' as const, id })),
      ...duel.map((id) => ({ what: 'kill' as const, id })),
      ...rivals.map((id) => ({ what: 'idle' as const, id })),
    ];
  }
  const key = [...live(rooms, duel), ...join([5_000], duel)];
  return [
    ...live(rooms, rivals),
    ...join(joinSizes, rivals),
    ...rivals.map((id) => ({ what: 'idle' as const, id })),
    ...duel.map((id) => ({ what: 'kill' as const, id })),
    ...rivals.map((id) => ({ what: 'return' as const, id })),
    ...live(rooms.slice(0, 3), ['ours embedded', 'ours stock']),
    ...key,
    ...live([mad], rivals),
    ...key,
  ];
}
