import { describe, expect, test } from 'vitest';
import { objective } from '../../tests/support/board-records.ts';
import { createBoard, newDocument, recordsOf, schemaVersion } from './document.ts';
import { migrateDocument, type MigrationStep } from './migrate-document.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';
import { seedRecords } from './seed.ts';

const board = () => {
  const doc = newDocument();
  createBoard(doc, [...seedRecords(), objective('a')]);
  return doc;
};

const owned = (from: number, owner: string): MigrationStep => ({
  from,
  migrate: (doc) => recordsOf(doc).get('shape:a')?.set('props.owner', owner),
});

describe('bringing an older board up to date', () => {
  test('[BD8] every step from its version on runs once, in order, as one change', () => {
    const doc = board();
    let changes = 0;
    doc.on('update', () => (changes += 1));
    const to = SCHEMA_VERSION + 2;
    const steps = [owned(SCHEMA_VERSION + 1, 'second'), owned(SCHEMA_VERSION, 'first')];
    expect(migrateDocument(doc, to, steps)).toBe('migrated');
    expect(recordsOf(doc).get('shape:a')?.get('props.owner')).toBe('second');
    expect([schemaVersion(doc), changes]).toEqual([to, 1]);
    expect(migrateDocument(doc, to, steps)).toBe('current');
    expect(changes).toBe(1);
  });

  test('[BD8] a newer board, and a document that is no board, are left alone', () => {
    const doc = board();
    expect(migrateDocument(doc, SCHEMA_VERSION - 1)).toBe('newer');
    expect(migrateDocument(doc)).toBe('current');
    expect(migrateDocument(newDocument())).toBe('not-a-board');
  });

  test('[BD8] a missing step changes nothing', () => {
    const doc = board();
    expect(() => migrateDocument(doc, SCHEMA_VERSION + 2, [owned(SCHEMA_VERSION, 'x')])).toThrow(
      'No step leads',
    );
    expect(schemaVersion(doc)).toBe(SCHEMA_VERSION);
    expect(recordsOf(doc).get('shape:a')?.get('props.owner')).toBeNull();
  });
});
