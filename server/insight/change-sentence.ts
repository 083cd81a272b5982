import type { DomainEvent } from '#domain/event.ts';
import { movedSentence } from '#domain/rhythm/moved-words.ts';
import { thresholdsChanged } from '#domain/settings/threshold-words.ts';
import { daysSentence, type Days } from './days-sentence.ts';
import { inWords } from './history-kinds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What happened to something that has no words of its own: teams, people, boards, the organisation; with both values. */
export function changeSentence(
  { type, data }: Pick<DomainEvent, 'type' | 'data'>,
  names: ReadonlyMap<string, string>,
): string {
  const { before, after, person, ...place } = (data ?? {}) as Place & {
    readonly before?: Fields;
    readonly after?: Fields;
    readonly person?: string;
  };
  const who = names.get(person ?? '') ?? 'somebody who is gone';
  if (type.startsWith('chat-')) return chatSentence(type, data as Fields);
  if (type === 'person-put-in') return placeSentence(who, place);
  if (type === 'person-taken-out') return `Took ${who} out.`;
  if (type.startsWith('days-off-') || type.startsWith('leave-'))
    return daysSentence(type, data as Days, names);
  if (type.startsWith('directory-token-')) return `${inWords(type)}: ${said((data as Fields)['directory'])}.`;
  if (before === undefined || after === undefined) return `${inWords(type)}.`;
  if (type === 'thresholds-changed') return thresholdsChanged(before, after);
  if (type === 'calendar-changed') return calendarSentence(before, after);
  if (type === 'capacity-entered') return capacitySentence(before, after, (data as Fields)['period']);
  if (type === 'check-ins-moved') return checkInsMoved(data as CheckInsMoved);
  return `${inWords(type)}${parts(before, after)}.`;
}

/** What became of a chat that messages are posted to. */
function chatSentence(type: string, { chat, kind, host }: Fields): string {
  const did: Readonly<Record<string, string>> = {
    ...{ 'chat-added': 'Added', 'chat-changed': 'Changed', 'chat-paused': 'Paused' },
    ...{ 'chat-resumed': 'Resumed', 'chat-removed': 'Removed' },
  };
  return `${did[type] ?? 'Changed'} the chat ${said(chat)} (${said(kind)}, at ${said(host)}).`;
}

interface Place {
  readonly role?: string;
  readonly share?: number;
  readonly was?: { readonly role: string; readonly share: number } | null;
}

/** Who comes is put in; of who was there already it says what changed, with both values. */
function placeSentence(who: string, { role = 'member', share = 1, was = null }: Place): string {
  if (was === null) return `Put ${who} in, as ${role}.`;
  const changes = [
    ...(was.role === role ? [] : [`${role}, not ${was.role}`]),
    ...(was.share === share ? [] : [`${percent(share)} of the time, not ${percent(was.share)}`]),
  ];
  return `Changed ${who}’s place: ${changes.join('; ')}.`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const capacitySentence = (
  { personWeeks: was }: Fields,
  { personWeeks: is }: Fields,
  period: unknown,
): string => `What it can do in ${said(period)}: ${capacityWords(is)}, not ${capacityWords(was)}.`;

const capacityWords = (value: unknown): string =>
  typeof value === 'number' ? `${value} person-weeks` : 'what its members have';

const calendarSentence = (before: Fields, { holdsFrom, ...after }: Fields): string =>
  `Calendar changed${parts(before, after)}. It holds from ${said(holdsFrom)} on.`;

/** `: name Greens, not Green; key b, not a`; nothing where nothing differs. */
function parts(before: Fields, after: Fields): string {
  const each = Object.entries(after).map(
    ([field, value]) => `${inWords(field).toLowerCase()} ${said(value)}, not ${said(before[field])}`,
  );
  return each.length === 0 ? '' : `: ${each.join('; ')}`;
}

type CheckInsMoved = Parameters<typeof movedSentence>[0] & { readonly reason: string | null };

function checkInsMoved({ before, after, reason }: CheckInsMoved): string {
  return `${movedSentence({ before, after })}${reason === null ? '' : ` Why: ${reason}`}`;
}

function said(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.length === 1 ? 'one' : String(value.length);
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : 'nothing';
}
