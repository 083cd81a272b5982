/** A plan file's value, as `JSON.parse` gives it. */
export type FileValue = Record<string, unknown>;

interface Item {
  readonly key: string;
}

/**
 * A real plan made `times` as large, for benches and tests: every objective, measure, ask and update copied with keys of
 * its own (`async~2`), titles numbered, so that nothing is equal by chance. `copyTeams` gives every copy teams of its
 * own as well, up to `teams` in all; people stay the same. The first copy is the plan itself.
 */
export function scalePlan(
  plan: FileValue,
  times: number,
  { copyTeams = false, teams: mostTeams = Infinity }: { copyTeams?: boolean; teams?: number } = {},
): FileValue {
  const listed = plan.teams as Item[];
  const copies = Array.from({ length: times }, (_, i) => i + 1);
  const copiesOfTeams = copyTeams ? Math.min(times, Math.max(1, Math.floor(mostTeams / listed.length))) : 1;
  const keyOf = (key: string, copy: number) => (copy === 1 ? key : `${key}~${copy}`);
  const teamOf = (key: string, copy: number) => keyOf(key, ((copy - 1) % copiesOfTeams) + 1);
  const each = (name: string, write: (item: FileValue, copy: number) => FileValue) =>
    copies.flatMap((copy) =>
      (plan[name] as FileValue[]).map((item) => (copy === 1 ? item : write(item, copy))),
    );
  const maybe = (key: unknown, write: (key: string, copy: number) => string, copy: number) =>
    typeof key === 'string' ? write(key, copy) : null;
  return {
    ...plan,
    title: `${String(plan.title)}, ${times} times`,
    teams: copies
      .slice(0, copiesOfTeams)
      .flatMap((copy) =>
        listed.map((team) => ({ ...team, key: teamOf(team.key, copy), name: teamOf(team.key, copy) })),
      ),
    objectives: each('objectives', (objective, copy) => ({
      ...objective,
      key: keyOf(objective.key as string, copy),
      title: `${objective.title as string} (${copy})`,
      team: maybe(objective.team, teamOf, copy),
      measures: (objective.measures as FileValue[]).map((measure) => ({
        ...measure,
        key: keyOf(measure.key as string, copy),
      })),
    })),
    dependencies: each('dependencies', (dependency, copy) => {
      const on = dependency.on as { team: unknown; objective: unknown };
      return {
        ...dependency,
        key: keyOf(dependency.key as string, copy),
        objective: maybe(dependency.objective, keyOf, copy),
        on: { team: maybe(on.team, teamOf, copy), objective: maybe(on.objective, keyOf, copy) },
      };
    }),
    updates: each('updates', (update, copy) => ({
      ...update,
      objective: keyOf(update.objective as string, copy),
    })),
  };
}
