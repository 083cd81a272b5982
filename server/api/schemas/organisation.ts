import { z } from 'zod';
import type * as views from '#protocol/views/organisation.ts';
import { dateOut, id, instant } from './basic.ts';

/** Schemas of src/protocol/views/organisation.ts; `satisfies` keeps the two in step. */
export const organisationRole = z.enum(['administrator', 'member', 'observer']);
export const teamRole = z.enum(['lead', 'member']);

export const organisationView = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(['own', 'example']),
    timezone: z.string(),
    weekStart: z.number(),
    fiscalStartMonth: z.number(),
    depth: z.enum(['light', 'standard']),
    thresholds: z.record(z.string(), z.number()).meta({ description: 'Set otherwise than the defaults.' }),
    now: instant,
  })
  .readonly()
  .meta({ id: 'Organisation' }) satisfies z.ZodType<views.OrganisationView>;

export const personView = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    colour: z.number(),
    joined: z.boolean().meta({ description: 'False for a name without account.' }),
  })
  .readonly()
  .meta({ id: 'Person' }) satisfies z.ZodType<views.PersonView>;

export const teamView = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    colour: z.number(),
    members: z.array(z.object({ personId: id, role: teamRole, share: z.number() })).readonly(),
  })
  .readonly()
  .meta({ id: 'Team' }) satisfies z.ZodType<views.TeamView>;

export const memberView = z
  .object({ id, person: personView, email: z.string(), role: organisationRole, suspended: z.boolean() })
  .readonly()
  .meta({ id: 'Member' }) satisfies z.ZodType<views.MemberView>;

export const periodKind = z.enum(['year', 'half', 'quarter', 'month', 'week', 'custom']);

export const periodView = z
  .object({ id, kind: periodKind, label: z.string(), start: dateOut, end: dateOut })
  .readonly()
  .meta({ id: 'Period' }) satisfies z.ZodType<views.PeriodView>;

export const inviteView = z
  .object({
    id,
    role: organisationRole,
    boardId: id.nullable(),
    teamId: id.nullable(),
    email: z.string().nullable(),
    uses: z.number(),
    maxUses: z.number(),
    createdAt: instant,
    expiresAt: instant,
    revoked: z.boolean(),
  })
  .readonly()
  .meta({ id: 'Invite' }) satisfies z.ZodType<views.InviteView>;

export const apiTokenView = z
  .object({
    id,
    name: z.string(),
    hint: z.string(),
    scope: z.enum(['read', 'write']),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant,
  })
  .readonly()
  .meta({ id: 'ApiToken' }) satisfies z.ZodType<views.ApiTokenView>;
