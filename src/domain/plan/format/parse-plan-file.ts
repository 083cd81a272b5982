import { allowed, refused, type Outcome } from '../../outcome.ts';
import { findHardCycles } from '../hard-cycles.ts';
import type { NamedKey, Plan } from '../plan.ts';
import { FaultLog } from './fault-log.ts';
import { FieldReader } from './field-reader.ts';
import { checkTree, isJsonObject, reportRepeatedNames, type JsonObject } from './json.ts';
import { PeopleOfFile } from './people-of-file.ts';
import { PLAN_FORMAT, planFileLimits, type PlanFile, type PlanFileRest } from './plan-file.ts';
import { readDependencies } from './read-dependencies.ts';
import { readNamed, readObjectives, readPeriod, readPriorities } from './read-objects.ts';
import { readKept, readUpdates } from './read-updates.ts';

export type PlanFileRefusal = 'too-large' | 'not-json' | 'not-a-plan' | 'faulty-plan';

/**
 * Reads a throughline-plan/1 file from its text, or from a value parsed already. Total: anything may be thrown at it.
 * A file with any fault is refused whole; `refusal.faults` has the path and reason of every one. Texts are data: nothing
 * in them is interpreted.
 */
export function parsePlanFile(input: unknown): Outcome<PlanFile, PlanFileRefusal> {
  const log = new FaultLog();
  const fault = log.fault.bind(log);
  let value = input;
  if (typeof input === 'string') {
    if (isBeyond(input, planFileLimits.bytes)) {
      return refused('too-large', 'The file is larger than 25 MB. Split the plan, or leave old updates out.');
    }
    const text = input.startsWith('\uFEFF') ? input.slice(1) : input;
    try {
      value = JSON.parse(text) as unknown;
    } catch (error) {
      const why = error instanceof Error ? ` (${error.message.slice(0, 200)})` : '';
      return refused(
        'not-json',
        `The file is not JSON${why}. Export it again, or check it with a JSON tool.`,
      );
    }
    reportRepeatedNames(text, fault);
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, 'format') || value.format !== PLAN_FORMAT) {
    return refused('not-a-plan', `The file is not a plan: "format" must be "${PLAN_FORMAT}".`, {
      path: 'format',
    });
  }
  checkTree(value, fault);
  if (log.hasFaults) return refuse(log);
  const file = readFile(value, log);
  return log.hasFaults ? refuse(log) : allowed(file);
}

function refuse(log: FaultLog): Outcome<never, PlanFileRefusal> {
  const faults = log.all();
  const [first] = faults;
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return refused(
    'faulty-plan',
    `The plan has ${count}; nothing was imported. ${first ? `First: ${first.path} ${first.message}.` : ''}`.trim(),
    { faults, ...(first ? { path: first.path } : {}) },
  );
}

/** True when a text takes more than `most` bytes in UTF-8. Counts only when the length does not tell. */
function isBeyond(text: string, most: number): boolean {
  if (text.length > most) return true;
  if (text.length * 3 <= most) return false;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > most;
}

function readFile(value: JsonObject, log: FaultLog): PlanFile {
  const file = new FieldReader(value, '', log);
  file.raw('format');
  const listed = readNamed(file, 'people');
  const people = new PeopleOfFile(listed.items, log);
  const teams = readNamed(file, 'teams');
  const { period, unknown: unknownOfPeriod } = readPeriod(file);
  const priorities = readPriorities(file);
  const objectives = readObjectives(file, people);
  const dependencies = readDependencies(file, objectives.items);
  const updates = readUpdates(file, objectives.items, people);
  const organisation = file.object('organisation');
  const plan: Plan = {
    title: file.title(),
    period,
    teams: allTeams(teams.items, objectives.items, dependencies.items, log),
    people: people.all(),
    priorities: priorities.items,
    objectives: objectives.items,
    dependencies: dependencies.items,
  };
  checkWhole(plan, log);
  const rest: Omit<PlanFileRest, 'unknown'> = {
    source: file.raw('source'),
    organisation: organisation.title('name') || null,
    updates,
    risks: readKept(file, 'risks'),
    decisions: readKept(file, 'decisions'),
    assumptions: readKept(file, 'assumptions'),
  };
  return {
    plan,
    rest: {
      ...rest,
      unknown: {
        file: file.unknown(),
        organisation: organisation.unknown(),
        period: unknownOfPeriod,
        teams: teams.unknown,
        people: listed.unknown,
        priorities: priorities.unknown,
        objectives: objectives.unknown,
        measures: objectives.measures.unknown,
        dependencies: dependencies.unknown,
      },
    },
    given: {
      priorities: priorities.given,
      objectives: objectives.given,
      measures: objectives.measures.given,
      dependencies: dependencies.given,
    },
    warnings: log.warnings,
  };
}

/** Listed teams, and those only named by an objective or an ask. */
function allTeams(
  listed: readonly NamedKey[],
  objectives: Plan['objectives'],
  dependencies: Plan['dependencies'],
  log: FaultLog,
): NamedKey[] {
  const teams = new Map(listed.map((team) => [team.key, team]));
  const named = [
    ...objectives.map((objective) => ({ team: objective.team, by: objective.key })),
    ...dependencies.flatMap(({ key, fromTeam, on }) => [
      { team: fromTeam, by: key },
      { team: on.team, by: key },
    ]),
  ];
  for (const { team, by } of named) {
    if (team === null || teams.has(team)) continue;
    teams.set(team, { key: team, name: team });
    log.warn('unlisted-team', `The team ${team} is not in the file's list of teams; added to it.`, by);
  }
  return [...teams.values()];
}

/** What only the whole plan shows: unknown priorities, circles of hard needs, more than a board holds. */
function checkWhole(plan: Plan, log: FaultLog): void {
  const priorities = new Set(plan.priorities.map((priority) => priority.key));
  for (const [index, { priority }] of plan.objectives.entries()) {
    if (priority !== null && !priorities.has(priority)) {
      log.fault(`objectives[${index}].priority`, 'names a priority that is not in the file');
    }
  }
  for (const cycle of findHardCycles(plan.dependencies)) {
    const index = plan.dependencies.findIndex((dependency) => dependency.key === cycle.dependencies[0]);
    log.fault(`dependencies[${index}]`, `closes a circle of hard needs: ${sayCircle(cycle.objectives)}`);
  }
  const records =
    plan.teams.length + plan.priorities.length + plan.objectives.length + 3 * plan.dependencies.length;
  if (records > planFileLimits.records) {
    log.fault(
      '',
      `The plan would need ${records} records; a board holds ${planFileLimits.records}. Split it`,
    );
  }
}

/** A circle in words; of a long one the beginning. */
function sayCircle(objectives: readonly string[]): string {
  if (objectives.length <= 12) return [...objectives, objectives[0]].join(' needs ');
  return `${objectives.slice(0, 12).join(' needs ')} needs ... (${objectives.length} in all)`;
}
