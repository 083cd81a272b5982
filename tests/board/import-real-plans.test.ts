import { readFileSync } from 'node:fs';
import { test, expect } from 'vitest';
import * as Y from 'yjs';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import { planToChanges } from '../../src/board/import/plan-to-changes.ts';
import { createBoard, applyChanges, readRecords } from '../../src/board/document.ts';
import { extractPlan } from '../../src/board/extract-plan.ts';
import { seedRecords } from '../../src/board/seed.ts';

test('try', () => {
  for (const name of ['2025h1', '2024h2']) {
    const text = readFileSync(`static/example/rust-project-goals-${name}.plan.json`, 'utf8');
    const parsed = parsePlanFile(text);
    if (!parsed.ok) {
      console.log(parsed.refusal);
      throw new Error('x');
    }
    let n = 0;
    const mint = () => `id${String(n++).padStart(8, '0')}`;
    const t0 = performance.now();
    const doc = new Y.Doc();
    createBoard(doc, seedRecords());
    const r = planToChanges(readRecords(doc).records, parsed.value, { mint });
    applyChanges(doc, r.changes);
    console.log(
      performance.now() - t0,
      r.added.length,
      r.changed.length,
      r.problems.slice(0, 5),
      r.changes.put.length,
    );
    const back = readRecords(doc);
    console.log(back.hidden.slice(0, 3), back.records.length, Y.encodeStateAsUpdate(doc).length);
    const again = planToChanges(back.records, parsed.value, { mint });
    console.log(again.added.length, again.changed, again.unchanged.length, again.changes);
    const ex = extractPlan(back.records, {
      title: parsed.value.plan.title,
      period: parsed.value.plan.period,
      people: parsed.value.plan.people,
    });
    console.log(
      ex.plan.objectives.length,
      ex.plan.dependencies.length,
      ex.plan.teams.length,
      ex.plan.people.length,
      ex.problems.length,
    );
  }
});
