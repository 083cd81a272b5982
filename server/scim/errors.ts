import type { Refusal } from '#domain/outcome.ts';

/** An error as RFC 7644 3.12 writes it. */
export interface ScimError {
  readonly schemas: readonly ['urn:ietf:params:scim:api:messages:2.0:Error'];
  /** The HTTP status, as text. */
  readonly status: string;
  readonly scimType?: string;
  readonly detail: string;
}

const known: Readonly<Record<string, readonly [status: number, scimType?: string]>> = {
  'not-signed-in': [401],
  forbidden: [403],
  'not-found': [404],
  'not-allowed-method': [405],
  'already-exists': [409, 'uniqueness'],
  'last-administrator': [400, 'mutability'],
  'invalid-filter': [400, 'invalidFilter'],
  'invalid-path': [400, 'invalidPath'],
  'invalid-syntax': [400, 'invalidSyntax'],
  'broken-json': [400, 'invalidSyntax'],
  'not-json': [415],
  'no-target': [400, 'noTarget'],
  'body-too-large': [413],
  'too-many-requests': [429],
  internal: [500],
};

/** A refusal as a directory understands it; input that is not right is `invalidValue`. */
export function toScimError({ code, message }: Refusal): { status: number; body: ScimError } {
  const [status, scimType] = known[code] ?? [400, 'invalidValue'];
  return {
    status,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType !== undefined && { scimType }),
      detail: message,
    },
  };
}
