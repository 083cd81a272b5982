import { measureFields, measureKey, PLACE, readMeasureKey, type Place } from './flat-keys.ts';
import type { BoardRecord } from './schema/records.ts';
import type { MeasureProps } from './schema/shapes.ts';

/** A record as flat keys. Values are JSON; those of `textKeysOf(type)` are the plain text of a Y.Text. */
export type Flat = Map<string, unknown>;

const geometry: ReadonlySet<string> = new Set(['x', 'y', 'rotation', 'parentId', 'index']);

/** A record as the flat keys of its Y.Map. Undefined values are left out. */
export function flatten(record: BoardRecord): Flat {
  const flat: Flat = new Map();
  const shape = record.typeName === 'shape';
  for (const [key, value] of Object.entries(record)) {
    if (key === 'props' || key === 'meta' || value === undefined) continue;
    if (!(shape && geometry.has(key))) flat.set(key, value);
  }
  const props: object = 'props' in record ? record.props : {};
  if (shape) flat.set(PLACE, placeOf(record, props));
  for (const [key, value] of Object.entries(props) as [string, unknown][]) {
    if (value === undefined || (shape && (key === 'w' || key === 'h'))) continue;
    if (shape && record.type === 'objective' && key === 'measures')
      flattenMeasures(value as MeasureProps[], flat);
    else flat.set(`props.${key}`, value);
  }
  for (const [key, value] of Object.entries(record.meta)) {
    if (value !== undefined) flat.set(`meta.${key}`, value);
  }
  return flat;
}

function placeOf({ x, y, rotation, parentId, index }: Place, props: { w?: unknown; h?: unknown }): Place {
  const { w, h } = props;
  return {
    ...{ x, y, rotation, parentId, index },
    ...(typeof w === 'number' ? { w } : {}),
    ...(typeof h === 'number' ? { h } : {}),
  };
}

function flattenMeasures(measures: readonly MeasureProps[], flat: Flat): void {
  for (const measure of measures) {
    for (const field of measureFields) flat.set(measureKey(measure.key, field), measure[field]);
  }
}

/**
 * A record's plain value from its flat keys. Total: what does not fit is put where the validator will find it. A measure
 * of which not every field is there was deleted by somebody while another changed it, and stays deleted.
 */
export function unflatten(flat: Flat): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const props: Record<string, unknown> = {};
  const meta: Record<string, unknown> = {};
  const measures = new Map<string, Record<string, unknown>>();
  for (const [key, value] of flat) {
    const measure = readMeasureKey(key);
    if (measure) {
      const fields = measures.get(measure.measure) ?? {};
      measures.set(measure.measure, fields);
      fields[measure.field] = value;
    } else if (key.startsWith('props.')) props[key.slice(6)] = value;
    else if (key.startsWith('meta.')) meta[key.slice(5)] = value;
    else if (key === PLACE) spreadPlace(value, record, props);
    else record[key] = value;
  }
  const hasProps =
    record.typeName === 'shape' || record.typeName === 'binding' || record.typeName === 'asset';
  if (record.type === 'objective') props.measures = readMeasures(measures);
  return { ...record, meta, ...(hasProps ? { props } : {}) };
}

function spreadPlace(value: unknown, record: Record<string, unknown>, props: Record<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return;
  const { w, h, ...place } = value as Record<string, unknown>;
  Object.assign(record, place);
  if (w !== undefined) props.w = w;
  if (h !== undefined) props.h = h;
}

function readMeasures(measures: ReadonlyMap<string, Record<string, unknown>>): unknown[] {
  return [...measures]
    .filter(([, fields]) => measureFields.every((field) => Object.hasOwn(fields, field)))
    .map(([key, fields]) => ({ key, ...fields }) as { key: string; order: unknown })
    .sort((a, b) => compareText(String(a.order), String(b.order)) || compareText(a.key, b.key));
}

/** True when an objective's measures stand in their order, as they do when read from the document. */
export const isInOrder = (measures: readonly MeasureProps[]): boolean =>
  measures.every((measure, i) => {
    const next = measures[i + 1];
    return !next || (compareText(measure.order, next.order) || compareText(measure.key, next.key)) < 0;
  });

/** Order by code units: the same everywhere, unlike localeCompare. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
