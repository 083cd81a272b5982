import * as Y from 'yjs';
import { cardsOf, putCard } from '../../sync/support/card-rules.ts';
import { orphans } from './linked-cards.ts';
import { board, noFaults, SimServers, type Faults } from './sim-server.ts';
import { SimDevice, SimTab, type LineFaults } from './sim-tab.ts';
import { SimWorld } from './sim-world.ts';

/** What one run did, so that a suite can tell that the fuzz really worked. */
export interface RunReport {
  readonly seed: number;
  /** Everything that must never be, in words; empty in a good run. */
  readonly faults: string[];
  readonly edits: number;
  readonly savedEdits: number;
  readonly rows: number;
  readonly crashes: number;
  readonly tabsKilled: number;
  readonly copies: number;
  readonly repairs: number;
  readonly steps: number;
}

const quiet: LineFaults = { breaks: 0, silent: 0, twice: 0 };

/** The mix of trouble of a seed: every seed has another. */
function troubleOf(world: SimWorld): {
  servers: Faults;
  lines: LineFaults;
  nodes: number;
  crash: number;
  invalid: number;
} {
  const some = (p: number, most: number): number => (world.chance(p) ? world.random() * most : 0);
  return {
    nodes: world.chance(0.3) ? 2 : 1,
    servers: {
      appendRefused: some(0.3, 0.1),
      appendUnknown: some(0.4, 0.15),
      readFails: some(0.2, 0.2),
      doorbellLost: some(0.5, 0.5),
    },
    lines: { breaks: some(0.6, 0.03), silent: some(0.2, 0.01), twice: some(0.3, 0.3) },
    crash: some(0.5, 0.06),
    invalid: some(0.2, 0.1),
  };
}

/**
 * One session: tabs edit while lines break, nodes and tabs die and the store fails; then all trouble ends and everything
 * must come to rest. Checked: nothing that was shown as saved is lost, every edit is stored once, all show the same, and
 * no card hangs on a parent that is gone.
 */
export async function runSeed(seed: number): Promise<RunReport> {
  const world = new SimWorld(seed);
  const trouble = troubleOf(world);
  const servers = new SimServers(world, trouble.nodes);
  servers.faults = trouble.servers;
  let lines = trouble.lines;
  const devices = Array.from({ length: world.between(2, 3) }, (_, i) => new SimDevice(`p${i}`));
  let tabs = devices.map((device) => new SimTab(world, servers, device, () => lines));
  const all = [...tabs];
  let crashes = 0;
  let tabsKilled = 0;
  let next = 0;
  let edits = 0;
  const deleted = new Set<string>();

  for (let round = world.between(15, 30); round > 0; round--) {
    await world.run(world.between(1, 400));
    const tab = world.pick(tabs);
    const cards = tab.doc.getMap('cards');
    const keys = [...cards.keys()];
    const dice = world.random();
    edits++;
    if (world.chance(trouble.invalid)) putCard(tab.doc, `bad${next++}`, { x: Number.NaN });
    else if (dice < 0.5 || keys.length === 0) {
      const key = `k${next++}`;
      tab.made.push(key);
      const parent = keys.length > 0 && world.chance(0.4) ? { parent: world.pick(keys) } : {};
      putCard(tab.doc, key, { by: tab.device.member.person, x: next, ...parent });
    } else if (dice < 0.85) putCard(tab.doc, world.pick(keys), { x: world.between(0, 1_000) });
    else {
      const key = world.pick(keys);
      deleted.add(key);
      cards.delete(key);
    }
    if (world.chance(trouble.crash)) {
      crashes++;
      if (world.chance(0.7)) servers.crash();
      else servers.restart();
    }
    if (world.chance(trouble.crash / 2)) {
      tabsKilled++;
      tab.kill();
      const reborn = new SimTab(world, servers, tab.device, () => lines);
      tabs = tabs.map((each) => (each === tab ? reborn : each));
      all.push(reborn);
    }
  }

  servers.faults = noFaults;
  lines = quiet;
  const faults: string[] = [];
  const stored = (): Y.Doc => {
    const doc = new Y.Doc();
    for (const row of servers.journal.stored(board).rows) Y.applyUpdate(doc, row.bytes);
    return doc;
  };
  const atRest = (): boolean =>
    tabs.every(
      ({ connection }) =>
        connection.state.source === 'server' && !connection.hasUnsaved && connection.state.link === 'open',
    );
  for (let waited = 0; waited < 60 && !atRest(); waited++) await world.run(2_000);
  // Time for the last poll between nodes, and for heartbeats to notice the last silent line.
  await world.run(35_000);
  for (let waited = 0; waited < 30 && !atRest(); waited++) await world.run(2_000);
  if (!atRest())
    faults.push(`it never came to rest: ${JSON.stringify(tabs.map((tab) => tab.connection.state))}`);

  const truth = stored();
  const content = JSON.stringify(sorted(cardsOf(truth)));
  for (const tab of tabs) {
    if (JSON.stringify(sorted(cardsOf(tab.doc))) !== content)
      faults.push(`${tab.device.member.person} shows something else than the journal`);
  }
  const refused = new Set<string>();
  let copies = 0;
  for (const device of devices) {
    for (const copy of await device.store.copies(board, device.member.person)) {
      copies++;
      for (const id of Object.keys(copy.records.cards ?? {})) refused.add(id);
    }
  }
  const cards = truth.getMap('cards');
  let savedEdits = 0;
  for (const tab of all) {
    for (const key of tab.saved) {
      savedEdits++;
      if (!cards.has(key) && !deleted.has(key) && !refused.has(key))
        faults.push(`${key} was shown as saved and is lost`);
    }
  }
  for (const tab of tabs) {
    for (const key of tab.made) {
      if (!cards.has(key) && !deleted.has(key) && !refused.has(key))
        faults.push(`${key} was never shown as saved, and is neither stored nor kept as a copy`);
    }
  }
  if (trouble.invalid === 0 && copies > 0) faults.push('an honest edit was refused');
  for (const key of cards.keys()) if (key.startsWith('bad')) faults.push(`${key} is invalid and stored`);
  const dangling = orphans(truth);
  if (dangling.length > 0) faults.push(`dangling parents: ${dangling.join()}`);
  faults.push(...outboxFaults(servers));
  const rows = servers.journal.stored(board).rows;
  const repairs = rows.filter((row) => row.person === null).length;
  for (const tab of tabs) tab.kill();
  return {
    seed,
    faults,
    edits,
    savedEdits,
    rows: rows.length,
    crashes,
    tabsKilled,
    copies,
    repairs,
    steps: world.steps,
  };
}

/** Every outbox is stored as 1, 2, 3 ... without a gap; (outbox, n) twice the journal itself refuses. */
function outboxFaults(servers: SimServers): string[] {
  const last = new Map<string, number>();
  const faults: string[] = [];
  for (const row of servers.journal.stored(board).rows) {
    if (row.person !== null && row.n !== (last.get(row.outbox) ?? 0) + 1) {
      faults.push(`outbox ${row.outbox}: ${row.n} follows ${last.get(row.outbox) ?? 0}`);
    }
    last.set(row.outbox, row.n);
  }
  return faults;
}

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};
