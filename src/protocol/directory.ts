import type { PersonView, TeamView } from './views/organisation.ts';

/** Everybody and every team of an organisation, to turn ids into names. */
export interface Directory {
  readonly people: readonly PersonView[];
  readonly teams: readonly TeamView[];
}

/**
 * The same as it crosses the wire and as the database writes it: a column a field, ids and numbers in one text each. Every
 * page carries it, and a thousand people as objects would be most of the page.
 */
interface Packed {
  readonly people: { readonly joined: string } & PackedNames;
  /** `members`: of each team, `;` between teams: place in `people`, or the id of somebody not there; role; share. */
  readonly teams: { readonly members: string } & PackedNames;
}

interface PackedNames {
  readonly ids: string;
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly colours: string;
}

/** Reads what `packedDirectory` of the server wrote. */
export function unpackDirectory(text: string): Directory {
  const { people, teams } = JSON.parse(text) as Packed;
  const everybody = unpackNames(people).map((it, at): PersonView => ({
    ...it,
    joined: people.joined[at] === '1',
  }));
  const membersOf = teams.members.split(';');
  return {
    people: everybody,
    teams: unpackNames(teams).map((it, at): TeamView => ({
      ...it,
      members: unpackMembers(membersOf[at] ?? '', everybody),
    })),
  };
}

function unpackNames({ ids, keys, names, colours }: PackedNames) {
  const hues = split(colours);
  return split(ids).map((id, at) => ({
    ...{ id, key: keys[at] ?? '', name: names[at] ?? '', colour: Number(hues[at]) },
  }));
}

function unpackMembers(text: string, people: readonly PersonView[]): TeamView['members'] {
  return split(text).map((it) => {
    const [place = '', role = '', share = ''] = it.split(' ');
    return {
      personId: people[Number(place)]?.id ?? place,
      role: role === 'lead' ? 'lead' : 'member',
      share: Number(share),
    };
  });
}

const split = (text: string): readonly string[] => (text === '' ? [] : text.split(','));
