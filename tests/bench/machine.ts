import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Figures taken while others use more than this share of the cores say nothing about the product. */
const QUIET_SHARE = 0.5;

/** What the figures were measured on, in one line: processor, cores, memory, system, Node, browser. */
export function describeMachine(browser: string): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB memory`;
  const cores = `${availableParallelism()} cores`;
  return [
    cpu?.model.trim() ?? 'unknown processor',
    cores,
    memory,
    systemName(),
    `Node ${process.version}`,
    browser,
  ].join(', ');
}

/** Says so when the machine is busy with something else already; null when the figures may be quoted. */
export function busyWarning(): string | null {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load <= cores * QUIET_SHARE) return null;
  return `The machine was busy before it began (load ${load.toFixed(1)} on ${cores} cores): do not quote these figures.`;
}

function systemName(): string {
  try {
    const name = /^PRETTY_NAME="(.+)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    if (name) return `${name} (kernel ${release()})`;
  } catch {
    // Not a Linux with that file; the kernel's name is what there is.
  }
  return `${type()} ${release()}`;
}
