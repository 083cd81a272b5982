/** `from` (an objective's key) needs something that `to` (another objective's key) delivers. */
export interface ServedEdge {
  readonly from: string;
  readonly to: string;
}

/**
 * Groups of objectives that wait for each other in a ring, each named along the ring (strongly connected components,
 * Tarjan 1972, without recursion so that a long chain cannot exhaust the stack). An objective that waits for itself is
 * a ring of one. Deterministic for the same edges in the same order.
 */
export function findRings(edges: readonly ServedEdge[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (!next.has(to)) next.set(to, []);
    const list = next.get(from);
    if (list === undefined) next.set(from, [to]);
    else list.push(to);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const rings: string[][] = [];

  const enter = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
  };

  for (const root of next.keys()) {
    if (index.has(root)) continue;
    enter(root);
    const walk: { node: string; edge: number }[] = [{ node: root, edge: 0 }];
    for (let here = walk.at(-1); here !== undefined; here = walk.at(-1)) {
      const { node } = here;
      const to = next.get(node)?.[here.edge];
      if (to !== undefined) {
        here.edge += 1;
        if (!index.has(to)) {
          enter(to);
          walk.push({ node: to, edge: 0 });
        } else if (onStack.has(to)) {
          low.set(node, Math.min(low.get(node) ?? 0, index.get(to) ?? 0));
        }
        continue;
      }
      walk.pop();
      const above = walk.at(-1);
      if (above !== undefined) low.set(above.node, Math.min(low.get(above.node) ?? 0, low.get(node) ?? 0));
      if (low.get(node) !== index.get(node)) continue;
      const ring: string[] = [];
      for (;;) {
        const member = stack.pop();
        if (member === undefined) break;
        onStack.delete(member);
        ring.push(member);
        if (member === node) break;
      }
      if (ring.length > 1 || next.get(node)?.includes(node)) rings.push(ring.reverse());
    }
  }
  return rings;
}

/** The way round that one more edge would close, from its tail back to its tail; null when it closes none. */
export function ringClosedBy(edges: readonly ServedEdge[], added: ServedEdge): readonly string[] | null {
  if (added.from === added.to) return [added.from, added.to];
  const cameFrom = new Map<string, string>();
  const queue = [added.to];
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? '';
    for (const { from, to } of edges) {
      if (from !== node || cameFrom.has(to) || to === added.to) continue;
      cameFrom.set(to, node);
      if (to === added.from) return [added.from, ...wayTo(added.from, added.to, cameFrom)];
      queue.push(to);
    }
  }
  return null;
}

function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end];
  for (let node = end; node !== start;) {
    node = cameFrom.get(node) ?? start;
    way.unshift(node);
  }
  return way;
}
