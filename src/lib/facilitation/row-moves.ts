import { dependencyMoves } from '#lib/tracking/dependency-moves.ts';
import type { Thresholds } from '#domain/settings/threshold.ts';
import type { Move } from '#lib/tracking/move.ts';
import { entryMoves } from '#lib/tracking/register/entry-moves.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';

/** What a room does to an ask; how one is written, sent or given up belongs on its own page. */
const askMoves = [
  ...['accept', 'accept-counter', 'confirm', 'choose', 'deliver', 'counter', 'say-yes-aloud'],
  ...['flag', 'unflag', 'renegotiate', 'own-as-risk', 'reject', 'decline'],
];

const registerMoves = [
  ...['decide', 'reaffirm', 'reverse', 'withdraw', 'check', 'invalidate', 'retire'],
  ...['act', 'assess', 'collaborate', 'close'],
];

const none = { decisions: [], commitments: [], teams: [], assumptions: [], measures: [] };

/** The moves a row offers in a session: those the server allows this person, with the forms their own pages have. */
export function rowMoves(row: SessionRow, me: string, own: Thresholds): readonly Move[] {
  if (row.ask !== null) {
    return dependencyMoves(row.ask, { personId: me, objectives: [] }).filter(({ command }) =>
      askMoves.includes(command),
    );
  }
  if (row.kind !== 'decision' && row.kind !== 'assumption' && row.kind !== 'triage-item') return [];
  const entry = { kind: row.kind, status: row.status, teamId: row.teamId, flags: row.flags, fields: {} };
  const moves = row.moves.filter((command) => registerMoves.includes(command));
  return entryMoves({ ...entry, moves }, none, own);
}
