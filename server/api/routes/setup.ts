import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import { title } from '../schemas/basic.ts';
import { organisationView, personView } from '../schemas/organisation.ts';
import { route, type Route } from '../route.ts';

const password = z.string().min(8, 'is shorter than 8 characters').max(200);
/** Days the first token lives. */
const firstTokenDays = 90;

/** The one call of an empty server: its first organisation, administrator and token. */
export const setupRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/setup',
    summary:
      'First run only: makes the organisation and its first administrator. Free from this machine; from elsewhere with the token printed in the log as `setupToken`.',
    needs: 'nobody',
    body: z.strictObject({
      organisation: title,
      name: title,
      email: z.email().max(320),
      password,
      timezone: z.string().max(100).optional(),
      weekStart: z.number().int().min(1).max(7).optional(),
      fiscalStartMonth: z.number().int().min(1).max(12).optional(),
      teams: z.array(title).max(200).optional(),
      setupToken: z.string().max(200).optional(),
    }),
    status: 201,
    answer: z.object({
      token: z.string(),
      organisation: organisationView,
      user: z.object({ ...personFields(), email: z.string() }),
    }),
    async handle({ app, body, client, request }) {
      if (!(await app.auth.needsSetup())) {
        return refused('already-set-up', 'This server has its organisation. Sign in, or ask for an invite.');
      }
      const { setupToken, ...input } = body;
      const free = app.auth.checkSetupToken(request, setupToken ?? null);
      if (!free.ok) return refused('forbidden', free.refusal.message, { path: 'setupToken' });
      const done = await app.auth.setup(input, client);
      if (!done.ok) return done;
      const { viewer } = done.value;
      const made = await app.auth.createToken(viewer, {
        name: 'Set-up',
        scope: 'write',
        days: firstTokenDays,
      });
      if (!made.ok) return made;
      const { personId: id, personKey: key, name, colour } = viewer;
      return allowed({
        token: made.value.token,
        organisation: viewer.organisation,
        user: { id, key, name, colour, joined: true, email: body.email.toLowerCase() },
      });
    },
  }),
];

function personFields() {
  return personView.unwrap().shape;
}
