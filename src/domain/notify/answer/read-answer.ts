import type { ReportedStatus } from '../../commitment/check-in.ts';

/** A measure as far as an answer may name it. */
export interface AnswerMeasure {
  readonly key: string;
  readonly title: string;
  readonly kind: 'number' | 'milestone' | 'deliverable' | 'habit';
  readonly target: number | null;
}

/** What an answered mail says. */
export interface Answer {
  /** `same`: nothing moved. */
  readonly status: ReportedStatus | 'same';
  /** null = not said. */
  readonly confidence: number | null;
  readonly values: Readonly<Record<string, number>>;
  readonly note: string;
}

/** Why nothing was understood, in a sentence for who wrote it. */
export type AnswerRead =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly why: string };

const statuses: readonly (readonly [RegExp, ReportedStatus | 'same'])[] = [
  [/^on[ -]track(?![\p{L}\d?])/iu, 'on'],
  [/^at[ -]risk(?![\p{L}\d?])/iu, 'risk'],
  [/^off[ -]track(?![\p{L}\d?])/iu, 'off'],
  [/^no[ -]movement(?![\p{L}\d?])/iu, 'same'],
];
const confidenceFirst = /^(?:confidence|sure)(?:\s*[:=])?\s*(\d{1,3})\s*%?(?![\p{L}\d])/iu;
const confidenceLast = /^(\d{1,3})\s*%(?:\s*(?:sure|confident|confidence))?(?![\p{L}\d])/iu;
const figure = '([-−+]?\\d+(?:[.,]\\d+)?)';
const after = '(?![\\p{L}\\d]|[.,]\\d|\\s*%)';
const ofTarget = new RegExp(`^${figure}\\s*(?:of|/)\\s*${figure}${after}`, 'iu');
const valueIs = new RegExp(`^value(?:\\s*[:=])?\\s*${figure}${after}`, 'iu');
const titled = new RegExp(`^\\s*[:=]\\s*${figure}(?:\\s*(?:of|/)\\s*${figure})?${after}`, 'iu');
const titledDone = /^\s*[:=]\s*(not done|done)(?![\p{L}\d])/iu;

const no = (why: string): AnswerRead => ({ ok: false, why });

/**
 * Reads an answer, quoted text already cut: first how it stands, with the confidence and the value in any order, then in
 * one's own words. What is not clear is not guessed: a wrong report is worse than a second mail.
 */
export function readAnswer(text: string, measures: readonly AnswerMeasure[]): AnswerRead {
  const numeric = measures.filter(({ kind }) => kind === 'number' || kind === 'habit');
  const titles = [...measures].sort((a, b) => b.title.length - a.title.length);
  const said: (ReportedStatus | 'same')[] = [];
  const sure: number[] = [];
  const values: Record<string, number> = {};
  let rest = text.trim();
  for (;;) {
    rest = rest.replace(/^[\s,;.:!·•*–—-]+(?=\S)/u, (gap) =>
      /[-−+]$/u.test(gap) && /^[-−+]?\d/.test(rest.slice(gap.length)) ? gap.slice(-1) : '',
    );
    const status = statuses.find(([words]) => words.test(rest));
    if (status !== undefined) {
      said.push(status[1]);
      rest = rest.replace(status[0], '');
      continue;
    }
    const percent = confidenceFirst.exec(rest) ?? confidenceLast.exec(rest);
    if (percent !== null) {
      sure.push(Number(percent[1]));
      rest = rest.slice(percent[0].length);
      continue;
    }
    const measured = readValue(rest, numeric, titles);
    if (measured === null) break;
    if (typeof measured === 'string') return no(measured);
    const { key, value, length } = measured;
    if (values[key] !== undefined && values[key] !== value) return no('It gives two values for one measure.');
    values[key] = value;
    rest = rest.slice(length);
  }
  const [status, ...others] = new Set(said);
  if (status === undefined) {
    return no('It does not begin with how it stands: on track, at risk, off track or no movement.');
  }
  if (others.length > 0) return no('It says two different things about how it stands.');
  if (new Set(sure).size > 1) return no('It says two different things about how sure you are.');
  const [confidence = null] = sure;
  if (confidence !== null && confidence > 100) return no('How sure you are is a number from 0 to 100 %.');
  if (status === 'same' && Object.keys(values).length > 0) {
    return no('It says that nothing moved, and gives a value.');
  }
  return {
    ok: true,
    answer: { status, confidence, values, note: /[\p{L}\p{N}\p{S}]/u.test(rest) ? rest.trim() : '' },
  };
}

type Measured = { readonly key: string; readonly value: number; readonly length: number };

/** A value at the beginning of a text; a sentence when there is one that is not clear; null when there is none. */
function readValue(
  rest: string,
  numeric: readonly AnswerMeasure[],
  titles: readonly AnswerMeasure[],
): Measured | string | null {
  const named = titles.find(
    ({ title }) => title !== '' && rest.slice(0, title.length).toLowerCase() === title.toLowerCase(),
  );
  if (named !== undefined) {
    const behind = rest.slice(named.title.length);
    const number = titled.exec(behind);
    if (number !== null) return checked(named, number, number[0].length + named.title.length);
    const done = titledDone.exec(behind);
    if (done !== null && (named.kind === 'milestone' || named.kind === 'deliverable')) {
      const value = done[1]?.toLowerCase() === 'done' ? 1 : 0;
      return { key: named.key, value, length: named.title.length + done[0].length };
    }
    return null;
  }
  const found = ofTarget.exec(rest) ?? valueIs.exec(rest);
  if (found === null) return null;
  const [only, second] = numeric;
  if (only === undefined) return 'It gives a value, and this promise has no number to report.';
  if (second !== undefined) {
    const one = numeric.map(({ title }) => `“${title}: ${found[1] ?? ''}”`).join(' or ');
    return `It gives a value, and this promise has several: write ${one}.`;
  }
  return checked(only, found, found[0].length);
}

function checked(it: AnswerMeasure, found: RegExpExecArray, length: number): Measured | string {
  const value = numberIn(found[1] ?? '');
  const target = found[2] === undefined ? it.target : numberIn(found[2]);
  if (value === null || (found[2] !== undefined && target === null)) {
    return `The number ${found[1] ?? ''} can be read in two ways: write it without separators of thousands.`;
  }
  if (it.kind === 'milestone' || it.kind === 'deliverable') {
    return `“${it.title}” is done or not: write “${it.title}: done”.`;
  }
  if (target !== it.target) {
    return `It says “of ${found[2] ?? ''}”, and ${it.target === null ? 'no target was promised' : `the target is ${it.target}`}.`;
  }
  return { key: it.key, value, length };
}

/** `12`, `12.5`, `12,5`; what could be thousands (`1,000`) is not guessed. */
function numberIn(text: string): number | null {
  if (/[.,]\d{3}$/.test(text)) return null;
  const number = Number(text.replace('−', '-').replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}
