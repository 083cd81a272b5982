import { z } from 'zod';
import { callsPerMinute } from './rate-limit.ts';
import type { Needs, Route } from './route.ts';

type Json = Record<string, unknown>;

const needsText: Readonly<Record<Needs, string>> = {
  nobody: 'Needs no sign-in.',
  read: 'For members and observers; a read token is enough.',
  write:
    'For members and administrators with a write token. What each person may do with a thing is decided by its rules.',
  administrator: 'For administrators only.',
};

/** The OpenAPI 3.1 description of the table: made from the same schemas that check every request. */
export function describeApi(routes: readonly Route[], version: string): Json {
  const components: Json = {};
  const toSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
    const { $schema: _, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
    for (const [name, definition] of Object.entries(($defs ?? {}) as Json))
      components[name] = hoist(definition);
    return hoist(rest);
  };
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([a-zA-Z]+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = describeRoute(route, toSchema);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: `Errors are application/problem+json with a stable \`code\`. A POST may carry an Idempotency-Key: for 24 hours the same key, route and body give the first answer again. Up to ${callsPerMinute.reading} reads, ${callsPerMinute.writing} writes and ${callsPerMinute.importing} imports a minute.`,
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { signIn: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token made under Settings, API tokens: `tl_...`.',
        },
        signIn: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-session',
          description: 'Pages of this server only.',
        },
      },
      responses: {
        Problem: {
          description: 'Refused: `code` says why, `detail` what to do.',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
  };
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    path: { type: 'string' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

function describeRoute(route: Route, toSchema: (schema: z.ZodType, io: 'input' | 'output') => unknown): Json {
  const query = toSchema(route.query, 'input') as { properties?: Json; required?: readonly string[] };
  const parameters = [
    ...[...route.path.matchAll(/:([a-zA-Z]+)/g)].map((found) => ({
      name: found[1],
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query.required?.includes(name) ?? false,
      schema,
    })),
    ...(route.method === 'POST'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []),
  ];
  const type = route.file ? '*/*' : 'application/json';
  return {
    summary: route.summary,
    description: needsText[route.needs],
    ...(route.needs === 'nobody' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { content: { [type]: { schema: toSchema(route.body, 'input') } } } }
      : {}),
    responses: {
      [route.status]: {
        description: 'Done.',
        content: route.download
          ? { '*/*': { schema: { type: 'string' } } }
          : { 'application/json': { schema: toSchema(route.answer, 'output') } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** Moves references from a schema's own definitions to the document's components. */
function hoist(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hoist);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string'
        ? item.replace('#/$defs/', '#/components/schemas/')
        : hoist(item),
    ]),
  );
}
