import type * as decoding from 'lib0/decoding';
import { kind } from '#protocol/kinds.ts';
import * as messages from '#protocol/messages.ts';

/** What the server may say to one of our clients, apart from presence. */
export type ServerMessage =
  | { readonly is: 'hello'; readonly hello: messages.Hello }
  | ({ readonly is: 'update' } & ReturnType<typeof messages.readUpdate>)
  | ({ readonly is: 'outbox' } & ReturnType<typeof messages.readOutboxState>)
  | ({ readonly is: 'ack' } & ReturnType<typeof messages.readAck>)
  | ({ readonly is: 'nack' } & ReturnType<typeof messages.readNack>)
  | ({ readonly is: 'beat' } & ReturnType<typeof messages.readBeat>)
  | { readonly is: 'rights'; readonly rights: messages.Rights }
  | { readonly is: 'truth' | 'session'; readonly value: unknown }
  | { readonly is: 'other-content' }
  | { readonly is: 'unknown' };

/** Reads a message behind its kind. A kind of a newer server is 'unknown' and left alone. */
export function readServerMessage(type: number, from: decoding.Decoder): ServerMessage {
  switch (type) {
    case kind.hello:
      return { is: 'hello', hello: messages.readJson(from) as messages.Hello };
    case kind.update:
      return { is: 'update', ...messages.readUpdate(from) };
    case kind.outbox:
      return { is: 'outbox', ...messages.readOutboxState(from) };
    case kind.ack:
      return { is: 'ack', ...messages.readAck(from) };
    case kind.nack:
      return { is: 'nack', ...messages.readNack(from) };
    case kind.beat:
      return { is: 'beat', ...messages.readBeat(from) };
    case kind.rights:
      return { is: 'rights', rights: messages.readJson(from) as messages.Rights };
    case kind.truth:
      return { is: 'truth', value: messages.readJson(from) };
    case kind.session:
      return { is: 'session', value: messages.readJson(from) };
    case kind.hash:
      return { is: 'other-content' };
    default:
      return { is: 'unknown' };
  }
}
