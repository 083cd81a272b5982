import { assumptionRules } from '#domain/assumption/assumption-rules.ts';
import { decisionRules } from '#domain/decision/decision-rules.ts';
import { openActs } from '#domain/register/decide-entry.ts';
import { entryRolesOf } from '#domain/register/entry-roles.ts';
import type { Session } from '#domain/facilitation/session.ts';
import type { LocalDate } from '#domain/time.ts';
import { triageRules } from '#domain/triage/triage-rules.ts';
import { pageOf } from '#protocol/object-pages.ts';
import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { AssumptionRow, DecisionRow, TriageRow } from '#protocol/views/registers.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';
import { actorOf, standingOf } from '../tracking/standing.ts';
import { plainRow } from './plain-row.ts';
import { teamsOf } from './scope.ts';

const registerOf = { decisions: 'decision', assumptions: 'assumption', triage: 'triage-item' } as const;
const rules = { decision: decisionRules, assumption: assumptionRules, 'triage-item': triageRules } as const;

type Entry = DecisionRow | AssumptionRow | TriageRow;

/** Open entries of a register: decisions that are due, assumptions in doubt, issues by rank. */
export async function readRegisterLines(
  queries: Queries,
  registers: Registers,
  viewer: Viewer,
  it: Session,
  source: keyof typeof registerOf,
): Promise<readonly SessionRow[]> {
  const filter = {
    open: true,
    ...(it.team === null ? {} : { teamId: it.team }),
    ...(it.team !== null || it.board === null ? {} : { boardId: it.board }),
  };
  const teams = it.team === null && it.board === null ? await teamsOf(queries, it) : null;
  const rows = (await registers.list(viewer, registerOf[source], filter)).filter(
    ({ teamId }) => teams === null || (teamId !== null && teams.includes(teamId)),
  );
  const lines = await registerLines(queries, viewer, source, rows);
  // What is due comes first; of the rest the order stays: triage by rank, all else newest first.
  return source === 'triage' ? lines : lines.toSorted((a, b) => Number(a.settled) - Number(b.settled));
}

/** Entries as rows, with what this viewer may do to each in a session. */
export async function registerLines(
  queries: Queries,
  viewer: Viewer,
  source: SessionRow['source'],
  rows: readonly Entry[],
): Promise<readonly SessionRow[]> {
  const actor = { ...actorOf(viewer), via: 'session' } as const;
  const standing = await standingOf(queries, viewer);
  return rows.map((row) => {
    const roles = entryRolesOf(
      { owner: row.ownerId, raisedBy: row.raisedById, team: row.teamId },
      actor,
      standing,
    );
    return {
      ...plainRow(source, row.kind, row.id, row.title),
      ...{ version: row.version, status: row.status, flags: row.flags, settled: row.flags.length === 0 },
      detail: row.flags.map((flag) => flag.replaceAll('-', ' ')).join(', '),
      href: pageOf(row),
      ...{ ownerId: row.ownerId, teamId: row.teamId, due: dueOf(row) },
      moves: openActs(rules[row.kind], row, roles),
    };
  });
}

function dueOf(row: Entry): LocalDate | null {
  switch (row.kind) {
    case 'decision':
      return row.neededBy;
    case 'assumption':
      return row.nextCheck;
    case 'triage-item':
      return row.actBy;
  }
}
