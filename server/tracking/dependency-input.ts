import { z } from 'zod';
import type { DependencyCommand } from '#domain/dependency/command.ts';
import type { Move } from '#domain/dependency/rules.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { LocalDate } from '#domain/time.ts';
import { number, person, readInput, text, version } from './read-input.ts';

const date = z.string().nullish();
const confidence = number.min(0).max(100).nullish();
const key = z.string().max(200).nullish();

/** One shape for each move of the handshake (tracking.md T5). */
const shapes = {
  send: z.object({ acceptanceTest: text.optional() }),
  accept: z.object({ person: person.optional(), date: z.string().optional(), servedBy: key, confidence }),
  counter: z.object({ date, scope: text, person: person.nullish(), decisionId: z.uuid().nullish() }),
  'accept-counter': z.object({ person: person.optional(), servedBy: key }),
  decline: z.object({ reason: text }),
  withdraw: z.object({ reason: text }),
  flag: z.object({ date, why: text }),
  unflag: z.object({ why: text }),
  deliver: z.object({ evidence: text }),
  confirm: z.object({}),
  reject: z.object({ reason: text }),
  renege: z.object({ reason: text }),
  release: z.object({ reason: text }),
  renegotiate: z.object({ date, scope: text }),
  choose: z.object({
    choice: z.enum(['re-plan', 'escalate', 'own-as-risk', 'other-provider'], 'Choose what follows.'),
    text,
    owner: person.nullish(),
    decisionId: z.uuid().nullish(),
  }),
  'own-as-risk': z.object({ owner: person.optional(), text }),
  'say-yes-aloud': z.object({}),
  'serve-by': z.object({ servedBy: z.string().max(200).nullable() }),
} satisfies Record<Move, z.ZodType>;

export interface MoveAsked {
  readonly command: DependencyCommand;
  readonly version: number | undefined;
}

/**
 * Reads a move as pages and API send it. Who agrees without naming anybody answers for it himself, by the day it is
 * needed; who takes a risk without naming anybody owns it.
 */
export function readMove(
  name: string,
  input: Readonly<Record<string, unknown>>,
  me: { readonly person: string; readonly neededBy: LocalDate | null },
): Outcome<MoveAsked> {
  if (!isMove(name)) return refused('unknown-command', `There is no move called "${name}".`);
  const outer = readInput(z.object({ version }), input);
  if (!outer.ok) return outer;
  const inner = readInput(shapes[name], input);
  if (!inner.ok) return inner;
  const given = Object.fromEntries(Object.entries(inner.value).filter(([, value]) => value !== undefined));
  const command = { type: name, ...defaults(name, me), ...given } as DependencyCommand;
  return allowed({ command, version: outer.value.version });
}

const isMove = (name: string): name is Move => Object.hasOwn(shapes, name);

function defaults(
  name: Move,
  me: { readonly person: string; readonly neededBy: LocalDate | null },
): Readonly<Record<string, unknown>> {
  switch (name) {
    case 'accept':
      return { person: me.person, date: me.neededBy ?? '' };
    case 'counter':
    case 'renegotiate':
    case 'flag':
      return { date: null };
    case 'own-as-risk':
      return { owner: me.person };
    default:
      return {};
  }
}
