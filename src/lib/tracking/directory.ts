import { getContext, setContext } from 'svelte';
import { unpackDirectory, type Directory } from '#protocol/directory.ts';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';

export type { Directory };

/** Everybody and every team of the organisation as a page carries them: packed on the wire (src/hooks.ts). */
export class CarriedDirectory implements Directory {
  readonly packed: string;
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];

  constructor(packed: string) {
    const { people, teams } = unpackDirectory(packed);
    this.packed = packed;
    this.people = people;
    this.teams = teams;
  }
}

const key = Symbol('directory');

export function setDirectory(read: () => Directory): void {
  setContext(key, read);
}

export function readDirectory(): Directory {
  const read = getContext<(() => Directory) | undefined>(key);
  if (read === undefined) throw new Error('No directory: a layout above must call setDirectory.');
  return read();
}

const guestKey = Symbol('guests');

/** Names of people who are in no directory: guests of the session that a page shows. */
export function setGuestNames(read: () => ReadonlyMap<string, string>): void {
  setContext(guestKey, read);
}

/** Reads them; on most pages there are none. */
export function readGuestNames(): () => ReadonlyMap<string, string> {
  return getContext<(() => ReadonlyMap<string, string>) | undefined>(guestKey) ?? noGuests;
}

const nobody: ReadonlyMap<string, string> = new Map();
const noGuests = (): ReadonlyMap<string, string> => nobody;

/** The person with this id, or null for nobody and for somebody since removed. */
export function personOf({ people }: Pick<Directory, 'people'>, id: string | null): PersonView | null {
  return id === null ? null : (byId(people).get(id) ?? null);
}

export function teamOf({ teams }: Pick<Directory, 'teams'>, id: string | null): TeamView | null {
  return id === null ? null : (byId(teams).get(id) ?? null);
}

/** A list names somebody in every row: looking through a thousand people for each would take longer than the rest. */
const indexes = new WeakMap<
  readonly { readonly id: string }[],
  ReadonlyMap<string, { readonly id: string }>
>();

function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const known = indexes.get(all);
  if (known !== undefined) return known as ReadonlyMap<string, T>;
  const made = new Map(all.map((it) => [it.id, it] as const));
  indexes.set(all, made);
  return made;
}
