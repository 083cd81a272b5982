import { sql, type SQL } from 'drizzle-orm';
import type { Store } from '../../../server/store/store.ts';
import type { Generated } from './make-organisation.ts';
import { changedAfter, isSilent } from './make-promises.ts';
import { PER_PERSON, PER_BOARD, ZONE } from './size.ts';

/** Commitments a statement: the embedded store keeps a statement's rows in memory. */
const AT_ONCE = 250;

/**
 * Five years of check-ins with their slots and events, written by the database itself: each follows from the number of the
 * commitment and of the week, by the formulas of make-promises.
 */
export async function makeHistory(store: Store, made: Generated): Promise<void> {
  const { size } = made;
  for (let from = 0; from < size.commitments; from += AT_ONCE) {
    await store.transaction(async (tx) => {
      for (const statement of statements(made, from, Math.min(from + AT_ONCE, size.commitments))) {
        await tx.execute(statement);
      }
    });
  }
}

/** idOf in SQL. */
const id = (text: SQL): SQL =>
  sql`overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;

function statements({ size, weeks, organisationId }: Generated, from: number, to: number) {
  const times = JSON.stringify(
    weeks.map(({ number, due, opens, grace }) => ({
      ...{ n: number, due: new Date(due), opens: new Date(opens), grace: new Date(grace) },
      said: new Date(due - 20 * 3_600_000),
    })),
  );
  const silent = JSON.stringify(
    Array.from({ length: to - from }, (_, it) => from + it).filter((it) => isSilent(it)),
  );
  const half = changedAfter(size.weeks);
  const cells = sql`
    with week as (
      select * from jsonb_to_recordset(${times}::jsonb)
        as r(n int, due timestamptz, opens timestamptz, grace timestamptz, said timestamptz)
    ), silent as (select value::int as c from jsonb_array_elements_text(${silent}::jsonb)),
    cell as (
      select c, n, due, opens, grace, said,
        ${id(sql`'commitment ' || c`)} as commitment,
        ${id(sql`'person ' || (c / ${PER_PERSON}::int)`)} as person,
        ${id(sql`'board ' || (c / ${PER_BOARD}::int)`)} as board,
        ${id(sql`'slot ' || c || ' ' || n`)} as slot,
        ${id(sql`'check-in ' || c || ' ' || n`)} as said_id,
        2 + n + case when n > ${half}::int then 1 else 0 end as version,
        (n * 95) / ${size.weeks}::int as value,
        case when (c + n) % 10 < 7 then 'on' when (c + n) % 10 < 9 then 'risk' else 'off' end as status,
        n <= ${size.weeks}::int - case when c in (select c from silent) then 2 else 0 end as answered,
        n <= ${size.weeks}::int as passed
      from generate_series(${from}::int, ${to - 1}::int) as c, week
    )`;
  return [
    sql`${cells} insert into slot
      (id, organisation_id, commitment_id, number, label, opens_at, due_at, grace_ends_at, outcome, filled, filled_at)
      select slot, ${organisationId}::uuid, commitment, n, 'week ' || n, opens, due, grace,
        case when answered then 'filled' when passed and grace < now() then 'missed' end,
        case when answered then 'on-time' end, case when answered then said end
      from cell`,
    sql`${cells} insert into check_in
      (id, organisation_id, commitment_id, slot_id, by, version, at, recorded_at, via, status, confidence, "values",
        progress, what_changed, next_step)
      select said_id, ${organisationId}::uuid, commitment, slot, person, version, said, said, 'web', status, 70,
        jsonb_build_object('tasks', value), value / 100.0, 'Closed some of the tasks.', 'Close the next ones.'
      from cell where answered`,
    sql`${cells} insert into event
      (organisation_id, board_id, object_kind, object_id, version, type, data, actor_person_id, via, at, recorded_at, tz)
      select ${organisationId}::uuid, board, 'commitment', commitment, version, 'checked-in', jsonb_build_object(
          'id', said_id, 'slot', slot, 'kind', 'answer', 'revises', null, 'byName', null, 'filled', 'on-time',
          'values', jsonb_build_object('tasks', value), 'status', status, 'confidence', 70,
          'whatChanged', 'Closed some of the tasks.', 'nextStep', 'Close the next ones.', 'blocker', null,
          'helpWanted', '', 'link', null, 'noMovement', false),
        person, 'web', said, said, ${ZONE}
      from cell where answered order by said`,
  ];
}
