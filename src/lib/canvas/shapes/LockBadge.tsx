import { useValue } from 'tldraw';
import { useSurroundings } from '../surroundings.ts';

const areaWords = {
  team: 'Only its team may change this area',
  own: 'Everybody changes only what is theirs',
  read: 'This area can only be read',
} as const;

/** A small lock on what not everybody may change; its title says who can. */
export function LockBadge({ id }: { id: string }) {
  const around = useSurroundings();
  const words = useValue(
    'lock',
    () => {
      const { locks, areas } = around.guard.get();
      const [lock, area] = [locks[id], areas[id]];
      if (lock) {
        const by = [...around.people.get().values()].find((it) => it.id === lock.by)?.name ?? 'somebody';
        return lock.kind === 'item'
          ? `Locked by ${by}, who can unlock it, like managers of this board`
          : `Locked by ${by}; managers of this board can unlock it`;
      }
      return area ? areaWords[area.level] : null;
    },
    [around, id],
  );
  if (words === null) return null;
  return (
    <svg className="bc-lock" viewBox="0 0 24 24" role="img" aria-label={words}>
      <title>{words}</title>
      <rect x="4" y="10.5" width="16" height="11" rx="2.5" fill="currentColor" />
      <path d="M7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5" fill="none" stroke="currentColor" strokeWidth="2.6" />
    </svg>
  );
}
