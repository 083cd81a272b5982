import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LogFields } from '../log.ts';

const idShape = /^[\w.:-]{8,100}$/;
const boardPath = /^\/(?:api\/v1\/boards|boards?|sync)\/([0-9a-f]{8}-[0-9a-f-]{27})(?:\/|$)/;

/**
 * What the log says of a request: the id a proxy or caller gave it, when that is one and no text to forge lines with,
 * else a fresh one; and the board it is about.
 */
export function describeRequest(request: IncomingMessage, path: string): LogFields {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && idShape.test(given) ? given : randomUUID();
  const board = boardPath.exec(path)?.[1];
  return board === undefined ? { request: id } : { request: id, board };
}
