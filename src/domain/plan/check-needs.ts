import { isIncluded, type CheckContext, type Report } from './check-context.ts';
import { findHardCycles } from './hard-cycles.ts';
import { isOwnTeamNeed, neededBy } from './needed-by.ts';
import type { Plan, PlanDependency } from './plan.ts';

/** States in which the provider has said yes. */
const agreed: ReadonlySet<string> = new Set(['accepted', 'delivered', 'confirmed']);
/** States in which nobody waits for an answer any more. */
const answered: ReadonlySet<string> = new Set([...agreed, 'declined', 'withdrawn', 'revoked']);

/** The dependencies' part of `checkPlan`. A need within one team stays out of every question of agreement. */
export function checkNeeds(plan: Plan, context: CheckContext, report: Report): void {
  const included = new Set(plan.objectives.filter((it) => isIncluded(it, context)).map(({ key }) => key));
  const dropped = new Set(plan.objectives.filter((it) => it.status === 'not-doing').map(({ key }) => key));
  const open = plan.dependencies.filter(({ objective }) => objective === null || !dropped.has(objective));
  for (const dependency of open) {
    const say = (severity: 'blocking' | 'warning', code: string, message: string) => {
      report(severity, code, 'dependency', dependency.key, message);
    };
    const name = dependency.what === '' ? 'A need without words' : `"${dependency.what}"`;
    if (dependency.what === '') say('warning', 'need-without-what', `${name}: say what is needed.`);
    if (dependency.objective === null) {
      say(
        'warning',
        'need-without-objective',
        `${name} is needed by a whole team: draw it from the objective that needs it.`,
      );
    }
    if (dependency.on.team === null && dependency.on.objective === null) {
      say('warning', 'need-without-provider', `${name} is asked of nobody.`);
    }
    if (context.agreements && !isOwnTeamNeed(dependency)) {
      checkAgreement(plan, dependency, name, included, context.agreements, say);
    }
  }
  reportTwins(open, report);
  reportCycles(plan, open, report);
}

function checkAgreement(
  plan: Plan,
  dependency: PlanDependency,
  name: string,
  included: ReadonlySet<string>,
  agreements: NonNullable<CheckContext['agreements']>,
  say: (severity: 'blocking' | 'warning', code: string, message: string) => void,
): void {
  const agreement = Object.hasOwn(agreements, dependency.key) ? agreements[dependency.key] : undefined;
  const state = agreement?.state ?? 'draft';
  const isSettled = agreed.has(state) || agreement?.ownedAsRisk === true;
  if (dependency.hardness === 'hard' && !isSettled && state !== 'withdrawn') {
    const grave =
      dependency.objective !== null && included.has(dependency.objective) ? 'blocking' : 'warning';
    say(
      grave,
      'hard-need-open',
      `${name} is a hard need that nobody has agreed to: get an answer, or own it as a risk.`,
    );
  } else if (!isSettled && !answered.has(state)) {
    say('warning', 'need-unanswered', `${name} has no answer yet.`);
  }
  const needed = neededBy(plan, dependency);
  const promised = agreement?.promisedFor ?? null;
  if (promised !== null && needed !== null && promised > needed) {
    say('warning', 'promised-late', `${name} is promised for ${promised} but needed by ${needed}.`);
  }
}

/** The same thing asked of the same provider for the same objective. */
function reportTwins(dependencies: readonly PlanDependency[], report: Report): void {
  const seen = new Set<string>();
  for (const { key, objective, fromTeam, on, what, detail } of dependencies) {
    const ask = JSON.stringify([objective ?? fromTeam, on.team, on.objective, what, detail]);
    if (seen.has(ask))
      report('warning', 'need-twice', 'dependency', key, `"${what}" is asked twice in the same words.`);
    seen.add(ask);
  }
}

function reportCycles(plan: Plan, dependencies: readonly PlanDependency[], report: Report): void {
  const titles = new Map(plan.objectives.map(({ key, title }) => [key, title === '' ? key : title]));
  const say = (keys: readonly string[]) =>
    [...keys, keys[0] ?? ''].map((key) => `"${titles.get(key) ?? key}"`).join(' needs ');
  const hard = findHardCycles(dependencies);
  for (const { objectives } of hard) {
    report(
      'blocking',
      'hard-cycle',
      'objective',
      objectives[0] ?? null,
      `A circle of hard needs can never begin: ${say(objectives)}.`,
    );
  }
  const inHard = new Set(hard.flatMap(({ objectives }) => objectives));
  const any = findHardCycles(
    dependencies.map((dependency) => ({ ...dependency, hardness: 'hard' as const })),
  );
  for (const { objectives } of any) {
    if (objectives.some((key) => inHard.has(key))) continue;
    report(
      'warning',
      'cycle',
      'objective',
      objectives[0] ?? null,
      `These wait for each other: ${say(objectives)}.`,
    );
  }
}
