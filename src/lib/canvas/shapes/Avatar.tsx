import { useValue } from 'tldraw';
import { initialsOf } from '#lib/ui/initials.ts';
import { useSurroundings } from '../surroundings.ts';
import { hue } from './words.ts';

/** The owner of a card: initials on the person's hue; dashed for a name that has not joined; a gap when nobody owns it. */
export function Avatar({ personKey }: { personKey: string | null }) {
  const around = useSurroundings();
  const person = useValue(
    'person',
    () => (personKey === null ? null : (around.people.get().get(personKey) ?? null)),
    [around, personKey],
  );
  if (personKey === null) {
    return (
      <span className="bc-avatar bc-nobody" title="Nobody owns this yet">
        ?
      </span>
    );
  }
  const name = person?.name ?? personKey;
  const joined = person?.joined ?? false;
  return (
    <span
      className={joined ? 'bc-avatar' : 'bc-avatar bc-not-joined'}
      style={{ '--hue': hue(person?.colour) }}
      title={joined ? name : `${name} (not joined)`}
    >
      {initialsOf(name)}
    </span>
  );
}
