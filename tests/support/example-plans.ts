import { readFileSync } from 'node:fs';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import type { PlanFile } from '../../src/domain/plan/format/plan-file.ts';
import type { FileValue } from './scale-plan.ts';

/** The real plans shipped as examples. */
export type ExamplePlan = '2024h2' | '2025h1';

export const exampleText = (name: ExamplePlan): string =>
  readFileSync(new URL(`../../static/example/rust-project-goals-${name}.plan.json`, import.meta.url), 'utf8');

export const exampleValue = (name: ExamplePlan): FileValue => JSON.parse(exampleText(name)) as FileValue;

/** The file read; fails when it is refused. */
export function readPlan(input: unknown): PlanFile {
  const read = parsePlanFile(input);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal).slice(0, 2_000));
  return read.value;
}

/** Record ids for tests: t0000000001, t0000000002 ... */
export function counter(prefix = 't'): () => string {
  let count = 0;
  return () => `${prefix}${String((count += 1)).padStart(10, '0')}`;
}
