import type { NamedKey } from '../plan.ts';
import type { FaultLog } from './fault-log.ts';

/**
 * The people a file names, listed or not. A name that is nowhere listed becomes a person (board.md B3); one that differs
 * from a listed key in case only is taken for that person, as handles are.
 */
export class PeopleOfFile {
  private readonly byKey = new Map<string, NamedKey>();
  private readonly byLowerKey = new Map<string, string | null>();
  private readonly warned = new Set<string>();
  private readonly log: FaultLog;

  constructor(listed: readonly NamedKey[], log: FaultLog) {
    this.log = log;
    for (const person of listed) this.add(person);
  }

  private add(person: NamedKey): void {
    this.byKey.set(person.key, person);
    const lower = person.key.toLowerCase();
    // Two keys that differ in case only: neither may stand for a third spelling.
    this.byLowerKey.set(lower, this.byLowerKey.has(lower) ? null : person.key);
  }

  /** The key of the person a file means by `name`; null stays null. `of` is the objective, for the warning. */
  named(name: string | null, of: string): string | null {
    if (name === null || this.byKey.has(name)) return name;
    const spelled = this.byLowerKey.get(name.toLowerCase()) ?? null;
    if (spelled === null) this.add({ key: name, name });
    if (!this.warned.has(name)) {
      this.warned.add(name);
      this.log.warn(
        spelled === null ? 'unlisted-person' : 'person-case',
        spelled === null
          ? `${name} is not in the file's list of people; added to it.`
          : `${name} is spelled ${spelled} in the file's list of people; taken for the same person.`,
        of,
      );
    }
    return spelled ?? name;
  }

  /** All of them, listed ones first. */
  all(): NamedKey[] {
    return [...this.byKey.values()];
  }
}
