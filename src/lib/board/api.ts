import { refused, type Fault, type Outcome } from '#domain/outcome.ts';

/** What the API answers when it refuses (application/problem+json). */
interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly path?: string;
  readonly faults?: readonly Fault[];
}

const noLine = () =>
  refused(
    'no-connection',
    'The server can not be reached. Nothing was changed; try again when the connection is back.',
  );

function refusalOf(problem: Problem, status: number) {
  return refused(
    problem.code ?? `http-${status}`,
    problem.detail ?? problem.title ?? 'Something went wrong. Try again.',
    {
      ...(problem.path === undefined ? {} : { path: problem.path }),
      ...(problem.faults === undefined ? {} : { faults: problem.faults }),
    },
  );
}

/** Asks the API of this very server with the sign-in of this page; refusals and a lost line are values. */
export async function call<T>(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Outcome<T>> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return noLine();
  }
  const answer: unknown = await response.json().catch(() => ({}));
  return response.ok ? { ok: true, value: answer as T } : refusalOf(answer as Problem, response.status);
}

interface ProgressLine<T> {
  readonly done?: number;
  readonly of?: number;
  readonly answer?: T;
  readonly problem?: Problem & { readonly status?: number };
}

/** Sends a file's text and reads the answer line by line: progress while it runs, then what came of it. */
export async function sendFile<T>(
  path: string,
  text: string,
  onProgress: (done: number, of: number) => void,
): Promise<Outcome<T>> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}?progress=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
  } catch {
    return noLine();
  }
  if (!response.ok || !response.body) {
    return refusalOf((await response.json().catch(() => ({}))) as Problem, response.status);
  }
  const last: { outcome: Outcome<T> } = { outcome: noLine() };
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const said = JSON.parse(line) as ProgressLine<T>;
    if (said.answer !== undefined) last.outcome = { ok: true, value: said.answer };
    else if (said.problem) last.outcome = refusalOf(said.problem, said.problem.status ?? 422);
    else if (said.done !== undefined && said.of !== undefined) onProgress(said.done, said.of);
  };
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true as const, value: undefined }));
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  take(rest);
  return last.outcome;
}
