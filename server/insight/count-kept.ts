import type { KeptView } from '#protocol/views/insight.ts';

/** What of a promise says what became of it. */
export interface Ended {
  readonly id: string;
  readonly status: string;
  readonly horizon: string | null;
  /** Done after its due day. */
  readonly late: boolean;
  /** What its period and its board are called. */
  readonly period: string | null;
  readonly board: string | null;
}

/** What became of promises, by period; weekly ones are counted by themselves. `met`: as they were first promised. */
export function countKept(rows: readonly Ended[], met: ReadonlySet<string>): readonly KeptView[] {
  const groups = Map.groupBy(rows, ({ horizon, period, board }) =>
    horizon === 'week' ? 'Weekly promises' : (period ?? board ?? 'On no board'),
  );
  return [...groups].map(([label, its]) => {
    const count = (holds: (row: Ended) => boolean): number => its.filter(holds).length;
    return {
      label,
      promised: its.length,
      kept: count(({ id }) => met.has(id)),
      late: count(({ status, late }) => status === 'done' && late),
      reduced: count(({ id, status, late }) => status === 'done' && !late && !met.has(id)),
      missed: count(({ status }) => status === 'missed'),
      dropped: count(({ status }) => status === 'dropped'),
      carried: count(({ status }) => status === 'carried'),
      running: count(({ status }) => status === 'committed'),
    };
  });
}
