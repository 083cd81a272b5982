import * as Y from 'yjs';
import { allowed, refused, type Outcome } from '../domain/outcome.ts';
import { compareText, flatten, unflatten, type Flat } from './flatten.ts';
import { textKeysOf } from './flat-keys.ts';
import { sameJson } from './same-json.ts';
import { isForbiddenName } from '../domain/plan/format/json.ts';
import type { BoardRecord, RecordChanges } from './schema/records.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';
import { validateRecord } from './schema/validate-record.ts';
import { diffText } from './text-edit.ts';

/** One record inside the document. */
export type RecordMap = Y.Map<unknown>;

/** The map of all records, id -> record. */
export const recordsOf = (doc: Y.Doc): Y.Map<RecordMap> => doc.getMap<RecordMap>('records');

/** The document's own facts; written by the server only. */
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('meta');

/**
 * An empty document that knows the roots of a board. Yjs names a root that came over the wire before anybody asked for it
 * by an object that it replaces later, and a transaction that was watched meanwhile speaks of the old one.
 */
export function newDocument(): Y.Doc {
  const doc = new Y.Doc();
  recordsOf(doc);
  metaOf(doc);
  return doc;
}

/** Version of the document's shape; null for a document that was never made a board. */
export function schemaVersion(doc: Y.Doc): number | null {
  const version = metaOf(doc).get('schema');
  return typeof version === 'number' ? version : null;
}

/** Fills an empty document: schema version and the given records (see templates). The server's to call, once. */
export function createBoard(doc: Y.Doc, seed: readonly BoardRecord[], origin?: unknown): void {
  doc.transact(() => {
    metaOf(doc).set('schema', SCHEMA_VERSION);
    for (const record of seed) putRecord(doc, record);
  }, origin);
}

/** A record that can not be shown, and why. */
export interface HiddenRecord {
  readonly id: string;
  readonly reason: string;
}

/** All valid records by id, and those that are not. Never throws, whatever the document holds. */
export function readRecords(doc: Y.Doc): { records: BoardRecord[]; hidden: HiddenRecord[] } {
  const records: BoardRecord[] = [];
  const hidden: HiddenRecord[] = [];
  for (const id of [...recordsOf(doc).keys()].sort(compareText)) {
    const read = readRecord(doc, id);
    if (read.ok) records.push(read.value);
    else hidden.push({ id, reason: read.refusal.message });
  }
  return { records, hidden };
}

/**
 * One record, validated. Refused as `no-record` when it is not there, `invalid-record` when it can not be used. `overlay`
 * holds flat values that count instead of the document's: those a binding has not written yet.
 */
export function readRecord(
  doc: Y.Doc,
  id: string,
  overlay?: ReadonlyMap<string, unknown>,
): Outcome<BoardRecord, 'no-record' | 'invalid-record'> {
  const map: unknown = recordsOf(doc).get(id);
  if (map === undefined) return refused('no-record', 'There is no such object on the board.');
  if (!(map instanceof Y.Map)) return refused('invalid-record', 'The record is not a map.');
  const flat = readFlat(map);
  if (!flat.ok) return flat;
  for (const [key, value] of overlay ?? []) flat.value.set(key, value);
  const record = unflatten(flat.value);
  if (record.id !== id)
    return refused('invalid-record', 'id differs from the key it lies under.', { path: 'id' });
  return validateRecord(record);
}

/** A record's keys and values, its texts as strings. Refuses what our own clients never write. */
function readFlat(map: RecordMap): Outcome<Flat, 'invalid-record'> {
  const flat: Flat = new Map();
  const type: unknown = map.get('type');
  const texts = textKeysOf(typeof type === 'string' ? type : undefined);
  // A map's list part is never shown; content hidden there would still be stored and sent to everyone.
  if (map._start !== null) return refused('invalid-record', 'The record holds a hidden list.');
  for (const [key, value] of map.entries()) {
    if (
      isForbiddenName(key.slice(key.lastIndexOf('.') + 1)) ||
      isForbiddenName(key.slice(key.indexOf('.') + 1))
    ) {
      return refused('invalid-record', `${key} is a key that is not allowed.`, { path: key });
    }
    if (!texts.includes(key)) {
      if (value instanceof Y.AbstractType || value instanceof Y.Doc) {
        return refused('invalid-record', `${key} is not JSON.`, { path: key });
      }
      flat.set(key, value);
    } else if (value instanceof Y.Text && isPlain(value)) flat.set(key, value.toString());
    else return refused('invalid-record', `${key} is not a plain shared text.`, { path: key });
  }
  return allowed(flat);
}

function isPlain(text: Y.Text): boolean {
  const steps = text.toDelta() as { insert?: unknown; attributes?: unknown }[];
  return text._map.size === 0 && steps.every((step) => typeof step.insert === 'string' && !step.attributes);
}

/** Creates a record, or brings it to this state: only what differs is written, texts by the smallest splice. */
export function writeRecord(doc: Y.Doc, record: BoardRecord, origin?: unknown): void {
  doc.transact(() => {
    putRecord(doc, record);
  }, origin);
}

/**
 * Reads, changes, validates and writes one record in one transaction. Refuses when it is not there or the result is not
 * valid; then nothing is written.
 */
export function changeRecord(
  doc: Y.Doc,
  id: string,
  change: (record: BoardRecord) => BoardRecord,
  origin?: unknown,
): Outcome<BoardRecord, 'no-record' | 'invalid-record'> {
  const before = readRecord(doc, id);
  if (!before.ok) return before;
  const after = validateRecord(change(before.value));
  if (after.ok) writeRecord(doc, after.value, origin);
  return after;
}

/** Removes a record; nothing happens when it is not there. */
export function removeRecord(doc: Y.Doc, id: string, origin?: unknown): void {
  doc.transact(() => {
    recordsOf(doc).delete(id);
  }, origin);
}

/** Writes what a pure function proposed, in one transaction. */
export function applyChanges(doc: Y.Doc, changes: RecordChanges, origin?: unknown): void {
  doc.transact(() => {
    for (const id of changes.remove) recordsOf(doc).delete(id);
    for (const record of changes.put) putRecord(doc, record);
  }, origin);
}

function putRecord(doc: Y.Doc, record: BoardRecord): void {
  const flat = flatten(record);
  const texts = textKeysOf('type' in record ? record.type : undefined);
  const map: unknown = recordsOf(doc).get(record.id);
  if (!(map instanceof Y.Map)) {
    recordsOf(doc).set(record.id, newRecordMap(flat, texts));
    return;
  }
  for (const key of [...map.keys()]) if (!flat.has(key)) map.delete(key);
  for (const [key, value] of flat) writeKey(map, key, value, texts);
}

/** A record's map, texts included: they must be created with the card, or two people's first words fight. */
export function newRecordMap(flat: Flat, texts: readonly string[]): RecordMap {
  const map: RecordMap = new Y.Map();
  for (const [key, value] of flat) map.set(key, newTextOr(key, value, texts));
  return map;
}

/** What is stored under a key: a new shared text, or the value itself. */
export const newTextOr = (key: string, value: unknown, texts: readonly string[]): unknown =>
  texts.includes(key) ? new Y.Text(value as string) : value;

function writeKey(map: RecordMap, key: string, value: unknown, texts: readonly string[]): void {
  const held = map.get(key);
  if (!texts.includes(key)) {
    if (!sameJson(held, value)) map.set(key, value);
  } else if (held instanceof Y.Text) spliceText(held, held.toString(), value as string);
  else map.set(key, new Y.Text(value as string));
}

/** Brings a shared text from `before`, what it holds, to `after` by the smallest splice. */
export function spliceText(text: Y.Text, before: string, after: string, caret?: number): void {
  const splice = diffText(before, after, caret);
  if (!splice) return;
  if (splice.remove > 0) text.delete(splice.index, splice.remove);
  if (splice.insert !== '') text.insert(splice.index, splice.insert);
}

/**
 * A shared text of a record, such as `textOf(doc, id, 'title')`; null when there is none. Ask again after every undo:
 * undoing a delete makes a new Y.Text, and writes to the old one are lost.
 */
export function textOf(doc: Y.Doc, id: string, prop: 'title' | 'notes' | 'why'): Y.Text | null {
  const map: unknown = recordsOf(doc).get(id);
  if (!(map instanceof Y.Map)) return null;
  const text = (map as RecordMap).get(`props.${prop}`);
  return text instanceof Y.Text ? text : null;
}

/** The shared title of an objective, priority or area. */
export const titleText = (doc: Y.Doc, id: string): Y.Text | null => textOf(doc, id, 'title');
