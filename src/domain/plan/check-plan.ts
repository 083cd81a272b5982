import { isIncluded, type CheckContext, type Report } from './check-context.ts';
import { checkNeeds } from './check-needs.ts';
import type { Plan, PlanObjective, PlanObjectKind, PlanProblem, Severity } from './plan.ts';

/** Priorities of one team: more are a warning, and more than `most` block (board.md B3). */
const priorityCap = { warn: 3, most: 5 } as const;

/**
 * Everything that is wrong with a plan, blocking problems first (board.md B3). What would block an objective that is to
 * be committed is only a warning on a draft; what is not being done is not checked. Deterministic.
 */
export function checkPlan(plan: Plan, context: CheckContext = {}): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const report: Report = (severity, code, about, key, message) => {
    problems.push({
      ...{ code, severity, message, key },
      ...(about ? { about } : {}),
      ...(context.recordIds ? { recordId: recordIdOf(context, about, key) } : {}),
    });
  };
  if (context.hasCadence === false) {
    report(
      'blocking',
      'no-cadence',
      null,
      null,
      'No check-in cadence is chosen: choose how often promises are checked.',
    );
  }
  for (const objective of plan.objectives) {
    if (objective.status !== 'not-doing') checkObjective(plan, objective, context, report);
  }
  checkPriorities(plan, context, report);
  checkNeeds(plan, context, report);
  const rank = { blocking: 0, warning: 1 };
  return problems.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function recordIdOf(context: CheckContext, about: PlanObjectKind | null, key: string | null): string | null {
  if (about === null || key === null) return null;
  const kind =
    about === 'dependency' ? 'dependencies' : about === 'priority' ? 'priorities' : (`${about}s` as const);
  const ids = context.recordIds?.[kind];
  return ids && Object.hasOwn(ids, key) ? (ids[key] ?? null) : null;
}

function checkObjective(plan: Plan, objective: PlanObjective, context: CheckContext, report: Report): void {
  const { key, owner } = objective;
  const name = objective.title === '' ? 'An objective without a title' : `"${objective.title}"`;
  const grave: Severity = isIncluded(objective, context) ? 'blocking' : 'warning';
  const say = (severity: Severity, code: string, message: string) => {
    report(severity, code, 'objective', key, message);
  };
  if (owner === null) say(grave, 'no-owner', `${name} has no owner: name one person who answers for it.`);
  else if (context.people && !context.people.has(owner)) {
    say(grave, 'owner-outside', `${name} is owned by ${owner}, who is not of this organisation.`);
  }
  if (objective.due === null) {
    const text = objective.dueText === null ? '' : ` ("${objective.dueText}" is no date)`;
    if (plan.period === null) {
      say(
        grave,
        'no-date',
        `${name} has no due date${text} and the board has no period: give one of them a date.`,
      );
    } else
      say('warning', 'no-date', `${name} has no due date${text}; it would be due on ${plan.period.end}.`);
  }
  if (objective.title === '') say('warning', 'no-title', `${name}: say in one line what is promised.`);
  if (objective.measures.length === 0) {
    say('warning', 'no-measure', `${name} has no measure: it will be judged as done or not done.`);
  }
  if (objective.team === null)
    say('warning', 'no-team', `${name} belongs to no team: move it into a team's area.`);
  if (objective.priority === null && plan.priorities.length > 0) {
    say('warning', 'no-priority', `${name} serves no priority.`);
  } else if (objective.priority !== null && !plan.priorities.some((it) => it.key === objective.priority)) {
    say('warning', 'unknown-priority', `${name} serves a priority that is not on the board any more.`);
  }
}

function checkPriorities(plan: Plan, context: CheckContext, report: Report): void {
  const included = plan.objectives.filter((objective) => isIncluded(objective, context));
  if (plan.priorities.length === 0 && included.length > 0) {
    report(
      'warning',
      'no-priorities',
      null,
      null,
      'The plan has no priorities: nothing says what matters most.',
    );
  }
  const served = new Set(plan.objectives.filter((it) => it.status !== 'not-doing').map((it) => it.priority));
  for (const { key, title } of plan.priorities) {
    if (!served.has(key))
      report('warning', 'idle-priority', 'priority', key, `No objective serves the priority "${title}".`);
  }
  const byTeam = new Map<string, Set<string>>();
  for (const { team, priority } of included) {
    if (team === null || priority === null) continue;
    const priorities = byTeam.get(team) ?? new Set();
    byTeam.set(team, priorities.add(priority));
  }
  for (const [team, { size }] of byTeam) {
    if (size <= priorityCap.warn) continue;
    const name = plan.teams.find(({ key }) => key === team)?.name ?? team;
    report(
      size > priorityCap.most ? 'blocking' : 'warning',
      'too-many-priorities',
      'team',
      team,
      `${name} works on ${size} priorities; ${priorityCap.warn} are advised, ${priorityCap.most} are the most.`,
    );
  }
}
