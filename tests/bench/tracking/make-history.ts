import { sql, type SQL } from 'drizzle-orm';
import type { Store } from '../../../server/store/store.ts';
import type { Generated } from './make-organisation.ts';
import { changedAfter, isSilent } from './make-promises.ts';
import { PER_PERSON, PER_BOARD, ZONE } from './size.ts';
import { withoutIndexes } from './without-indexes.ts';

/** Rows a statement: the embedded store keeps a statement's rows in memory. */
const AT_ONCE = 65_000;

/**
 * Five years of check-ins with their slots and events, written by the database itself: each follows from the number of the
 * commitment and of the week, by the formulas of make-promises. They lie in the tables as they would have come: slots
 * together for each promise, which plans them when it is accepted, check-ins and events week by week.
 */
export async function makeHistory(store: Store, made: Generated): Promise<void> {
  const { size, weeks } = made;
  await withoutIndexes(store, ['slot', 'check_in', 'event'], async () => {
    const slots = stretches(size.commitments, weeks.length).map((cells) => slotsOf(made, cells));
    const saids = stretches(size.weeks, size.commitments).map((cells) => checkInsOf(made, cells));
    const events = stretches(size.weeks, size.commitments).map((cells) => eventsOf(made, cells));
    const run = async (statements: readonly SQL[]): Promise<void> => {
      for (const statement of statements) {
        await store.transaction(async (tx) => {
          // Every row follows from the same formulas, so that no key has to be looked up millions of times.
          await tx.execute(sql`set local session_replication_role = replica`);
          await tx.execute(statement);
        });
      }
    };
    await Promise.all([run([...slots, ...saids]), run(events)]);
  });
}

/** From and to, both included: numbers that together make not too many rows. */
type Stretch = readonly [from: number, to: number];

function stretches(count: number, rowsEach: number): readonly Stretch[] {
  const step = Math.max(1, Math.floor(AT_ONCE / rowsEach));
  return Array.from({ length: Math.ceil(count / step) }, (_, it) => [
    it * step,
    Math.min(count, (it + 1) * step) - 1,
  ]);
}

/** idOf in SQL. */
const id = (text: SQL): SQL =>
  sql`overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;

const slotsOf = (made: Generated, commitments: Stretch): SQL =>
  sql`${cellsOf(made, commitments, [0, made.weeks.length - 1])} insert into slot
    (id, organisation_id, commitment_id, number, label, opens_at, due_at, grace_ends_at, outcome, filled, filled_at)
    select slot, ${made.organisationId}::uuid, commitment, n, 'week ' || n, opens, due, grace,
      case when answered then 'filled' when passed and grace < now() then 'missed' end,
      case when answered then 'on-time' end, case when answered then said end
    from cell order by c, n`;

const checkInsOf = (made: Generated, weeks: Stretch): SQL =>
  sql`${cellsOf(made, [0, made.size.commitments - 1], weeks)} insert into check_in
    (id, organisation_id, commitment_id, slot_id, by, version, at, recorded_at, via, status, confidence, "values",
      progress, what_changed, next_step)
    select said_id, ${made.organisationId}::uuid, commitment, slot, person, version, said, said, 'web', status, 70,
      jsonb_build_object('tasks', value), value / 100.0, 'Closed some of the tasks.', 'Close the next ones.'
    from cell where answered order by n, c`;

const eventsOf = (made: Generated, weeks: Stretch): SQL =>
  sql`${cellsOf(made, [0, made.size.commitments - 1], weeks)} insert into event
    (organisation_id, board_id, object_kind, object_id, version, type, data, actor_person_id, via, at, recorded_at, tz)
    select ${made.organisationId}::uuid, board, 'commitment', commitment, version, 'checked-in', jsonb_build_object(
        'id', said_id, 'slot', slot, 'kind', 'answer', 'revises', null, 'byName', null, 'filled', 'on-time',
        'values', jsonb_build_object('tasks', value), 'status', status, 'confidence', 70,
        'whatChanged', 'Closed some of the tasks.', 'nextStep', 'Close the next ones.', 'blocker', null,
        'helpWanted', '', 'link', null, 'noMovement', false),
      person, 'web', said, said, ${ZONE}
    from cell where answered order by n, c`;

/** One row for each commitment and week of a stretch. */
function cellsOf({ size, weeks }: Generated, commitments: Stretch, ofWeeks: Stretch): SQL {
  const times = JSON.stringify(
    weeks.slice(ofWeeks[0], ofWeeks[1] + 1).map(({ number, due, opens, grace }) => ({
      ...{ n: number, due: new Date(due), opens: new Date(opens), grace: new Date(grace) },
      said: new Date(due - 20 * 3_600_000),
    })),
  );
  const [from, to] = commitments;
  const silent = JSON.stringify(
    Array.from({ length: to - from + 1 }, (_, it) => from + it).filter((it) => isSilent(it)),
  );
  const half = changedAfter(size.weeks);
  return sql`
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
      from generate_series(${from}::int, ${to}::int) as c, week
    )`;
}
