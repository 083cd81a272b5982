import { owedWords, type Owed } from './extracts.ts';
import { escapeMarkdown as escape, linkedWords, withLinks } from './markdown-words.ts';
import type { MinutesReader } from './minutes-reader.ts';
import {
  alternativesWords,
  decisionWords,
  fromWords,
  recordTables,
  type RecordTable,
} from './record-tables.ts';
import type { MeetingRecord } from './record.ts';
import type { WholeMinutes } from './whole-minutes.ts';

export const promisesTitle = 'Promised and changed';
export const extractsTitle = 'Who owes what';
/** Where minutes without tables say why. */
export const unknownWords =
  'How objectives, asks and risks stood at the end is not known: this session ended before that was kept.';

/** What was decided, what was promised, what each person owes, and the tables as things stood at the end. */
export function recordSections(whole: WholeMinutes, reader: MinutesReader): readonly string[] {
  const { minutes, record, from, extracts } = whole;
  const over = minutes.endedAt ?? minutes.startedAt ?? 0;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  const people = section(
    extractsTitle,
    extracts.flatMap(({ person, lines }, index) => [
      ...(index === 0 ? [] : ['']),
      `### ${escape(reader.name(person))}`,
      '',
      ...lines.map((line) => owedLine(line, over, reader)),
    ]),
  );
  if (record === null) return people;
  return [
    ...section(
      'Decisions',
      record.decisions.map((line) => decisionLine(line, over, reader)),
    ),
    ...section(
      promisesTitle,
      record.promises.map(({ title, ref, owner, due, change }) => {
        const who = owner === null ? 'nobody yet' : reader.name(owner);
        const by = due === null ? '' : `, by ${reader.day(due)}`;
        return `- ${linkedWords(title, ref, over, reader)}: ${escape(change)} (${escape(who)}${by})`;
      }),
    ),
    ...people,
    ...recordTables(record, reader).flatMap((table) => tableLines(table, over, reader)),
    ...(from !== null && fromWords[from] !== null ? ['', `_${fromWords[from]}_`] : []),
  ];
}

function owedLine({ what, title, due, change, ref }: Owed, over: number, reader: MinutesReader): string {
  const facts = [change, due === null ? '' : `by ${reader.day(due)}`].filter((it) => it !== '').join(', ');
  const words = `- ${owedWords[what]}: ${linkedWords(title, ref, over, reader)}`;
  return facts === '' ? words : `${words} (${escape(facts)})`;
}

function decisionLine(it: MeetingRecord['decisions'][number], over: number, reader: MinutesReader): string {
  const title = linkedWords(it.title, it.ref, over, reader);
  const said = [
    it.open ? '' : `**${escape(it.chosen)}**`,
    escape(decisionWords(it, reader)),
    escape(alternativesWords(it)),
    it.why === '' ? '' : `Because: ${escape(it.why)}`,
  ];
  return `- ${title}: ${said.filter((each) => each !== '' && each !== '****').join('. ')}`;
}

function tableLines(table: RecordTable, over: number, reader: MinutesReader): readonly string[] {
  const dashes = table.columns.map((column) => (table.numbers.includes(column) ? '---:' : '---'));
  return [
    '',
    `## ${table.title}`,
    ...table.groups.flatMap(({ title, rows }) => [
      '',
      ...(title === null ? [] : [`### ${title}`, '']),
      `| ${table.columns.join(' | ')} |`,
      `| ${dashes.join(' | ')} |`,
      ...rows.map((row) => {
        const words = withLinks(
          row.title,
          row.ref === null ? null : reader.link(row.ref),
          reader.place(row.ref ?? cardRef(row.card), over),
        );
        return `| ${[words, ...row.cells.map(escape)].join(' | ')} |`;
      }),
    ]),
  ];
}

/** A card that nobody promised. */
const cardRef = (card: string | null) => (card === null ? null : { kind: 'objective', id: card });
