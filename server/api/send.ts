import type { ServerResponse } from 'node:http';
import type { Refusal } from '#domain/outcome.ts';
import type { Answer } from './idempotency.ts';
import { toProblem } from './problem.ts';
import type { FileAnswer } from './route.ts';

/** Answers with JSON; errors as application/problem+json. Nothing here may be cached or guessed at. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  head(response, status, status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const problem = toProblem(refusal);
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  sendJson(response, problem.status, problem);
}

/** Answers with a file to keep: never shown as a page of ours, whatever it holds. */
export function sendFile(response: ServerResponse, file: unknown): void {
  const { body, type, name } = file as FileAnswer;
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  head(response, 200, type);
  response.end(body);
}

function head(response: ServerResponse, status: number, type: string): void {
  response.statusCode = status;
  response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
}

export interface Progress {
  report(done: number, of: number): void;
  end(answer: Answer): void;
}

/**
 * A long job as newline-delimited JSON: `{"done":1,"of":4}` while it runs, at last `{"answer":...}` or
 * `{"problem":...}`. The status is 200 from the start, because it is sent before the outcome is known.
 */
export function startProgress(response: ServerResponse): Progress {
  head(response, 200, 'application/x-ndjson; charset=utf-8');
  response.flushHeaders();
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  return {
    report: (done, of) => void response.write(line({ done, of })),
    end: (answer) =>
      void response.end(line(answer.status < 400 ? { answer: answer.body } : { problem: answer.body })),
  };
}
