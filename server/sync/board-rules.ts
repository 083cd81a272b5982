import type * as Y from 'yjs';
import { authorOf } from '#board/author-of.ts';
import { readRecord, recordsOf, schemaVersion, type RecordMap } from '#board/document.ts';
import { PLACE } from '#board/flat-keys.ts';
import { RecordMirror } from '#board/record-mirror.ts';
import { Lies } from '#board/lie-of.ts';
import { migrateDocument } from '#board/migrate-document.ts';
import { repairDocument } from '#board/repair/repair-document.ts';
import { WatchForRepair } from '#board/repair/watch-for-repair.ts';
import { isMove } from '#board/schema/is-move.ts';
import { SCHEMA_VERSION } from '#board/schema/schema.ts';
import { guardedBy, mayChange, type BoardGuard, type Guarded } from '#domain/access/guard.ts';
import type { BoardRules, EditRefusal, Member, PermitFacts, Touched } from './hooks.ts';

/** Something kept beside each document that is being written to; it goes with the document. */
function beside<T>(make: (doc: Y.Doc) => T): (doc: Y.Doc) => T {
  const kept = new WeakMap<Y.Doc, T>();
  return (doc) => {
    const known = kept.get(doc) ?? make(doc);
    kept.set(doc, known);
    return known;
  };
}

const watchOf = beside((doc) => new WatchForRepair(doc));
const mirrorOf = beside((doc) => new RecordMirror(doc));
const liesOf = beside((doc) => new Lies(doc));

const guarded = (guard: BoardGuard, { person, teams, right }: Member): Guarded =>
  guardedBy(guard, { person, teams: teams ?? [], right });

/** Places of records that were judged whole and found good, and only moved since; gone with the record. */
const goodPlaces = new WeakMap<RecordMap, unknown>();

/** The whole record is judged once; a card that is dragged is then judged by its new place alone. */
const validate: BoardRules['validate'] = (doc, _root, id, keys) => {
  const map = recordsOf(doc).get(id);
  const place = map?.get(PLACE);
  if (map && keys?.size === 1 && keys.has(PLACE) && isMove(goodPlaces.get(map), place)) return null;
  const read = readRecord(doc, id);
  if (!read.ok) return { reason: 'invalid', detail: read.refusal.message };
  if (map) goodPlaces.set(map, place);
  return null;
};

/**
 * The rules of a real board: records of src/board, judged by the same schema as the canvas (board.md B1.6). `meta` is the
 * server's alone, so it is no root here and a client that touches it is refused.
 */
export const boardRules: BoardRules = {
  roots: ['records'],
  schema: { version: SCHEMA_VERSION, of: schemaVersion, migrate: (doc) => void migrateDocument(doc) },
  opened: (doc) => void liesOf(doc),
  validate,
  permit,
  ownIn,
  needsRepair: (doc) => watchOf(doc).mayNeedRepair(),
  repair: (doc) => void repairDocument(doc, undefined, mirrorOf(doc).look().values()),
};

/** Areas and locks (facilitation.md F12): every record is judged by where it lay and where it lies now. */
function permit(
  doc: Y.Doc,
  touched: Touched,
  transaction: Y.Transaction,
  member: Member,
  { guard, holderOf }: PermitFacts,
): EditRefusal | null {
  const who = guarded(guard, member);
  if (who.manages || (guard.section === null && isEmpty(guard.areas) && isEmpty(guard.locks))) return null;
  const lies = liesOf(doc);
  for (const id of [...touched.changed, ...touched.removed]) {
    const [was, is] = [lies.before(id), lies.now(id)];
    // An arrow's end moves with the card it holds on to; the arrow itself is judged.
    if ((is ?? was)?.isLink) continue;
    const author = authorOf(doc, id, transaction.beforeState);
    const answer = mayChange(guard, who, {
      id,
      isArea: was?.isArea ?? false,
      team: was?.team ?? null,
      own: was === null || (author !== null && holderOf(author) === member.person),
      onlyPlace: touchesOnlyPlace(doc, id, transaction),
      before: was && lies.around(id, (at) => lies.before(at)),
      after: is && lies.around(id, (at) => lies.now(at)),
    });
    if (!answer.ok) return { reason: 'locked', detail: answer.refusal.message };
  }
  return null;
}

const isEmpty = (of: object): boolean => Object.keys(of).length === 0;

/** Where an area lies and how large it is changes when a neighbour needs room. */
function touchesOnlyPlace(doc: Y.Doc, id: string, transaction: Y.Transaction): boolean {
  const record = recordsOf(doc).get(id);
  if (!record) return false;
  for (const [type, keys] of transaction.changed) {
    if ((type as unknown) === record) return [...keys].every((key) => key === PLACE);
  }
  return false;
}

function ownIn(doc: Y.Doc, member: Member, { guard, holderOf }: PermitFacts): readonly string[] | null {
  const areas = new Set(Object.keys(guard.areas).filter((id) => guard.areas[id]?.level === 'own'));
  if (areas.size === 0) return null;
  const lies = liesOf(doc);
  return [...recordsOf(doc).keys()].filter((id) => {
    const author = authorOf(doc, id);
    if (author === null || holderOf(author) !== member.person) return false;
    return lies.around(id, (at) => lies.now(at)).some((at) => areas.has(at.id));
  });
}
