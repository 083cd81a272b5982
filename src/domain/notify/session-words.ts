import { owedWords, type Owed } from '../facilitation/extracts.ts';
import { sayDay } from './say-when.ts';
import type { Words } from './slot-words.ts';

/** So many lines are told in the message itself; all of them stand in the minutes. */
const told = 5;

/**
 * What somebody takes home from a session that has ended. Who stands in for somebody away is told that there is something,
 * not what: it may lie where they may not look.
 */
export function sessionWords(
  { title }: { readonly title: string },
  lines: readonly Owed[],
  standsInFor: string | null,
): Words {
  if (standsInFor !== null) {
    const much = lines.length === 1 ? 'One line' : `${lines.length} lines`;
    return { title: `${standsInFor}: commitments from “${title}”`, evidence: `${much} in the minutes.` };
  }
  if (lines.length === 0) {
    return { title: `Minutes of “${title}”`, evidence: 'You were there. Nothing in them is yours to do.' };
  }
  const some = lines
    .slice(0, told)
    .map((it) => `${owedWords[it.what]}: ${it.title}${it.due === null ? '' : ` (by ${sayDay(it.due)})`}`);
  const more = lines.length - some.length;
  return {
    title: `My commitments from “${title}”`,
    evidence: `${some.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  };
}
