import type { PersonId } from '../access/standing.ts';
import type { Instant, LocalDate } from '../time.ts';
import {
  needGroups,
  riskGroups,
  type DecisionLine,
  type MeetingRecord,
  type NeedGroup,
  type ObjectiveLine,
  type RecordFrom,
  type RiskGroup,
} from './record.ts';
import type { ObjectRef } from './session.ts';

/** What tables need of the outside: names, days and times as their reader writes them. */
export interface TableReader {
  name(person: PersonId | null): string;
  day(on: LocalDate): string;
  time(at: Instant): string;
}

/** One row: what it is about, and its cells in the order of the columns after the first. */
export interface RecordRow {
  readonly ref: ObjectRef | null;
  readonly card: string | null;
  readonly title: string;
  readonly cells: readonly string[];
}

/** A table of the minutes, the same on the page, in Markdown and as CSV. */
export interface RecordTable {
  readonly id: 'objectives' | 'needs' | 'risks';
  readonly title: string;
  readonly columns: readonly string[];
  /** Columns of numbers, by name. */
  readonly numbers: readonly string[];
  /** Rows by state; of a table that is not grouped one group without a name. */
  readonly groups: readonly { readonly title: string | null; readonly rows: readonly RecordRow[] }[];
}

export const stateWords: Readonly<Record<ObjectiveLine['state'], string>> = {
  ...{ draft: 'In the plan, not committed', proposed: 'Proposed', 'not-accepted': 'Not accepted' },
  ...{ parked: 'Parked', declined: 'Declined', pending: 'No check-in yet', on: 'On track', risk: 'At risk' },
  ...{ off: 'Off track', stale: 'No word', unrated: 'No status given', done: 'Done' },
  ...{ 'done-late': 'Done late', missed: 'Missed', dropped: 'Dropped', carried: 'Carried' },
};

const reportedWords = { on: 'on track', risk: 'at risk', off: 'off track' } as const;

export const needWords: Readonly<Record<NeedGroup, string>> = {
  ...{ late: 'Late', asked: 'Asked', 'counter-offer': 'Counter-offer', agreed: 'Agreed' },
  ...{ 'changed, reconfirm': 'Changed, reconfirm', delivered: 'Delivered', done: 'Done' },
  ...{ declined: 'Declined', 'taken back': 'Taken back', 'owned as a risk': 'Owned as a risk' },
  withdrawn: 'Withdrawn',
};

export const riskWords: Readonly<Record<RiskGroup, string>> = {
  ...{ new: 'Not yet decided', owned: 'Owned', accepted: 'Accepted', mitigated: 'Mitigated' },
  ...{ resolved: 'Resolved', happened: 'Happened' },
};

/** Where the tables come from, where that is not the end of the session. */
export const fromWords: Readonly<Record<RecordFrom, string | null>> = {
  end: null,
  now: 'As it is now; at the end it is kept as it is then.',
  log: 'Read from the history of each line as it was at the end: this session ended before its tables were kept with it.',
};

/** The tables of a record that have something to say. */
export function recordTables(it: MeetingRecord, reader: TableReader): readonly RecordTable[] {
  return [objectives(it, reader), needs(it, reader), risks(it, reader)].filter(
    ({ groups }) => groups.length > 0,
  );
}

function objectives({ objectives: lines }: MeetingRecord, reader: TableReader): RecordTable {
  const valued = lines.some(({ value }) => value !== null);
  return {
    ...{ id: 'objectives', title: 'Objectives and commitments' },
    columns: [
      ...['Objective', 'Owner', 'Team', 'State', 'Due', 'Weight'],
      ...(valued ? ['Value'] : []),
      ...['Confidence', 'Last check-in'],
    ],
    numbers: ['Weight', 'Value', 'Confidence'],
    groups: ungrouped(
      lines.map((line) => ({
        ...{ ref: line.ref, card: line.card, title: line.title },
        cells: [
          personOr(reader, line.owner),
          line.team ?? '',
          stateWords[line.state],
          dayOr(reader, line.due),
          String(line.weight),
          ...(valued ? [line.value === null ? '' : String(line.value)] : []),
          line.confidence === null ? '' : `${line.confidence} %`,
          lastWord(line, reader),
        ],
      })),
    ),
  };
}

function needs({ needs: lines }: MeetingRecord, reader: TableReader): RecordTable {
  return {
    ...{ id: 'needs', title: 'What teams need of each other', numbers: [] },
    columns: ['Need', 'For', 'Needs it', 'Gives it', 'Needed by', 'Promised for'],
    groups: grouped(needGroups, needWords, lines, (line) => [
      line.objective,
      line.needer ?? '',
      [line.giver ?? '', line.person === null ? '' : reader.name(line.person)]
        .filter((each) => each !== '')
        .join(', '),
      dayOr(reader, line.neededBy),
      line.riskOwner === null
        ? dayOr(reader, line.promisedFor)
        : `${reader.name(line.riskOwner)} owns the risk`,
    ]),
  };
}

function risks({ risks: lines }: MeetingRecord, reader: TableReader): RecordTable {
  return {
    ...{ id: 'risks', title: 'Risks', numbers: [] },
    columns: ['Risk', 'Owner', 'Looked at again', 'Reason'],
    groups: grouped(riskGroups, riskWords, lines, (line) => [
      personOr(reader, line.owner),
      dayOr(reader, line.followUp),
      line.sign === 'opportunity' && line.reason === '' ? 'An opportunity' : line.reason,
    ]),
  };
}

const ungrouped = (rows: readonly RecordRow[]): RecordTable['groups'] =>
  rows.length === 0 ? [] : [{ title: null, rows }];

function grouped<G extends string, L extends Omit<RecordRow, 'cells'> & { readonly group: G }>(
  order: readonly G[],
  words: Readonly<Record<G, string>>,
  lines: readonly L[],
  cells: (line: L) => readonly string[],
): RecordTable['groups'] {
  return order.flatMap((group) => {
    const its = lines.filter((line) => line.group === group);
    if (its.length === 0) return [];
    const rows = its.map((line) => ({
      ...{ ref: line.ref, card: line.card, title: line.title },
      cells: cells(line),
    }));
    return [{ title: words[group], rows }];
  });
}

function lastWord({ status, saidAt }: ObjectiveLine, { time }: TableReader): string {
  if (saidAt === null) return '';
  return [status === null ? 'no status' : reportedWords[status], time(saidAt)].join(', ');
}

const personOr = ({ name }: TableReader, person: PersonId | null): string =>
  person === null ? 'nobody yet' : name(person);

const dayOr = ({ day }: TableReader, on: LocalDate | null): string => (on === null ? '' : day(on));

/** What was decided, by whom and when, or that it is still open. */
export function decisionWords(it: DecisionLine, { name, day, time }: TableReader): string {
  const who = it.decider === null ? 'nobody named' : name(it.decider);
  if (it.open) {
    return `to be decided by ${who}${it.neededBy === null ? '' : `, needed by ${day(it.neededBy)}`}`;
  }
  if (it.decidedAt === null) return `${it.status.replaceAll('-', ' ')}, ${who}`;
  return `decided by ${who}, ${time(it.decidedAt)}`;
}

/** "Not chosen: the first; none": what else was weighed. */
export const alternativesWords = ({ alternatives, open }: DecisionLine): string =>
  alternatives.length === 0 ? '' : `${open ? 'Weighed' : 'Not chosen'}: ${alternatives.join('; ')}`;
