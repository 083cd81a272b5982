import type { PlanDependency } from './plan.ts';

/** A circle of hard needs between objectives: each waits for the next, the last for the first. */
export interface HardCycle {
  /** Objective keys, starting with the smallest. */
  readonly objectives: readonly string[];
  /** Keys of dependencies inside the circle, sorted. */
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
      return { objectives: inOrder(knot, edges), dependencies: keys.sort() };
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
        const knot = open.splice(open.indexOf(top.node));
        for (const node of knot) isOpen.delete(node);
        found.push(knot);
      }
    }
  }
  return found;
}

/** The knot's objectives along its edges, starting with the smallest key, for a sentence people can follow. */
function inOrder(knot: readonly string[], edges: Edges): string[] {
  const inside = new Set(knot);
  const [first = ''] = [...knot].sort();
  const path: string[] = [];
  for (let node: string | undefined = first; node !== undefined && !path.includes(node);) {
    path.push(node);
    node = (edges.get(node) ?? [])
      .map(({ to }) => to)
      .filter((to) => inside.has(to))
      .sort((a, b) => Number(path.includes(a)) - Number(path.includes(b)) || (a < b ? -1 : 1))[0];
  }
  return path;
}
