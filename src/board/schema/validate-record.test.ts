import { describe, expect, test } from 'vitest';
import {
  area,
  dependency,
  measure,
  note,
  objective,
  priority,
} from '../../../tests/support/board-records.ts';
import { newColumn } from '../new-shapes.ts';
import { seedRecords } from '../seed.ts';
import { isSafePicture, isSafeUrl } from './safe-url.ts';
import { createBoardSchema } from './schema.ts';
import { validateRecord } from './validate-record.ts';

type Loose = Record<string, unknown>;

/** A valid card, spoilt. */
const card = (over: Loose = {}, props: Loose = {}): Loose => {
  const whole = objective('card');
  return { ...whole, ...over, props: { ...whole.props, ...props } };
};
const meta = (fields: Loose): Loose => card({ meta: { key: 'card', ...fields } });
const picture = (props: Loose): Loose => ({
  id: 'asset:p',
  typeName: 'asset',
  type: 'image',
  meta: {},
  props: {
    w: 10,
    h: 10,
    name: 'p.png',
    isAnimated: false,
    mimeType: 'image/png',
    src: 'data:image/png;base64,AA==',
    ...props,
  },
});
const richText = (attrs: Loose): Loose => {
  const text = { type: 'text', text: 'x', marks: [{ type: 'link', attrs }] };
  const whole = note('n');
  return {
    ...whole,
    props: { ...whole.props, richText: { type: 'doc', content: [{ type: 'paragraph', content: [text] }] } },
  };
};
const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
const circular: Loose = { id: 'shape:x', typeName: 'shape' };
circular.meta = circular;

describe('what a board may hold', () => {
  test.each([
    ...seedRecords(),
    area('a'),
    priority('p'),
    objective('o', { measures: [measure('m')], due: '2026-03-31', link: 'https://example.org/a?b#c' }),
    newColumn({ id: 'c', x: 0, y: 0, props: { start: '2026-01-01', end: '2026-01-31' } }),
    ...dependency('d', 'a', 'o'),
    note('n'),
  ])('[BD6] $typeName $type is taken', (record) => {
    expect(validateRecord(record)).toEqual({ ok: true, value: record });
  });

  test('[BD6] a picture kept with the board is taken, a link in rich text too', () => {
    expect(validateRecord(picture({}))).toMatchObject({ ok: true });
    expect(validateRecord(richText({ href: 'mailto:ana@example.org' }))).toMatchObject({ ok: true });
  });

  test.each<[string, unknown, string?]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'shape'],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['itself inside itself', circular],
    ['no kind', { id: 'shape:x' }, 'typeName'],
    ['presence', { id: 'instance_presence:x', typeName: 'instance_presence' }, 'typeName'],
    ['a camera', { id: 'camera:page:page', typeName: 'camera', x: 0, y: 0, z: 1, meta: {} }, 'typeName'],
    ['a second page', { ...seedRecords()[1], id: 'page:other' }, 'id'],
    ['an embed', { ...card(), type: 'embed' }],
    ['a bookmark', { ...card(), type: 'bookmark' }],
    ['a video', { ...picture({}), type: 'video' }],
    ['an id with blanks', card({ id: 'shape:a b' }), 'id'],
    ['a number as id', card({ id: 5 }), 'id'],
    ['its own parent', card({ parentId: 'shape:card' }), 'parentId'],
    ['a binding as parent', card({ parentId: 'binding:x' })],
    ['NaN', card({ x: NaN }), 'x'],
    ['Infinity', card({ y: -Infinity }), 'y'],
    ['beyond the board', card({ x: 1.0001e7 }), 'x'],
    ['far beyond', card({ y: 1e308 }), 'y'],
    ['too wide', card({}, { w: 1e5 + 1 }), 'props.w'],
    ['too flat', card({}, { h: 0.5 }), 'props.h'],
    ['an index that is none', card({ index: 'first' })],
    ['an unknown fact', card({}, { salary: 1 })],
    ['an unknown status', card({}, { status: 'done' })],
    ['a due that is no day', card({}, { due: '2026-02-30' }), 'props.due'],
    ['weight 0', card({}, { weight: 0 }), 'props.weight'],
    ['business value 11', card({}, { businessValue: 11 }), 'props.businessValue'],
    ['a long title', card({}, { title: 'x'.repeat(1_001) }), 'props.title'],
    ['long notes', card({}, { notes: 'x'.repeat(20_001) }), 'props.notes'],
    ['a script link', card({}, { link: 'javascript:alert(1)' })],
    ['a link with a line break', card({}, { link: 'https://a\n.b' })],
    ['a link of data', card({}, { link: 'data:text/html,x' })],
    ['two measures with one key', card({}, { measures: [measure('m'), measure('m')] }), 'props.measures'],
    [
      '101 measures',
      card({}, { measures: Array.from({ length: 101 }, (_, i) => measure(`m${i}`)) }),
      'props.measures',
    ],
    ['a measure without key', card({}, { measures: [measure('')] }), 'props.measures[0].key'],
    [
      'a measure due some day',
      card({}, { measures: [measure('m', { due: 'TBD' })] }),
      'props.measures[0].due',
    ],
    ['an owner called __proto__', card({}, { owner: '__proto__' }), 'props.owner'],
    ['a key that is a number', meta({ key: 5 }), 'meta.key'],
    ['an empty key', meta({ key: '' }), 'meta.key'],
    [
      'a prototype key',
      meta({ deep: JSON.parse('{"__proto__":{"admin":true}}') as unknown }),
      'meta.deep.__proto__',
    ],
    ['a constructor key', meta({ constructor: 1 }), 'meta.constructor'],
    ['depth 33', meta({ deep: nested(33) })],
    ['5 MB of meta', meta({ blob: 'x'.repeat(5_000_000) })],
    ['100 kB of meta', meta({ blob: Array.from({ length: 10 }, () => 'x'.repeat(10_001)) }), 'meta'],
    ['bytes', meta({ bytes: new Uint8Array(2) }), 'meta.bytes'],
    ['undefined', meta({ nothing: undefined }), 'meta.nothing'],
    ['half a need', meta({ 'need:k': { what: 'x' } }), 'meta.need:k'],
    [
      'half a dependency',
      { ...dependency('d', 'a', 'b')[0], meta: { kind: 'dependency', key: 'd' } },
      'meta',
    ],
    ['a tracker picture', picture({ src: 'https://tracker.example/p.png' }), 'props.src'],
    ['an SVG picture', picture({ src: 'data:image/svg+xml;base64,AA==' }), 'props.src'],
    ['a huge picture', picture({ src: `data:image/png;base64,${'A'.repeat(700_001)}` }), 'props.src'],
    ['a script link in rich text', richText({ href: 'javascript:alert(1)' })],
    ['a hidden link in rich text', richText({ href: 'java\tscript:alert(1)' })],
    [
      'a far anchor',
      { ...dependency('d', 'a', 'b')[1], props: { ...props(), normalizedAnchor: { x: 1e9, y: 0 } } },
    ],
  ])('[BD6] %s is refused and nothing is thrown', (_what, record, path) => {
    const judged = validateRecord(record);
    expect(judged).toMatchObject({ ok: false, refusal: { code: 'invalid-record' } });
    if (path !== undefined && !judged.ok) expect(judged.refusal.path).toBe(path);
  });
});

const props = () => (dependency('d', 'a', 'b')[1] as { props: object }).props;

describe('addresses', () => {
  test.each(['https://example.org', 'http://localhost:3000/a', 'mailto:a@b.example'])(
    '[BD13] %s may be linked to',
    (url) => {
      expect(isSafeUrl(url)).toBe(true);
    },
  );

  test.each([
    '',
    'example.org',
    '/path',
    'javascript:1',
    'JAVASCRIPT:1',
    ' https://a.b',
    'ftp://a.b',
    'https://',
    'data:,x',
  ])('[BD13] %j may not', (url) => {
    expect(isSafeUrl(url)).toBe(false);
    expect(isSafePicture(url)).toBe(false);
  });
});

test('[BD14] the schema of the canvas has no shape that fetches from other hosts', () => {
  const { schemaVersion, sequences } = createBoardSchema().serialize() as {
    schemaVersion: number;
    sequences: object;
  };
  const shapes = Object.keys(sequences).filter((name) => name.startsWith('com.tldraw.shape.'));
  expect(schemaVersion).toBe(2);
  expect(shapes.filter((name) => /embed|bookmark|video/.test(name))).toEqual([]);
});
