import { allowed, refused } from '../outcome.ts';
import { stageMinutes } from './agenda.ts';
import { happened, type Asked, type SessionOutcome } from './asked.ts';
import type { MoveChoice } from './command.ts';
import { endOf } from './decide-ballot.ts';
import type { SessionEvent } from './event.ts';
import { openBallot, type Session } from './session.ts';
import { inOwnTime } from './window.ts';

/** Start, and the way through the sections: a soft machine, nothing is irreversible. Null for other commands. */
export function decideAgenda(it: Session, asked: Asked): SessionOutcome | null {
  const { command } = asked;
  switch (command.type) {
    case 'start': {
      if (it.status !== 'planned') return refused('wrong-state', 'It has begun already.');
      const first = it.stages.find(({ skipped }) => !skipped);
      if (first === undefined) return refused('invalid', 'All sections are skipped: keep at least one.');
      const { changed } = asked.context;
      const noted = changed === null ? [] : [happened(asked, 'changes-noted', changed)];
      // In everybody's own time nobody is led from section to section.
      const entered = inOwnTime(it) ? [] : enter(it, first.id, asked);
      return allowed([happened(asked, 'started', {}), ...noted, ...entered]);
    }
    case 'next':
      return move(it, neighbour(it, 1), asked, 'This is the last section. End the session, or insert one.');
    case 'previous':
      return move(it, neighbour(it, -1), asked, 'This is the first section.');
    case 'jump':
      return known(it, command.stage) ?? move(it, command.stage, asked, '');
    case 'skip':
      return known(it, command.stage) ?? skip(it, asked, command.stage);
    case 'insert': {
      const { stage, before } = command;
      if (stage.title.trim() === '')
        return refused('invalid', 'Give the section a title.', { path: 'title' });
      if (it.stages.some(({ id }) => id === stage.id))
        return refused('invalid', 'This section is there already.');
      if (before !== null && known(it, before) !== null) return known(it, before);
      return minutes(stage.minutes) ?? allowed([happened(asked, 'stage-inserted', { stage, before })]);
    }
    case 'remove':
      return known(it, command.stage) ?? remove(it, asked, command.stage);
    case 'reorder': {
      const wanted = [...command.order].sort().join('\n');
      const there = it.stages.map(({ id }) => id).sort();
      if (wanted !== there.join('\n')) return refused('invalid', 'Name every section exactly once.');
      return allowed([happened(asked, 'stages-ordered', { order: command.order })]);
    }
    case 'brief-stage': {
      const { type: _, stage, presenter, link, note, closesAtZero = false, ...tools } = command;
      if (it.board === null && (tools.area ?? null) !== null)
        return refused('invalid', 'This session is on no board.', { path: 'area' });
      const address = (link ?? '').trim();
      if (address !== '' && !/^https?:\/\/\S+$/i.test(address)) {
        return refused('invalid', 'A link begins with http:// or https://.', { path: 'link' });
      }
      const brief = {
        stage,
        presenter,
        link: address === '' ? null : address,
        note: note.trim(),
        closesAtZero,
        ...tools,
        ...(tools.question === undefined ? {} : { question: tools.question.trim() }),
      };
      return known(it, stage) ?? allowed([happened(asked, 'stage-briefed', brief)]);
    }
    case 'plan-stage':
      return (
        known(it, command.stage) ??
        minutes(command.minutes) ??
        allowed([happened(asked, 'stage-planned', { stage: command.stage, minutes: command.minutes })])
      );
    default:
      return null;
  }
}

function skip(it: Session, asked: Asked, stage: string): SessionOutcome {
  const skipped = happened(asked, 'stage-skipped', { stage });
  if (it.current !== stage) return allowed([skipped]);
  const next = neighbour(it, 1) ?? neighbour(it, -1);
  if (next === null) return refused('invalid', 'This is the only section left: end the session instead.');
  const moved = move(it, next, asked, '');
  return moved.ok ? allowed([skipped, ...moved.value]) : moved;
}

/** What the room went through stays in the record; what it did not is only a plan. */
function remove(it: Session, asked: Asked, stage: string): SessionOutcome {
  const gone = it.stages.find(({ id }) => id === stage);
  if (gone !== undefined && gone.runs.length > 0) {
    return refused('wrong-state', 'The room was in this section: skip it, its time stays in the minutes.');
  }
  if (!it.stages.some(({ id, skipped }) => id !== stage && !skipped)) {
    return refused('invalid', 'A session keeps at least one section.');
  }
  return allowed([happened(asked, 'stage-removed', { stage })]);
}

function move(it: Session, stage: string | null, asked: Asked, otherwise: string): SessionOutcome {
  if (stage === null) return refused('unknown-stage', otherwise);
  if (it.status !== 'running') return refused('wrong-state', 'The session has not begun yet.');
  if (stage === it.current) return allowed([]);
  const { vote, keepTimer } = asked.command as MoveChoice;
  const ballot = openBallot(it);
  const events: SessionEvent[] = [];
  if (ballot !== null) {
    if (vote === undefined) {
      return refused(
        'vote-open',
        'A vote is open. Close it, keep it open while you move on, or discard it?',
        {
          path: 'vote',
        },
      );
    }
    if (vote !== 'keep') events.push(happened(asked, endOf(vote === 'discard'), { ballot: ballot.id }));
  }
  const entered =
    keepTimer === true ? [happened(asked, 'stage-entered', { stage })] : enter(it, stage, asked);
  return allowed([...events, ...entered]);
}

/** Enters a section and starts its own time. */
function enter(it: Session, stage: string, asked: Asked): readonly SessionEvent[] {
  const planned = it.stages.find(({ id }) => id === stage);
  const totalMs = (planned?.minutes ?? 0) * 60_000;
  const label = planned?.title ?? '';
  return [
    happened(asked, 'stage-entered', { stage }),
    happened(asked, 'timer-started', { endsAt: asked.at + totalMs, totalMs, label }),
  ];
}

/** The next or previous section that is not skipped. */
function neighbour(it: Session, step: 1 | -1): string | null {
  const at = it.stages.findIndex(({ id }) => id === it.current);
  if (at < 0) return null;
  const way = step === 1 ? it.stages.slice(at + 1) : it.stages.slice(0, at).reverse();
  return way.find(({ skipped }) => !skipped)?.id ?? null;
}

function known(it: Session, stage: string): SessionOutcome | null {
  const there = it.stages.some(({ id }) => id === stage);
  return there ? null : refused('unknown-stage', 'There is no such section in this session.');
}

function minutes(value: number): SessionOutcome | null {
  const fits = Number.isInteger(value) && value >= stageMinutes.least && value <= stageMinutes.most;
  return fits ? null : refused('invalid', 'A section takes 1 to 480 minutes.', { path: 'minutes' });
}
