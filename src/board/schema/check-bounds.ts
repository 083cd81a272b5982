import type { JsonFault } from './check-json.ts';
import { boardLimits } from './limits.ts';
import type { BoardRecord } from './records.ts';
import { isSafePicture, isSafeUrl } from './safe-url.ts';

/** Our own shapes carry numbers that are not geometry (targets, ranks), so only their size is bounded as such. */
const ours: ReadonlySet<string> = new Set(['area', 'column', 'priority', 'objective']);

/** The bounds tldraw lacks: coordinates, sizes, text lengths, addresses (board.md B1.6). First fault or null. */
export function checkBounds(record: BoardRecord): JsonFault | null {
  if (JSON.stringify(record.meta).length > boardLimits.meta) return { path: 'meta', message: 'is too large' };
  if (record.typeName === 'document') return beyond('name', record.name.length, boardLimits.title);
  if (record.typeName === 'page') return beyond('name', record.name.length, boardLimits.title);
  if (record.typeName === 'asset')
    return checkPicture(record.props.src) ?? checkStrings(record.props, 'props', true);
  if (record.typeName === 'binding') return checkGeometry(record.props, 'props');
  const place = checkGeometry({ x: record.x, y: record.y, rotation: record.rotation }, '');
  if (place) return place;
  const props = record.props;
  const size = checkSize(props);
  if (size) return size;
  if (!ours.has(record.type)) {
    const geometry = checkGeometry(props, 'props');
    if (geometry) return geometry;
  }
  return checkStrings(props, 'props', false) ?? checkStrings(record.meta, 'meta', false);
}

/** The bounds of a shape's place alone: all that a drag can break. First fault or null. */
export function checkPlace(place: object): JsonFault | null {
  const { x, y, rotation } = place as { x?: unknown; y?: unknown; rotation?: unknown };
  if (![x, y, rotation].every((value) => typeof value === 'number' && Number.isFinite(value))) {
    return { path: '', message: 'has no place' };
  }
  return checkGeometry({ x, y, rotation }, '') ?? checkSize(place);
}

const beyond = (path: string, value: number, limit: number): JsonFault | null =>
  value > limit ? { path, message: `is longer than ${limit} characters` } : null;

function checkPicture(source: string | null): JsonFault | null {
  if (source === null || source === '') return null;
  if (source.length > boardLimits.picture)
    return { path: 'props.src', message: 'is too large for a picture' };
  return isSafePicture(source)
    ? null
    : { path: 'props.src', message: 'is not a picture kept with the board' };
}

function checkSize(props: object): JsonFault | null {
  for (const side of ['w', 'h'] as const) {
    const value = (props as { w?: unknown; h?: unknown })[side];
    if (typeof value === 'number' && !(value >= 1 && value <= boardLimits.size)) {
      return { path: `props.${side}`, message: `is not between 1 and ${boardLimits.size}` };
    }
  }
  return null;
}

function checkGeometry(value: unknown, path: string): JsonFault | null {
  if (typeof value === 'number') {
    return Math.abs(value) <= boardLimits.coordinate ? null : { path, message: 'lies outside the board' };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const fault = checkGeometry(item, path === '' ? key : `${path}.${key}`);
    if (fault) return fault;
  }
  return null;
}

const addresses: ReadonlySet<string> = new Set(['url', 'href', 'src', 'link']);

/** Lengths of all texts within a value, and addresses wherever they hide (rich text links, shape urls). */
function checkStrings(value: unknown, path: string, pictureChecked: boolean): JsonFault | null {
  if (typeof value === 'string') return checkString(value, path, pictureChecked);
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const fault = checkStrings(item, `${path}.${key}`, pictureChecked);
    if (fault) return fault;
  }
  return null;
}

function checkString(text: string, path: string, pictureChecked: boolean): JsonFault | null {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (pictureChecked && name === 'src') return null;
  if (addresses.has(name) && text !== '' && !isSafeUrl(text)) {
    return { path, message: 'is not an http, https or mailto address' };
  }
  return beyond(
    path,
    text.length,
    name === 'title' || name === 'name' ? boardLimits.title : boardLimits.text,
  );
}
