import { meetingNames } from '#domain/facilitation/meetings.ts';
import {
  agreedWords,
  changedTitle,
  heldWords,
  parkedEnding,
  taskWords,
  turnoutWords,
  type MinutesReader,
} from '#domain/facilitation/minutes-markdown.ts';
import type { Minutes } from '#domain/facilitation/minutes.ts';
import { outputNames } from '#domain/facilitation/missing.ts';
import type { ObjectRef, Produced } from '#domain/facilitation/session.ts';
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
}

/** Minutes as a table (RFC 4180): one line for each thing they say, in the order of the page. */
export function minutesToCsv(it: Minutes, reader: MinutesReader): string {
  const { name, time } = reader;
  const link = (ref: ObjectRef | null): string | null => (ref === null ? null : reader.link(ref));
  const produced = (part: string, { text, by, at, ref, task }: Produced): Row => ({
    ...{ part, what: text, who: name(by), when: time(at), link: link(ref) },
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
    ...(changed?.lines ?? []).map(({ ref, title, text, by, at }) => ({
      ...{ part: changedTitle, what: title, detail: text, who: name(by), when: time(at), link: link(ref) },
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
    ...it.outputs.flatMap(({ output, lines }) => lines.map((line) => produced(outputNames[output], line))),
    ...it.acts.map((line) => produced('done in the meeting', line)),
    ...it.scores.map((score) => ({
      ...{ part: score.scale === 'tenths' ? 'score' : 'vote', what: score.title },
      // Scores are of promises; what else is voted on can be anything, a question among them.
      link: score.scale === 'tenths' ? link({ kind: 'commitment', id: score.item }) : null,
      detail: `${agreedWords(score)}; ${turnoutWords(score).replace(', ', '; ')}`,
    })),
    ...it.parking.map(({ title, ended, by, at, origin }) => ({
      ...{ part: 'parked', what: title, detail: parkedEnding(ended), who: name(by), when: time(at) },
      link: link(origin),
    })),
    ...it.leftOpen.map(({ what }) => ({ part: 'left open', what })),
    ...(it.rating === null
      ? []
      : [{ part: 'rating', what: it.rating.mean.toFixed(1), detail: `of 10, from ${it.rating.count}` }]),
    ...it.corrections.map(({ text, by, at }) => ({
      ...{ part: 'added afterwards', what: text, who: name(by), when: time(at) },
    })),
  ];
  return [header, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

const cellsOf = (row: Row): readonly string[] => [
  row.part,
  row.what,
  row.detail ?? '',
  row.who ?? '',
  row.when ?? '',
  row.planned === undefined ? '' : String(row.planned),
  row.actual === undefined ? '' : String(row.actual),
  row.link ?? '',
];

const minutes = (ms: number): number => Math.round(ms / 60_000);
