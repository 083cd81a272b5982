import { sessionCommandShape, toCommand } from '#protocol/session-commands.ts';
import type { SessionCommand } from '#domain/facilitation/command.ts';
import { postedOf } from '#lib/tracking/posted.ts';
import { registerInput } from '../../[register=register]/register-input.server.ts';
import { refused, allowed, type Outcome } from '#domain/outcome.ts';

/** Fields of the envelope, which are not the command's. */
const envelope = new Set(['json', 'rev', 'numbers', 'lists']);

/** What a form of the session's page sent: what was fixed of it, with what was typed. */
export function readPosted(data: FormData): {
  readonly fixed: Record<string, unknown>;
  readonly typed: Record<string, unknown>;
} {
  const numbers = new Set(text(data.get('numbers')).split(' '));
  const lists = new Set(text(data.get('lists')).split(' '));
  const typed: Record<string, unknown> = {};
  for (const [name, value] of data) {
    if (envelope.has(name) || typeof value !== 'string') continue;
    const number = numbers.has(name) && value.trim() !== '' ? Number(value) : Number.NaN;
    if (lists.has(name)) typed[name] = [...asList(typed[name]), value];
    else place(typed, name, Number.isNaN(number) ? value : number);
  }
  try {
    const fixed: unknown = JSON.parse(text(data.get('json')) || '{}');
    return { fixed: typeof fixed === 'object' && fixed !== null ? { ...fixed } : {}, typed };
  } catch {
    return { fixed: {}, typed };
  }
}

/** The revision the page showed when it was pressed. */
export function revOf(data: FormData): number | null {
  const rev = Number(text(data.get('rev')) || 'nothing');
  return Number.isInteger(rev) ? rev : null;
}

/** A command of the machine out of a form; what needs an id of its own gets one here. */
export function readCommand(data: FormData): Outcome<SessionCommand> {
  const { fixed, typed } = readPosted(data);
  const made = fixed.type === 'park' || fixed.type === 'open-ballot' ? { id: crypto.randomUUID() } : {};
  const read = sessionCommandShape.safeParse(
    fixed.type === 'insert' ? toInsert(typed) : { ...made, ...fixed, ...questionIn(fixed), ...typed },
  );
  if (read.success) return allowed(toCommand(read.data));
  const [issue] = read.error.issues;
  return refused('invalid', issue?.message ?? 'This was not understood.', {
    path: String(issue?.path.at(-1) ?? ''),
  });
}

/** What is voted on and is no row has no id yet: a question. */
function questionIn({ type, items }: Readonly<Record<string, unknown>>): object {
  if (type !== 'open-ballot' || !Array.isArray(items)) return {};
  const named = (items as readonly { readonly id?: unknown }[]).map((it) =>
    it.id === '' ? { ...it, id: crypto.randomUUID() } : it,
  );
  return { items: named };
}

/** A new section out of its form: what it lists is one choice there, and may be none. */
function toInsert({ title, minutes, rows, before }: Readonly<Record<string, unknown>>): unknown {
  return {
    type: 'insert',
    stage: { id: crypto.randomUUID(), title, minutes, rows: text(rows) === '' ? [] : [text(rows)] },
    before: text(before) === '' ? null : text(before),
  };
}

/** `change.due` goes into `change`: what belongs together in a command stands together. */
function place(typed: Record<string, unknown>, name: string, value: unknown): void {
  const [outer = '', inner] = name.split('.', 2);
  if (inner === undefined) typed[name] = value;
  else if (value !== '') typed[outer] = { ...(typed[outer] as object | undefined), [inner]: value };
}

/** New entries that are written with the form of their register's own page. */
const asOnItsPage: ReadonlySet<string> = new Set(['outside-signal', 'strategy-frame']);

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Empty choices are left out; lines of a text become a list where a list is meant. */
export function readActInput(data: FormData): {
  readonly stage: string | null;
  readonly kind: string;
  readonly id: string | null;
  readonly act: string;
  readonly input: Readonly<Record<string, unknown>>;
} {
  const { fixed, typed } = readPosted(data);
  const kind = String(fixed.kind ?? '');
  if (fixed.id === null && asOnItsPage.has(kind)) {
    const own = new Map([...postedOf(data)].filter(([name]) => !envelope.has(name)));
    return { stage: text(fixed.stage), kind, id: null, act: 'create', input: registerInput(own, true) };
  }
  const given = Object.entries(typed).flatMap(([name, value]): [string, unknown][] => {
    if (value === '') return [];
    if (name === 'parts' && typeof value === 'string') {
      return [
        [
          name,
          value
            .split('\n')
            .map((it) => it.trim())
            .filter((it) => it !== ''),
        ],
      ];
    }
    return [[name, value]];
  });
  const base = typeof fixed.input === 'object' && fixed.input !== null ? fixed.input : {};
  return {
    stage: typeof fixed.stage === 'string' ? fixed.stage : null,
    kind,
    id: typeof fixed.id === 'string' ? fixed.id : null,
    act: String(fixed.act ?? ''),
    input: { ...base, ...Object.fromEntries(given) },
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
