import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Outcome } from '#domain/outcome.ts';
import type { Application, Client, Viewer } from '../app.ts';

/** What a caller must be: nobody at all, somebody who may read, write, or an administrator. */
export type Needs = 'nobody' | 'read' | 'write' | 'administrator';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Bytes of an ordinary body, and of an imported file. */
export const bodyLimits = { ordinary: 512 * 1024, file: 25 * 1024 * 1024 } as const;

/** One call as its handler sees it: who, on what, with what. */
export interface Call<Query, Body> {
  readonly app: Application;
  readonly viewer: Viewer;
  readonly client: Client;
  readonly request: IncomingMessage;
  /** Path parameters, all uuids. */
  readonly id: string;
  readonly secondId: string;
  readonly query: Query;
  readonly body: Body;
  /** Reports progress of a long job; does nothing unless the caller asked for it. */
  readonly progress: (done: number, of: number) => void;
}

/** A file as an answer, instead of JSON. */
export interface FileAnswer {
  readonly body: string;
  readonly type: string;
  readonly name: string;
}

interface Spec<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: Method;
  /** `/boards/:id/plan`, below /api/v1. Parameters are uuids. */
  readonly path: string;
  readonly summary: string;
  readonly needs: Needs;
  readonly query?: Query;
  /** Absent: a body is not read. */
  readonly body?: Body;
  /** The body is a file's text, handed over as it is. */
  readonly file?: true;
  /** The answer is a file, not JSON. */
  readonly download?: true;
  readonly status?: 200 | 201;
  readonly answer: Answer;
  handle(call: Call<z.output<Query>, z.output<Body>>): Promise<Outcome<z.input<Answer>>>;
}

/** One line of the API's table: everything that dispatch, documentation and the access test need to know. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly needs: Needs;
  readonly query: z.ZodType;
  readonly body: z.ZodType | null;
  readonly file: boolean;
  readonly download: boolean;
  readonly bodyLimit: number;
  readonly status: 200 | 201;
  readonly answer: z.ZodType;
  handle(call: Call<unknown, unknown>): Promise<Outcome<unknown>>;
}

const nothing = z.object({});

/**
 * Writes one line of the table. `handle` receives query and body as its schemas describe them: dispatch parses before
 * it calls.
 */
export function route<
  Answer extends z.ZodType,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof nothing,
>(spec: Spec<Query, Body, Answer>): Route {
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    needs: spec.needs,
    query: spec.query ?? nothing,
    body: spec.body ?? null,
    file: spec.file ?? false,
    download: spec.download ?? false,
    bodyLimit: spec.file ? bodyLimits.file : bodyLimits.ordinary,
    status: spec.status ?? 200,
    answer: spec.answer,
    handle: (call) => spec.handle(call as Call<z.output<Query>, z.output<Body>>),
  };
}
