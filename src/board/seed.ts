import type { TLDocument, TLPage } from '@tldraw/tlschema';
import { DOCUMENT_ID, PAGE_ID, type BoardRecord } from './schema/records.ts';

/** Document and page record, with their fixed ids: what every board starts with. */
export function seedRecords(): BoardRecord[] {
  const document: TLDocument = {
    id: DOCUMENT_ID as TLDocument['id'],
    typeName: 'document',
    gridSize: 10,
    name: '',
    meta: {},
  };
  const page: TLPage = {
    id: PAGE_ID as TLPage['id'],
    typeName: 'page',
    name: 'Board',
    index: 'a1' as TLPage['index'],
    meta: {},
  };
  return [document, page];
}
