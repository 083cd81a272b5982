import type { PersonId } from '../access/standing.ts';
import { depths, type Depth } from '../depth/depth.ts';
import { allowed } from '../outcome.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { termsNow, type Commitment } from './commitment.ts';
import { faulty } from './refusal.ts';

/** A promise another one contributes to, or is to. */
export interface Parent {
  readonly id: string;
  /** Offered or running: what has ended takes no more contributions. */
  readonly open: boolean;
  /** Who lead its team, in the order in which they are asked. */
  readonly leads: readonly PersonId[];
}

/** What a decision about a contribution may know: read only where one is asked for. */
export interface ContributionFacts {
  /** Of the promise that is asked. */
  readonly id: string;
  /** Those it contributes to now, oldest first, and the one that is asked for where the asker may look at it. */
  readonly parents: ReadonlyMap<string, Parent>;
  /** Every promise of the organisation that contributes to others -> those others. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  /** What a promise is called to who asks. */
  readonly titleOf: (id: string) => string;
  readonly administrator: PersonId | null;
}

/** Ids of what a promise contributes to, oldest first. */
export const contributesTo = (it: Pick<Commitment, 'contributesTo'>): readonly string[] =>
  it.contributesTo ?? [];

/**
 * What its owner says a promise contributes to (tracking.md T4); null for commands of another kind. The promise stays as it
 * is: no version, no reason. Who agrees to its changes follows from what it contributes to.
 */
export function decideContribution(it: Commitment, asked: Asked): CommitmentOutcome | null {
  const { command, actor, at, context } = asked;
  if (command.type !== 'contribute' && command.type !== 'stop-contributing') return null;
  const { to } = command;
  const facts = context.contribution;
  const linked = contributesTo(it);
  if (command.type === 'stop-contributing') {
    if (!linked.includes(to)) return faulty('nothing-changed', 'to', 'It does not contribute to that.');
    const rest = linked.filter((id) => id !== to);
    return allowed([
      { type: 'contribution-ended', data: { to, sponsor: sponsorAfter(it, rest, asked) }, at, actor },
    ]);
  }
  const parent = facts?.parents.get(to);
  if (facts === undefined || parent === undefined) {
    return faulty('unknown-parent', 'to', 'Choose a promise from the list.');
  }
  if (to === facts.id) return faulty('invalid', 'to', 'A promise does not contribute to itself.');
  if (linked.includes(to)) return faulty('nothing-changed', 'to', 'It contributes to that already.');
  if (!parent.open) return faulty('wrong-parent', 'to', 'That one has ended: choose one that runs.');
  const way = wayBetween(facts.links, to, facts.id);
  if (way !== null) {
    const named = [facts.id, ...way].map((id) => `“${facts.titleOf(id)}”`).join(' → ');
    return faulty('circle', 'to', `That goes in a circle: ${named}. Choose another, or take a link back.`);
  }
  const sponsor = sponsorAfter(it, [...linked, to], asked);
  return allowed([{ type: 'contribution-said', data: { to, sponsor }, at, actor }]);
}

/** The shortest way along contributions from one promise to another, both included; null when there is none. */
export function wayBetween(
  links: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): readonly string[] | null {
  const seen = new Set([from]);
  let ways: readonly (readonly string[])[] = [[from]];
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1) === to);
    if (found !== undefined) return found;
    ways = ways.flatMap((way) =>
      (links.get(way.at(-1) ?? '') ?? []).flatMap((next) => {
        if (seen.has(next)) return [];
        seen.add(next);
        return [[...way, next]];
      }),
    );
  }
  return null;
}

/** Who agrees to changes: the lead of the first parent's team that has one beside the owner, else an administrator. */
export function sponsorOf(
  owner: PersonId | null,
  parents: readonly Pick<Parent, 'leads'>[],
  administrator: PersonId | null,
): PersonId | null {
  const lead = parents.flatMap(({ leads }) => leads).find((person) => person !== owner);
  return lead ?? (administrator === owner ? null : administrator);
}

/** The depth, and a promise for a week, may ask for no sponsor: then it keeps what it has. */
function sponsorAfter(
  it: Commitment,
  linked: readonly string[],
  { context: { depth, contribution } }: Asked,
): PersonId | null {
  if (contribution === undefined || !asksSponsor(depth, it)) return it.sponsor;
  const parents = linked.flatMap((id) => contribution.parents.get(id) ?? []);
  return sponsorOf(it.owner, parents, contribution.administrator);
}

const asksSponsor = (depth: Depth, it: Commitment): boolean =>
  depths[depth].sponsor && termsNow(it).horizon !== 'week';
