import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { attributeOf, textOf } from './filter.ts';

/** One change of one attribute, whichever of the two shapes it came in. */
export interface Change {
  readonly op: 'add' | 'replace' | 'remove';
  /** Small letters: `active`, `name.givenname`, `emails.value`, `members`. */
  readonly attribute: string;
  /** The id in `members[value eq "..."]`. */
  readonly only: string | null;
  readonly value: unknown;
}

const body = z.object({
  schemas: z.array(z.string()).optional(),
  Operations: z
    .array(
      z.object({
        // Entra writes Add, Replace and Remove.
        op: z
          .string()
          .transform((op) => op.toLowerCase())
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(500).nullish(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(1000),
});

const path = /^([A-Za-z$][\w.:$-]*?)(?:\[([^\]]*)\])?((?:\.\w+)?)$/;
const isExtension = (name: string): boolean => /^urn:/i.test(name) && !/:core:2\.0:/i.test(name);

/**
 * Reads a PATCH (RFC 7644 3.5.2) as the changes it asks for: operations with a path, and those whose value is an object
 * of attributes, as Okta sends them, also with dotted names, as Entra does. Attributes of extensions are left out:
 * nothing of them is kept here.
 */
export function readPatch(input: unknown): Outcome<readonly Change[]> {
  const read = body.safeParse(input);
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? 'Operations';
    return refused(
      'invalid-syntax',
      `This is no PatchOp: look at ${at}. An operation is add, replace or remove.`,
    );
  }
  const changes: Change[] = [];
  for (const { op, path: where, value } of read.data.Operations) {
    if (where !== undefined && where !== null && where !== '') {
      const change = readPath(where);
      if (!change.ok) return change;
      if (change.value !== null) changes.push({ op, ...change.value, value });
      continue;
    }
    if (op === 'remove') return refused('no-target', 'A remove needs a path that says what to take away.');
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return refused('invalid-syntax', 'Without a path the value is an object of attributes.');
    }
    for (const [name, inner] of Object.entries(value)) {
      if (isExtension(name)) continue;
      changes.push({ op, attribute: attributeOf(name), only: null, value: inner });
    }
  }
  return allowed(changes);
}

function readPath(where: string): Outcome<Pick<Change, 'attribute' | 'only'> | null> {
  if (isExtension(where)) return allowed(null);
  const found = path.exec(where);
  if (found === null) return noSuchPath(where);
  const [, name = '', within, sub = ''] = found;
  const attribute = attributeOf(name + sub);
  if (within === undefined) return allowed({ attribute, only: null });
  const [, picked, quoted] =
    /^(value|type|primary)\s+eq\s+("(?:[^"\\]|\\.)*"|true)$/i.exec(within.trim()) ?? [];
  if (picked === undefined || quoted === undefined) return noSuchPath(where);
  if (picked.toLowerCase() !== 'value') {
    // Of phones, addresses and roles nothing is kept; of several e-mail addresses, the one of work.
    const other = attribute.startsWith('emails') && /^"(?!work")/i.test(quoted);
    return allowed(other ? null : { attribute, only: null });
  }
  const only = textOf(quoted);
  return only === null ? noSuchPath(where) : allowed({ attribute, only });
}

export const noSuchPath = (where: string) =>
  refused('invalid-path', `There is no attribute ${where.slice(0, 200)} here. See /scim/v2/Schemas.`);
