import type { Plan } from '#domain/plan/plan.ts';

const header = [
  'key',
  'title',
  'team',
  'owner',
  'status',
  'promise',
  'priority',
  'due',
  'weight',
  'effort',
  'measures',
  'measures done',
  'needs',
  'done means',
  'summary',
  'why',
  'link',
] as const;

/** The objectives of a plan as CSV (RFC 4180, CRLF), one row each. */
export function toCsv(plan: Plan): string {
  const names = new Map([...plan.teams, ...plan.people].map(({ key, name }) => [key, name]));
  const named = (key: string | null) => (key === null ? '' : (names.get(key) ?? key));
  const priorities = new Map(plan.priorities.map(({ key, title }) => [key, title]));
  const rows = plan.objectives.map((it) => [
    it.key,
    it.title,
    named(it.team),
    named(it.owner),
    it.status,
    it.promise,
    it.priority === null ? '' : (priorities.get(it.priority) ?? it.priority),
    it.due ?? it.dueText ?? '',
    String(it.weight),
    it.effort === null ? '' : String(it.effort),
    it.measures.map(({ title }) => title).join('; '),
    `${it.measures.filter(({ done }) => done).length} of ${it.measures.length}`,
    plan.dependencies
      .filter(({ objective }) => objective === it.key)
      .map(({ what, on }) => `${what} (${named(on.team)})`)
      .join('; '),
    it.doneMeans,
    it.summary,
    it.why,
    it.link ?? '',
  ]);
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/**
 * One cell. A text that a spreadsheet would run as a formula gets a leading quote (trust.md S1): board texts come from
 * anybody. NUL and the like have no place in a CSV and are dropped first, so that they cannot hide such a beginning.
 */
export function csvCell(text: string): string {
  const clean = text.replace(/(?![\t\n\r])\p{Cc}/gu, '');
  const guarded = /^\s*[=+\-@\t\r]/.test(clean) ? `'${clean}` : clean;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
