/** What the server answered, or why it did not; a refusal without words is nothing to tell. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string | null; readonly code: string };

/** Posts JSON to a handler of this site, and reads its answer or its refusal. */
export async function post<T>(path: string, body: unknown): Promise<Answered<T>> {
  const away = {
    ok: false,
    message: 'The server could not be reached. Look at your connection, then try again.',
    code: 'away',
  } as const;
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T & { readonly message?: string; readonly code?: string };
    if (response.ok) return { ok: true, value: answer };
    return { ok: false, message: answer.message ?? away.message, code: answer.code ?? 'refused' };
  } catch {
    return away;
  }
}
