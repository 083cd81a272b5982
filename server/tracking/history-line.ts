import type { HistoryLine } from '#protocol/views/tracking.ts';
import { nameOf } from './names.ts';
import type { LoggedEvent } from './read-events.ts';

/**
 * One event as people read it: what, by whom and through which door, in whose name, why, when it happened and, where
 * that differs, when it was written down.
 */
export function toHistoryLine(
  it: LoggedEvent,
  names: ReadonlyMap<string, string>,
  sentence: string,
  byName = nameOf(names, it.actor.person, it.actor.via),
): HistoryLine {
  const { onBehalfOf = null } = it.actor;
  return {
    id: it.id,
    type: it.type,
    sentence,
    byId: it.actor.person,
    byName,
    onBehalfOf: onBehalfOf === null ? null : (names.get(onBehalfOf) ?? 'the owner'),
    via: it.actor.via,
    at: it.at,
    recordedAt: it.recordedAt,
    reason: it.reason ?? null,
    decisionId: it.decisionId ?? null,
  };
}
