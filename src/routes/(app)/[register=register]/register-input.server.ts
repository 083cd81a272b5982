import { zones } from '#domain/strategy/strategy-frame.ts';
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
  'assumption',
];
const lists = ['affects', 'consulted', 'informed', 'people'];
const own = ['form', 'command', 'version', 'id', 'sets', 'setsFor'];

/**
 * Turns the fields of an entry's form into the input of its command (src/protocol/register-commands.ts). What is left
 * empty in a new entry is left out, so that the rule's own default stands.
 */
export function registerInput(posted: Posted, isNew: boolean): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [name, all] of posted) {
    const first = (all[0] ?? '').trim();
    if (own.includes(name) || /^(?:signpost\.|triggerMetric\.|priorities\.|change)/.test(name)) continue;
    if (lists.includes(name)) input[name] = all.filter((it) => it !== '');
    else if (isNew && first === '') continue;
    else if (days.includes(name) || nullable.includes(name)) input[name] = first === '' ? null : first;
    else if (numbers.includes(name)) input[name] = numberIn(first);
    else if (name === 'todos') input[name] = linesOf(first);
    else if (name === 'reversible') input[name] = first === '' ? null : first === 'yes';
    else if (name === 'options') input[name] = linesOf(first).map(optionIn);
    else input[name] = first;
  }
  return {
    ...{ ...input, ...setsIn(posted, isNew), ...changeIn(posted) },
    ...(posted.has('priorities.whereTo') && { priorities: prioritiesIn(posted) }),
    ...(posted.has('signpost.on') && signpostIn(posted, isNew)),
    ...(posted.has('triggerMetric.measure') && { triggerMetric: ruleIn(posted, 'triggerMetric') }),
  };
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

/**
 * `field = value` lines, for every promise the decision touches. A line that is none, and lines without a promise to be
 * about, are passed on as they are and refused, so that nothing typed is dropped in silence.
 */
function setsIn(posted: Posted, isNew: boolean): Readonly<Record<string, unknown>> {
  if (!posted.has('sets')) return {};
  const said = linesOf(typed(posted, 'sets')).map((line) => {
    const at = line.indexOf('=');
    return at < 1
      ? { field: '', value: line }
      : { field: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
  });
  const about = [...(posted.get('affects') ?? []), ...(posted.get('setsFor') ?? [])];
  const objects = [...new Set(about)].filter((it) => it !== '');
  const of = objects.length === 0 ? [''] : objects;
  const sets = of.flatMap((objectId) => said.map((it) => ({ objectId, ...it })));
  return isNew && sets.length === 0 ? {} : { sets };
}

/** A rule of a measure, chosen as `<commitment> <key>`; null when none is. */
function ruleIn(posted: Posted, name: string) {
  const measure = typed(posted, `${name}.measure`);
  if (measure === '') return null;
  const [commitment = '', key = ''] = measure.split(' ');
  const value = numberIn(typed(posted, `${name}.value`)) ?? Number.NaN;
  return { commitment, measure: key, holdsWhile: typed(posted, `${name}.holdsWhile`) || 'at-least', value };
}

/**
 * What an assumption is watched by: a measure, a day, or a question to somebody. More than one of them is passed on as
 * neither, so that it is refused and nothing typed is dropped in silence.
 */
function signpostIn(posted: Posted, isNew: boolean): Readonly<Record<string, unknown>> {
  const rule = ruleIn(posted, 'signpost');
  const [on, what] = [typed(posted, 'signpost.on'), typed(posted, 'signpost.what')];
  const [person, text] = [typed(posted, 'signpost.person'), typed(posted, 'signpost.text')];
  const said = [
    ...(rule === null ? [] : [{ kind: 'metric', ...rule }]),
    ...(on === '' && what === '' ? [] : [{ kind: 'event', on, what }]),
    ...(person === '' && text === '' ? [] : [{ kind: 'question', person, text }]),
  ];
  if (said.length > 1) return { signpost: { kind: 'several' } };
  return said.length === 0 && isNew ? {} : { signpost: said[0] ?? { kind: 'none' } };
}

/** Priorities under each question, chosen as `<board> <key> <what it is called>`. */
const prioritiesIn = (posted: Posted) =>
  zones.flatMap((zone) =>
    (posted.get(`priorities.${zone}`) ?? [])
      .filter((it) => it !== '')
      .map((it) => {
        const [board = '', key = '', ...title] = it.split(' ');
        return { zone, board, key, title: title.join(' ') };
      }),
  );

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
