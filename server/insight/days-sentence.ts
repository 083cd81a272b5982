/** Days that nobody is asked on, as they were written down or taken away. */
export interface Days {
  readonly off?: string;
  readonly days?: readonly { readonly start: string; readonly end: string; readonly label: string }[];
  readonly firstDay?: string;
  readonly lastDay?: string;
  readonly delegate?: string | null;
}

/** What happened to holidays, freezes and leaves, in a sentence. */
export function daysSentence(
  type: string,
  { off = 'holiday', days = [], firstDay = '', lastDay = '', delegate = null }: Days,
  names: ReadonlyMap<string, string>,
): string {
  if (type.startsWith('leave-')) {
    const away = `Away ${span(firstDay, lastDay)}`;
    if (type === 'leave-taken-back') return `${away}: taken back.`;
    const who = delegate === null ? 'what is due is excused' : `${names.get(delegate) ?? 'somebody'} answers`;
    return `${away}; meanwhile ${who}.`;
  }
  const did = type === 'days-off-written' ? 'Wrote down' : 'Took away';
  const [first] = days;
  if (days.length === 1 && first)
    return `${did} the ${off} “${first.label}”, ${span(first.start, first.end)}.`;
  const last =
    days
      .map(({ end }) => end)
      .sort()
      .at(-1) ?? '';
  const start = days.map((it) => it.start).sort()[0] ?? '';
  return `${did} ${days.length} ${off}s, ${span(start, last)}.`;
}

const span = (start: string, end: string): string => (start === end ? start : `${start} to ${end}`);
