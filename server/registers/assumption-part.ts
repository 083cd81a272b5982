import { priorityOf, type Assumption, type Signpost } from '#domain/assumption/assumption.ts';
import { assumptionRules } from '#domain/assumption/assumption-rules.ts';
import type { AssumptionEvent } from '#domain/assumption/command.ts';
import { assumptionFlags } from '#domain/assumption/flags.ts';
import { assumption } from '../store/schema.ts';
import { affecting, day, fact, metricWords, percent, type RegisterPart, type Words } from './part.ts';

/** Assumptions (tracking.md T7). */
export const assumptionPart: RegisterPart<Assumption, AssumptionEvent> = {
  kind: 'assumption',
  table: assumption,
  rules: assumptionRules,
  columns: (it) => ({
    area: it.area,
    loadBearing: it.loadBearing,
    vulnerability: it.vulnerability,
    nextCheck: it.nextCheck,
  }),
  links: (it) => affecting('carries', it.affects),
  flags: assumptionFlags,
  row: (it) => ({
    area: it.area,
    loadBearing: it.loadBearing,
    vulnerability: it.vulnerability,
    priority: priorityOf(it),
    nextCheck: it.nextCheck,
    confidence: it.confidence,
    askedId: it.asked ?? null,
  }),
  facts: (it, words) => [
    ...fact('area', 'Area', it.area),
    ...fact(
      'priority',
      'Priority',
      `${priorityOf(it)} of 9: load ${it.loadBearing}, vulnerability ${it.vulnerability}`,
    ),
    ...fact('confidence', 'Confidence that it holds', percent(it.confidence)),
    ...fact('signpost', 'Signpost', signpostWords(it.signpost, words)),
    ...fact('cadence', 'Checked', it.cadence === 'none' ? null : it.cadence),
    ...fact('shaping', 'To keep it true', it.shaping),
    ...fact('hedge', 'In case it fails', it.hedge),
    ...fact('ended', it.status === 'invalid' ? 'It failed' : 'Retired because', it.endedBecause),
  ],
  sentence(event) {
    switch (event.type) {
      case 'assumed':
        return 'Written down.';
      case 'amended':
        return 'Changed it.';
      case 'checked':
        return event.data.answer === 'holds' ? 'Checked: it holds.' : 'Checked: doubtful.';
      case 'doubted':
        return event.data.because === 'metric'
          ? 'Doubtful now: its measure broke the rule.'
          : 'Doubtful now: two doubtful answers in a row.';
      case 'breached':
        return `Its measure stands at ${event.data.value}.`;
      case 'invalidated':
        return 'It failed. Every promise that rests on it has to be answered.';
      case 'retired':
        return 'Taken off the watch.';
    }
  },
};

function signpostWords(it: Signpost, words: Words): string | null {
  switch (it.kind) {
    case 'none':
      return null;
    case 'metric':
      return metricWords(it, words);
    case 'event':
      return `${day(it.on) ?? ''}: ${it.what}`;
    case 'question':
      return `Ask ${words.person(it.person)}: ${it.text}`;
  }
}
