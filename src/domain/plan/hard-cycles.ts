import type { PlanDependency } from './plan.ts';

/** A circle of hard needs between objectives: each waits for the next, the last for the first. */
export interface HardCycle {
  /** Keys of the shortest circle through the smallest key, starting with it. */
  readonly objectives: readonly string[];
  /** Keys of all dependencies inside the knot, sorted. */
  readonly dependencies: readonly string[];
}

/**
 * Objectives that wait for each other in a circle over hard dependencies, one entry per knot (strongly connected
 * component, Tarjan 1972, without recursion so that long chains do not overflow). Deterministic.
 */
export function findHardCycles(dependencies: readonly PlanDependency[]): HardCycle[] {
  const edges = new Map<string, { to: string; key: string }[]>();
  for (const { key, objective, on, hardness } of dependencies) {
    if (hardness !== 'hard' || objective === null || on.objective === null) continue;
    const from = edges.get(objective) ?? [];
    edges.set(objective, from);
    from.push({ to: on.objective, key });
  }
  return knots(edges)
    .map((knot) => {
      const inside = new Set(knot);
      const keys = knot.flatMap((from) =>
        (edges.get(from) ?? []).filter(({ to }) => inside.has(to)).map(({ key }) => key),
      );
      return { objectives: circleOf(knot, edges), dependencies: keys.sort() };
    })
    .filter((cycle) => cycle.dependencies.length > 0)
    .sort((a, b) => ((a.objectives[0] ?? '') < (b.objectives[0] ?? '') ? -1 : 1));
}

type Edges = ReadonlyMap<string, readonly { readonly to: string; readonly key: string }[]>;

function knots(edges: Edges): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (node: string) => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
  };
  const lower = (node: string, to: number) => low.set(node, Math.min(low.get(node) ?? to, to));
  for (const root of [...edges.keys()].sort()) {
    if (order.has(root)) continue;
    enter(root);
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = (edges.get(top.node) ?? [])[top.next];
      top.next += 1;
      if (edge) {
        if (!order.has(edge.to)) {
          enter(edge.to);
          path.push({ node: edge.to, next: 0 });
        } else if (isOpen.has(edge.to)) lower(top.node, order.get(edge.to) ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.node, low.get(top.node) ?? 0);
      if (low.get(top.node) === order.get(top.node)) {
        const knot = open.splice(open.lastIndexOf(top.node));
        for (const node of knot) isOpen.delete(node);
        found.push(knot);
      }
    }
  }
  return found;
}

/** The shortest circle through the knot's smallest key, starting there, for a sentence people can follow. */
function circleOf(knot: readonly string[], edges: Edges): string[] {
  const inside = new Set(knot);
  const first = [...knot].sort()[0] ?? '';
  const cameFrom = new Map<string, string>();
  const queue = [first];
  for (const node of queue) {
    const next = (edges.get(node) ?? []).map(({ to }) => to).sort();
    for (const to of next) {
      if (to === first) return pathTo(node, first, cameFrom);
      if (!inside.has(to) || cameFrom.has(to)) continue;
      cameFrom.set(to, node);
      queue.push(to);
    }
  }
  return [first];
}

function pathTo(node: string, first: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path: string[] = [];
  for (let at: string | undefined = node; at !== undefined && at !== first; at = cameFrom.get(at))
    path.push(at);
  return [first, ...path.reverse()];
}
