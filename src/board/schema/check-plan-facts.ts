import { isForbiddenName } from '../../domain/plan/format/json.ts';
import { isLocalDate } from '../../domain/plan/local-date.ts';
import type { JsonFault } from './check-json.ts';
import { boardLimits } from './limits.ts';
import { isArea, isArrow, isObjective, isPriority, type BoardRecord } from './records.ts';
import { isDependencyMeta, isNeed, needPrefix } from './dependency-meta.ts';
import type { ObjectiveShape } from './shapes.ts';

/** Facts of planning objects that tldraw's validators take for any text: keys, dates, measures. First fault or null. */
export function checkPlanFacts(record: BoardRecord): JsonFault | null {
  if (isObjective(record)) return checkKey(record.meta.key) ?? checkObjective(record);
  if (isPriority(record)) return checkKey(record.meta.key);
  if (isArea(record)) return checkName('props.team', record.props.team);
  if (record.typeName === 'shape' && record.type === 'column') {
    return checkDate('props.start', record.props.start) ?? checkDate('props.end', record.props.end);
  }
  if (isArrow(record) && record.meta.kind === 'dependency') {
    if (!isDependencyMeta(record.meta)) return { path: 'meta', message: 'is not a dependency' };
    return checkKey(record.meta.key) ?? checkDate('meta.neededBy', record.meta.neededBy);
  }
  return null;
}

function checkObjective({ props, meta }: ObjectiveShape): JsonFault | null {
  const keys = new Set(props.measures.map((measure) => measure.key));
  if (props.measures.length > boardLimits.measures) {
    return { path: 'props.measures', message: `has more than ${boardLimits.measures} measures` };
  }
  if (keys.size < props.measures.length)
    return { path: 'props.measures', message: 'has a measure key twice' };
  for (const [index, measure] of props.measures.entries()) {
    const path = `props.measures[${index}]`;
    if (!isKey(measure.key)) return { path: `${path}.key`, message: 'is not a key' };
    const fault = checkDate(`${path}.due`, measure.due) ?? checkName(`${path}.owner`, measure.owner);
    if (fault) return fault;
  }
  if (props.weight < 1 || props.weight > 10)
    return { path: 'props.weight', message: 'is not between 1 and 10' };
  if (props.businessValue !== null && (props.businessValue < 1 || props.businessValue > 10)) {
    return { path: 'props.businessValue', message: 'is not between 1 and 10' };
  }
  if (props.effort !== null && props.effort < 0) return { path: 'props.effort', message: 'is below zero' };
  for (const [key, value] of Object.entries(meta)) {
    if (!key.startsWith(needPrefix)) continue;
    if (!isNeed(value)) return { path: `meta.${key}`, message: 'is not a need' };
    const fault = checkKey(key.slice(needPrefix.length)) ?? checkDate(`meta.${key}.neededBy`, value.neededBy);
    if (fault) return fault;
  }
  return (
    checkDate('props.due', props.due) ??
    checkName('props.owner', props.owner) ??
    checkName('props.team', props.team) ??
    checkName('props.priority', props.priority)
  );
}

const isKey = (text: string): boolean =>
  text !== '' && text.length <= boardLimits.key && !text.includes('\0') && !isForbiddenName(text);

/** A key may still be missing (drawn a moment ago, pasted from elsewhere); `repair` gives it one. */
function checkKey(key: unknown): JsonFault | null {
  if (key === undefined) return null;
  return typeof key === 'string' && isKey(key) ? null : { path: 'meta.key', message: 'is not a key' };
}

const checkName = (path: string, name: string | null): JsonFault | null =>
  name === null || isKey(name) ? null : { path, message: 'is not a key' };

const checkDate = (path: string, date: string | null): JsonFault | null =>
  date === null || isLocalDate(date) ? null : { path, message: 'is not a date like 2026-03-31' };
