import { mayWrite } from '../access/standing.ts';
import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type SessionOutcome } from './asked.ts';
import { isInputClosed } from './closed-input.ts';
import { isGuest } from './guests.ts';
import { allowsWords, takesInput, type Input } from './section-tools.ts';
import { isPresent, type Session } from './session.ts';

const closed = refused(
  'input-closed',
  'Time is up, and this section is closed. Ask who leads for more time; what you typed stays here.',
);

/** Why the section the room is in does not take this from this person; null when it does. */
export function refuseInput(
  it: Session,
  person: string | null,
  input: Input,
  into: string | null,
): SessionOutcome | null {
  if (takesInput(it, person, input, into)) return null;
  const stage = it.stages.find(({ id }) => id === (it.current ?? into));
  return refused('input-not-here', allowsWords[stage?.allows ?? 'talk']);
}

/** What everybody in the room does: come, park, write down, rate. Null for commands of another kind. */
export function decideRoom(it: Session, asked: Asked): SessionOutcome | null {
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'arrive': {
      const person = actor.person;
      if (person === null || isPresent(it, person)) return allowed([]);
      return allowed([
        happened(asked, 'arrived', { person, mayVote: mayWrite(context.standing) || isGuest(it, person) }),
      ]);
    }
    case 'go-on':
      return allowed(it.endProposed === undefined ? [] : [happened(asked, 'went-on', {})]);
    case 'park': {
      const { id, title, origin = null } = command;
      const here = refuseInput(it, actor.person, 'park', null);
      if (here !== null) return here;
      if (isInputClosed(it, actor.person, at)) return closed;
      if (title.trim() === '') return refused('invalid', 'Write what is parked.', { path: 'title' });
      if (it.parking.some((item) => item.id === id)) return allowed([]);
      return allowed([happened(asked, 'parked', { id, title: title.trim(), origin })]);
    }
    case 'settle-parked': {
      const { id, how, text } = command;
      const item = it.parking.find((each) => each.id === id);
      if (item === undefined) return refused('invalid', 'This is not parked here.', { path: 'id' });
      const here = refuseInput(it, actor.person, 'row', null);
      if (here !== null) return here;
      if (how === 'dropped' && text.trim() === '') {
        return refused('invalid', 'Say why it is dropped.', { path: 'text' });
      }
      return allowed([happened(asked, 'parked-settled', { id, how, text: text.trim() })]);
    }
    case 'produce': {
      const { stage, output, text, ref = null, task } = command;
      if (text.trim() === '') return refused('invalid', 'Write what came out of it.', { path: 'text' });
      if (stage !== null && !it.stages.some(({ id }) => id === stage)) {
        return refused('unknown-stage', 'There is no such section in this session.');
      }
      // What was done to an object was asked for before it was done.
      const here = ref === null ? refuseInput(it, actor.person, command.input ?? 'write', stage) : null;
      if (here !== null) return here;
      // An act on a row that is there writes nothing new.
      if (
        ref === null &&
        command.input !== 'row' &&
        stage === it.current &&
        isInputClosed(it, actor.person, at)
      )
        return closed;
      const line = { stage, output, text: text.trim(), ref, ...(task === undefined ? {} : { task }) };
      return allowed([happened(asked, 'produced', line)]);
    }
    case 'tick-none': {
      const { stage, output, none } = command;
      const forced = it.stages.find(({ id }) => id === stage)?.outputs.includes(output) ?? false;
      if (!forced) return refused('invalid', 'This section does not ask for that.', { path: 'output' });
      return allowed([happened(asked, 'none-ticked', { stage, output, none })]);
    }
    case 'rate': {
      const { value } = command;
      if (!Number.isInteger(value) || value < 1 || value > 10) {
        return refused('invalid', 'Rate from 1 to 10.', { path: 'value' });
      }
      const person = actor.person;
      const here = refuseInput(it, person, 'rate', null);
      if (here !== null) return here;
      return person === null ? allowed([]) : allowed([happened(asked, 'rated', { person, value })]);
    }
    default:
      return null;
  }
}
