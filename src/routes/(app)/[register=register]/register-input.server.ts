import { numberIn, type Posted } from '#lib/tracking/posted.ts';

const days = ['neededBy', 'revisitOn', 'inForceFrom', 'nextCheck', 'reviewOn', 'followUp', 'by'];
const numbers = [
  ...['confidence', 'loadBearing', 'vulnerability', 'probability'],
  ...['weight', 'effort', 'costDays', 'costWeight'],
];
const nullable = [
  'supersedes',
  'triggerAssumption',
  'owner',
  'team',
  'board',
  'decision',
  'commitment',
  'cause',
];
const lists = ['affects', 'consulted', 'informed', 'people'];
const own = ['form', 'command', 'version', 'id'];

/**
 * Turns the fields of an entry's form into the input of its command (src/protocol/register-commands.ts). What is left
 * empty in a new entry is left out, so that the rule's own default stands.
 */
export function registerInput(posted: Posted, isNew: boolean): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [name, all] of posted) {
    const first = (all[0] ?? '').trim();
    if (own.includes(name) || name.startsWith('watch') || name.startsWith('change')) continue;
    if (lists.includes(name)) input[name] = all.filter((it) => it !== '');
    else if (isNew && first === '') continue;
    else if (days.includes(name) || nullable.includes(name)) input[name] = first === '' ? null : first;
    else if (numbers.includes(name)) input[name] = numberIn(first);
    else if (name === 'todos') input[name] = linesOf(first);
    else if (name === 'reversible') input[name] = first === '' ? null : first === 'yes';
    else if (name === 'options') input[name] = linesOf(first).map(optionIn);
    else if (name !== 'sets') input[name] = first;
  }
  return { ...input, ...setsIn(posted), ...watchIn(posted), ...changeIn(posted) };
}

const typed = (posted: Posted, name: string): string => (posted.get(name)?.[0] ?? '').trim();

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '');

/** `option | for | against | cost`, what is missing empty. */
function optionIn(line: string) {
  const [text = '', good = '', bad = '', cost = ''] = line.split('|').map((it) => it.trim());
  return { text, for: good, against: bad, cost };
}

/** `field = value` lines, for every promise the decision touches. */
function setsIn(posted: Posted): Readonly<Record<string, unknown>> {
  const said = linesOf(typed(posted, 'sets')).flatMap((line) => {
    const [field = '', ...rest] = line.split('=').map((it) => it.trim());
    return field === '' || rest.length === 0 ? [] : [{ field, value: rest.join('=') }];
  });
  const objects = (posted.get('affects') ?? []).filter((it) => it !== '');
  const sets = objects.flatMap((objectId) => said.map((it) => ({ objectId, ...it })));
  return sets.length === 0 ? {} : { sets };
}

/** What an assumption is watched by: a measure of the promise it was opened from, or a day. */
function watchIn(posted: Posted): Readonly<Record<string, unknown>> {
  const measure = typed(posted, 'watchMeasure');
  if (measure !== '') {
    const [commitment = '', key = ''] = measure.split(' ');
    const value = numberIn(typed(posted, 'watchValue')) ?? Number.NaN;
    const holdsWhile = typed(posted, 'watchRule') || 'at-least';
    return { signpost: { kind: 'metric', commitment, measure: key, holdsWhile, value } };
  }
  const on = typed(posted, 'watchOn');
  return on === '' ? {} : { signpost: { kind: 'event', on, what: typed(posted, 'watchWhat') } };
}

/** What changed because of a learning. */
function changeIn(posted: Posted): Readonly<Record<string, unknown>> {
  const decision = typed(posted, 'changeDecision');
  const commitment = typed(posted, 'changeCommitment');
  const text = typed(posted, 'changeText');
  if (decision !== '') return { change: { kind: 'decision', id: decision, text: '' } };
  if (commitment !== '') return { change: { kind: 'commitment', id: commitment, text: '' } };
  if (text !== '') return { change: { kind: 'text', id: null, text } };
  return posted.has('changeDecision') ? { change: { kind: 'text', id: null, text: '' } } : {};
}
