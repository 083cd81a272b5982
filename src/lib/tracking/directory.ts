import { getContext, setContext } from 'svelte';
import type { PersonView, TeamView } from '#protocol/views/organisation.ts';

/** Everybody and every team of the organisation, to turn ids into names. */
export interface Directory {
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
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

/** The person with this id, or null for nobody and for somebody since removed. */
export function personOf(directory: Directory, id: string | null): PersonView | null {
  return id === null ? null : (directory.people.find((it) => it.id === id) ?? null);
}

export function teamOf(directory: Directory, id: string | null): TeamView | null {
  return id === null ? null : (directory.teams.find((it) => it.id === id) ?? null);
}
