import { cardPlace } from '#domain/facilitation/board-place.ts';
import { owedWords } from '#domain/facilitation/extracts.ts';
import { meetingNames } from '#domain/facilitation/meetings.ts';
import { agreedWords, parkedEnding } from '#domain/facilitation/minutes-markdown.ts';
import { outputNames } from '#domain/facilitation/missing.ts';
import { stateWords } from '#domain/facilitation/record-tables.ts';
import type { ObjectRef } from '#domain/facilitation/session.ts';
import type { MinutesReader } from '#domain/facilitation/minutes-reader.ts';
import type { WholeMinutes } from '#domain/facilitation/whole-minutes.ts';
import type { Instant } from '#domain/time.ts';
import type { MinutesFile, MinutesLinks } from '#protocol/views/minutes-file.ts';

/** Minutes as data, in the documented shape; what is hidden on the page is hidden here. */
export function minutesToFile(
  of: { readonly id: string; readonly organisation: string; readonly board: string | null },
  { minutes: it, record, from, extracts }: WholeMinutes,
  reader: MinutesReader,
): MinutesFile {
  const name = (person: string | null): string => reader.name(person);
  const some = (person: string | null): string | null => (person === null ? null : name(person));
  const over = it.endedAt ?? it.startedAt ?? 0;
  const board = { board: of.board, snapshots: it.snapshots };
  const linked = (ref: ObjectRef | null, at: Instant = over): { readonly links: MinutesLinks } => ({
    links: {
      page: ref === null ? null : reader.link(ref),
      board: ref === null ? null : reader.place(ref, at),
    },
  });
  /** A card without a promise is known by its key alone. */
  const onCard = (ref: ObjectRef | null, card: string | null) => ({
    links: {
      ...linked(ref).links,
      ...(ref === null && card !== null ? { board: cardPlace(board, card, over) } : {}),
    },
  });
  return {
    format: 'throughline-minutes/1',
    session: {
      ...{ id: of.id, organisation: of.organisation, title: it.title, kind: meetingNames[it.kind] },
      ...{ plannedAt: iso(it.plannedAt), startedAt: iso(it.startedAt), endedAt: iso(it.endedAt) },
      ledBy: it.facilitators.map(name),
      ...{ endedByClock: it.byClock, boardPaused: it.pausedBoard },
      board: of.board === null ? null : `/board/${of.board}`,
      pictures: it.snapshots.map(({ why, id, at }) => ({
        ...{ why, at: isoOf(at), link: `/board/${of.board ?? ''}/at/${id}` },
      })),
    },
    decisions: (record?.decisions ?? []).map((line) => ({
      ...{ question: line.title, status: line.status, chosen: line.open ? null : line.chosen },
      ...{ decider: some(line.decider), decidedAt: iso(line.decidedAt), neededBy: line.neededBy },
      ...{ alternatives: line.alternatives, why: line.why },
      ...linked(line.ref),
    })),
    commitments: (record?.promises ?? []).map(({ title, owner, due, change, ref }) => ({
      ...{ title, owner: some(owner), due, change },
      ...linked(ref),
    })),
    people: extracts.map(({ person, lines }) => ({
      name: name(person),
      owes: lines.map(({ what, title, due, change, ref, card }) => ({
        ...{ what: owedWords[what], title, due, change },
        ...onCard(ref, card),
      })),
    })),
    tablesFrom: from,
    objectives: (record?.objectives ?? []).map((line) => ({
      ...{ title: line.title, owner: some(line.owner), team: line.team, state: stateWords[line.state] },
      ...{ due: line.due, weight: line.weight, businessValue: line.value, confidence: line.confidence },
      ...{ lastStatus: line.status, lastCheckInAt: iso(line.saidAt) },
      ...onCard(line.ref, line.card),
    })),
    dependencies: (record?.needs ?? []).map((line) => ({
      ...{ what: line.title, state: line.group, objective: line.objective },
      ...{ needs: line.needer, gives: line.giver, person: some(line.person) },
      ...{ neededBy: line.neededBy, promisedFor: line.promisedFor, riskOwner: some(line.riskOwner) },
      ...linked(line.ref),
    })),
    risks: (record?.risks ?? []).map((line) => ({
      ...{ title: line.title, sign: line.sign, state: line.group, owner: some(line.owner) },
      ...{ followUp: line.followUp, reason: line.reason },
      ...linked(line.ref),
    })),
    outputs: it.outputs.flatMap(({ output, lines }) =>
      lines.map(({ text, by, at, task, ref }) => ({
        ...{ output: outputNames[output], text, by: name(by), at: isoOf(at) },
        ...{ owner: some(task?.owner ?? null), due: task?.due ?? null },
        ...linked(ref, at),
      })),
    ),
    acts: it.acts.map(({ text, by, at, ref }) => ({ text, by: name(by), at: isoOf(at), ...linked(ref, at) })),
    votes: it.scores.map((score) => ({
      ...{ title: score.title, hidden: score.secret, votes: score.votes, voters: score.voters },
      ...{ result: agreedWords(score), spread: score.spread },
      links: {
        page: score.scale === 'tenths' ? reader.link({ kind: 'commitment', id: score.item }) : null,
        board: reader.place({ kind: 'commitment', id: score.item }, over),
      },
    })),
    parked: it.parking.map(({ title, by, at, ended, origin }) => ({
      ...{ title, by: name(by), at: isoOf(at), ending: parkedEnding(ended) },
      ...linked(origin, at),
    })),
    leftOpen: it.leftOpen.map(({ what }) => what),
    changedBefore: (it.changed?.lines ?? []).map(({ title, text, by, at, ref }) => ({
      ...{ title, text, by: name(by), at: isoOf(at) },
      ...linked(ref, it.startedAt ?? at),
    })),
    sections: it.stages.map((stage) => ({
      ...{ title: stage.title, plannedMinutes: stage.plannedMinutes, actualMinutes: minutes(stage.actualMs) },
      ...{ from: iso(stage.from), to: iso(stage.to), skipped: stage.skipped },
      without: stage.none.map((output) => outputNames[output]),
    })),
    attendance: it.attendance.map(({ person, from: since, to, presentMs }) => ({
      ...{ name: name(person), from: isoOf(since), to: iso(to), minutes: minutes(presentMs) },
    })),
    rating: it.rating,
    added: it.corrections.map(({ text, by, at }) => ({ text, by: name(by), at: isoOf(at) })),
  };
}

const isoOf = (at: Instant): string => new Date(at).toISOString();
const iso = (at: Instant | null): string | null => (at === null ? null : isoOf(at));
const minutes = (ms: number): number => Math.round(ms / 60_000);
