import { planKey } from '#board/plan-key.ts';
import { isArea } from '#board/schema/records.ts';
import type { DependencyMeta } from '#board/schema/shapes.ts';
import { isDependencyMeta } from '#board/schema/dependency-meta.ts';
import { drawnDependencies, type DrawnDependency } from '#board/drawn-dependencies.ts';
import { teamOf, type RecordIndex } from '#board/tree.ts';

/** A drawn dependency with its facts and both its sides, by plan key. */
export interface AskOnBoard {
  readonly arrowId: string;
  readonly facts: DependencyMeta;
  readonly requesterKey: string | null;
  readonly requesterTeam: string | null;
  readonly providerKey: string | null;
  readonly providerTeam: string | null;
  readonly requesterTitle: string;
  readonly providerTitle: string;
  readonly drawn: DrawnDependency;
}

function side(index: RecordIndex, end: DrawnDependency['tail']) {
  const team = teamOf(index, end);
  return isArea(end)
    ? { key: null, team, title: end.props.title || 'this area' }
    : { key: planKey(end), team, title: end.props.title || 'an untitled objective' };
}

/** Reads a drawn arrow as the ask it stands for; null when its facts are missing. */
export function readAsk(index: RecordIndex, drawn: DrawnDependency): AskOnBoard | null {
  if (!isDependencyMeta(drawn.arrow.meta)) return null;
  const tail = side(index, drawn.tail);
  const head = side(index, drawn.head);
  return {
    arrowId: drawn.arrow.id,
    facts: drawn.arrow.meta,
    requesterKey: tail.key,
    requesterTeam: tail.team,
    requesterTitle: tail.title,
    providerKey: head.key,
    providerTeam: head.team,
    providerTitle: head.title,
    drawn,
  };
}

/** The ask behind one arrow; null while it is none. */
export function askOf(index: RecordIndex, arrowId: string): AskOnBoard | null {
  const drawn = drawnDependencies(index).find((it) => it.arrow.id === arrowId);
  return drawn ? readAsk(index, drawn) : null;
}

/** What `POST /boards/:id/dependencies` wants to know. */
export const toSave = ({ facts, requesterKey, requesterTeam, providerKey, providerTeam }: AskOnBoard) => ({
  objectKey: facts.key,
  requesterKey,
  requesterTeam,
  providerTeam,
  servedBy: providerKey,
  what: facts.what.trim(),
  detail: facts.detail,
  neededBy: facts.neededBy,
  hardness: facts.hardness,
  size: facts.size,
});
