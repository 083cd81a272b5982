import type { Plan, PlanDependency, PlanObjective } from '#domain/plan/plan.ts';

const statusWords = { draft: 'Draft', 'in-plan': 'In the plan', 'not-doing': 'Not doing' } as const;

/** The plan as a Markdown document: priorities, then each team's objectives with measures and asks. */
export function toMarkdown(plan: Plan): string {
  const names = new Map([...plan.teams, ...plan.people].map(({ key, name }) => [key, name]));
  const named = (key: string | null) => plain(key === null ? '' : (names.get(key) ?? key));
  const asks = Map.groupBy(plan.dependencies, (it) => it.objective);
  const teams: readonly (string | null)[] = [...plan.teams.map(({ key }) => key), null];
  const period = plan.period
    ? [`${plain(plan.period.label)}: ${plan.period.start} to ${plan.period.end}`, '']
    : [];
  return [
    `# ${plain(plan.title)}`,
    '',
    ...period,
    ...(plan.priorities.length > 0 ? ['## Priorities', '', ...plan.priorities.map(priorityLine), ''] : []),
    ...teams.flatMap((team) => {
      const objectives = plan.objectives.filter((it) => it.team === team);
      if (objectives.length === 0) return [];
      const title = team === null ? 'Without a team' : named(team);
      return [
        `## ${title}`,
        '',
        ...objectives.flatMap((it) => objectiveLines(it, asks.get(it.key) ?? [], named)),
        '',
      ];
    }),
  ].join('\n');
}

const priorityLine = ({ title, why, rank }: Plan['priorities'][number]): string =>
  `- ${rank === null ? '' : `${rank}. `}${plain(title)}${why === '' ? '' : `: ${plain(why)}`}`;

function objectiveLines(
  it: PlanObjective,
  asks: readonly PlanDependency[],
  named: (key: string | null) => string,
): readonly string[] {
  const facts = [
    statusWords[it.status],
    it.owner === null ? 'no owner' : named(it.owner),
    it.due === null ? (it.dueText === null ? 'no date' : plain(it.dueText)) : `due ${it.due}`,
    it.promise,
  ];
  return [
    `### ${plain(it.title)}`,
    '',
    `${facts.join(' · ')}`,
    '',
    ...(it.summary === '' ? [] : [plain(it.summary), '']),
    ...(it.doneMeans === '' ? [] : [`Done means: ${plain(it.doneMeans)}`, '']),
    ...it.measures.map(
      ({ title, done, due }) => `- [${done ? 'x' : ' '}] ${plain(title)}${due === null ? '' : ` (${due})`}`,
    ),
    ...(it.measures.length > 0 ? [''] : []),
    ...asks.map(
      ({ what, on, neededBy, hardness }) =>
        `- needs ${plain(what)} from ${on.team === null ? 'nobody named' : named(on.team)}${neededBy === null ? '' : ` by ${neededBy}`} (${hardness})`,
    ),
    ...(asks.length > 0 ? [''] : []),
  ];
}

/** Text as text: nothing in it may become markup, a link or HTML of its own. One line. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^(\d+)\./, '$1\\.')
    .replace(/^-/, '\\-');
