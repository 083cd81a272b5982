import { meetingNames } from '#domain/facilitation/meetings.ts';
import {
  agreedWords,
  changedTitle,
  heldWords,
  parkedEnding,
  taskWords,
  turnoutWords,
} from '#domain/facilitation/minutes-markdown.ts';
import { outputNames } from '#domain/facilitation/missing.ts';
import { owedWords } from '#domain/facilitation/extracts.ts';
import { alternativesWords, decisionWords, recordTables } from '#domain/facilitation/record-tables.ts';
import type { ObjectRef, Produced } from '#domain/facilitation/session.ts';
import type { MinutesReader } from '#domain/facilitation/minutes-reader.ts';
import type { WholeMinutes } from '#domain/facilitation/whole-minutes.ts';
import type { Instant } from '#domain/time.ts';
import { csvCell } from '../export/to-csv.ts';

const header = [
  'part',
  'what',
  'detail',
  'who',
  'when',
  'planned minutes',
  'actual minutes',
  'link',
  'on the board',
] as const;

interface Row {
  readonly part: string;
  readonly what: string;
  readonly detail?: string;
  readonly who?: string;
  readonly when?: string;
  readonly planned?: number;
  readonly actual?: number;
  readonly link?: string | null;
  /** The board as it was then, at its card. */
  readonly board?: string | null;
}

/** Minutes as a table (RFC 4180): one line for each thing they say, in the order of the page. */
export function minutesToCsv(whole: WholeMinutes, reader: MinutesReader): string {
  const { minutes: it } = whole;
  const { name, time } = reader;
  const over = it.endedAt ?? it.startedAt ?? 0;
  const linked = (ref: ObjectRef | null, at: Instant = over): Pick<Row, 'link' | 'board'> => ({
    link: ref === null ? null : reader.link(ref),
    board: reader.place(ref, at),
  });
  const produced = (part: string, { text, by, at, ref, task }: Produced): Row => ({
    ...{ part, what: text, who: name(by), when: time(at), ...linked(ref, at) },
    ...(task === undefined ? {} : { detail: taskWords(task, reader) }),
  });
  const { changed } = it;
  const rows: readonly Row[] = [
    {
      part: 'meeting',
      what: it.title,
      detail: `${meetingNames[it.kind]}${heldWords(it)}`,
      who: it.facilitators.map((each) => name(each)).join('; '),
      when: [it.startedAt, it.endedAt].map((at) => (at === null ? '' : time(at))).join(' to '),
    },
    ...recordRows(whole, reader, linked),
    ...it.outputs.flatMap(({ output, lines }) => lines.map((line) => produced(outputNames[output], line))),
    ...it.acts.map((line) => produced('done in the meeting', line)),
    ...it.scores.map((score) => ({
      ...{ part: score.scale === 'tenths' ? 'score' : 'vote', what: score.title },
      // Scores are of promises; what else is voted on can be anything, a question among them.
      ...linked({ kind: 'commitment', id: score.item }),
      ...(score.scale === 'tenths' ? {} : { link: null }),
      detail: `${agreedWords(score)}; ${turnoutWords(score).replace(', ', '; ')}`,
    })),
    ...it.parking.map(({ title, ended, by, at, origin }) => ({
      ...{ part: 'parked', what: title, detail: parkedEnding(ended), who: name(by), when: time(at) },
      ...linked(origin, at),
    })),
    ...it.leftOpen.map(({ what }) => ({ part: 'left open', what })),
    ...(changed?.lines ?? []).map(({ ref, title, text, by, at }) => ({
      ...{ part: changedTitle, what: title, detail: text, who: name(by), when: time(at) },
      ...linked(ref, it.startedAt ?? at),
    })),
    ...it.attendance.map(({ person, from, presentMs }) => ({
      ...{ part: 'who was there', what: name(person), when: time(from), actual: minutes(presentMs) },
    })),
    ...it.stages.map((stage) => ({
      ...{ part: 'section', what: stage.title, planned: stage.plannedMinutes },
      detail: [
        ...(stage.skipped ? ['skipped'] : []),
        ...stage.none.map((output) => `no ${outputNames[output]}`),
      ].join('; '),
      ...(stage.from === null ? {} : { when: time(stage.from) }),
      actual: minutes(stage.actualMs),
    })),
    ...(it.rating === null
      ? []
      : [{ part: 'rating', what: it.rating.mean.toFixed(1), detail: `of 10, from ${it.rating.count}` }]),
    ...it.corrections.map(({ text, by, at }) => ({
      ...{ part: 'added afterwards', what: text, who: name(by), when: time(at) },
    })),
  ];
  return [header, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** What was decided and promised, what each person owes, and each row of the tables with its columns by name. */
function recordRows(
  { record, extracts }: WholeMinutes,
  reader: MinutesReader,
  linked: (ref: ObjectRef | null) => Pick<Row, 'link' | 'board'>,
): readonly Row[] {
  const { name, day, time } = reader;
  const decided = (record?.decisions ?? []).map((line): Row => ({
    ...{ part: 'decision', what: line.title, who: line.decider === null ? '' : name(line.decider) },
    when: line.decidedAt === null ? '' : time(line.decidedAt),
    detail: joined([line.chosen, decisionWords(line, reader), alternativesWords(line), line.why]),
    ...linked(line.ref),
  }));
  const promised = (record?.promises ?? []).map((line): Row => ({
    ...{ part: 'promised or changed', what: line.title, who: line.owner === null ? '' : name(line.owner) },
    ...{ detail: line.change, when: line.due === null ? '' : day(line.due), ...linked(line.ref) },
  }));
  const owed = extracts.flatMap(({ person, lines }) =>
    lines.map((line): Row => ({
      ...{ part: 'owed', what: line.title, who: name(person), when: line.due === null ? '' : day(line.due) },
      detail: joined([owedWords[line.what], line.change]),
      ...linked(line.ref ?? cardOf(line.card)),
    })),
  );
  const tables = record === null ? [] : recordTables(record, reader);
  const rows = tables.flatMap(({ title: of, columns, groups }) =>
    groups.flatMap(({ title, rows: its }) =>
      its.map((row): Row => ({
        ...{ part: of, what: row.title },
        detail: joined([
          title ?? '',
          ...row.cells.map((cell, index) => (cell === '' ? '' : `${columns[index + 1] ?? ''}: ${cell}`)),
        ]),
        ...linked(row.ref ?? cardOf(row.card)),
      })),
    ),
  );
  return [...decided, ...promised, ...owed, ...rows];
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('; ');

/** A card that nobody promised. */
const cardOf = (card: string | null): ObjectRef | null =>
  card === null ? null : { kind: 'objective', id: card };

const cellsOf = (row: Row): readonly string[] => [
  row.part,
  row.what,
  row.detail ?? '',
  row.who ?? '',
  row.when ?? '',
  row.planned === undefined ? '' : String(row.planned),
  row.actual === undefined ? '' : String(row.actual),
  row.link ?? '',
  row.board ?? '',
];

const minutes = (ms: number): number => Math.round(ms / 60_000);
