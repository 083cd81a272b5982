import { allowed, refused, type Outcome } from '../../domain/outcome.ts';
import { checkJson, type JsonFault } from './check-json.ts';
import { checkBounds } from './check-bounds.ts';
import { checkPlanFacts } from './check-plan-facts.ts';
import { boardLimits } from './limits.ts';
import { DOCUMENT_ID, PAGE_ID, isShape, type BoardRecord } from './records.ts';
import { boardSchema } from './schema.ts';

/**
 * Decides whether a value is a record that a board may hold: known type, tldraw's own validators, and the bounds tldraw
 * lacks (board.md B1.6). Judges one record alone; what needs other records (cycles, missing parents) is `repair`'s.
 * Never throws. The refusal's `path` names the field.
 */
export function validateRecord(value: unknown): Outcome<BoardRecord, 'invalid-record'> {
  const fault = checkJson(value) ?? checkType(value);
  if (fault) return refuse(fault);
  const record = value as BoardRecord;
  try {
    typeOf(record.typeName).validate(record);
  } catch (error) {
    return refuse({
      path: '',
      message: error instanceof Error ? error.message.slice(0, 300) : 'is not valid',
    });
  }
  const bad = checkIdentity(record) ?? checkBounds(record) ?? checkPlanFacts(record);
  return bad ? refuse(bad) : allowed(record);
}

const refuse = ({ path, message }: JsonFault) =>
  refused('invalid-record', path === '' ? `The record ${message}.` : `${path} ${message}.`, { path });

const kinds = ['document', 'page', 'shape', 'binding', 'asset'] as const;
type Kind = (typeof kinds)[number];

/** The validators of one kind of record, seen as taking anything. */
function typeOf(kind: Kind): { validate(record: unknown): unknown } {
  return boardSchema.types[kind] as { validate(record: unknown): unknown };
}

function checkType(value: unknown): JsonFault | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { path: '', message: 'is not an object' };
  }
  const { id, typeName } = value as { id?: unknown; typeName?: unknown };
  if (!kinds.some((kind) => kind === typeName))
    return { path: 'typeName', message: 'is not a kind a board holds' };
  if (typeof id !== 'string' || id.length > boardLimits.key) return { path: 'id', message: 'is not an id' };
  return null;
}

function checkIdentity(record: BoardRecord): JsonFault | null {
  if (!/^[a-z]+:[\w.~-]+$/i.test(record.id))
    return { path: 'id', message: 'has characters an id may not have' };
  if (record.typeName === 'document' && record.id !== DOCUMENT_ID)
    return { path: 'id', message: 'is not ours' };
  if (record.typeName === 'page' && record.id !== PAGE_ID) {
    return { path: 'id', message: 'names a second page; a board has one' };
  }
  if (record.typeName === 'asset' && record.type !== 'image') {
    return { path: 'type', message: 'is not a picture' };
  }
  if (isShape(record)) {
    if (record.parentId === (record.id as string))
      return { path: 'parentId', message: 'is the shape itself' };
    if (record.parentId !== PAGE_ID && !record.parentId.startsWith('shape:')) {
      return { path: 'parentId', message: 'is neither the page nor a shape' };
    }
    if (record.index.length > boardLimits.key) return { path: 'index', message: 'is too long' };
  }
  return null;
}
