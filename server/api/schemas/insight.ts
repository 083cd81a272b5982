import { z } from 'zod';
import { signalRules } from '#domain/signal/signal.ts';
import type * as views from '#protocol/views/insight.ts';
import { dateOut, id, instant } from './basic.ts';
import { adherence, commitmentRow, historyLine } from './tracking.ts';

/** Schemas of src/protocol/views/insight.ts; `satisfies` keeps the two in step. */
export const warningView = z
  .object({
    rule: z.enum(signalRules),
    subjectKind: z.enum(['commitment', 'dependency', 'decision', 'ritual', 'person', 'team']),
    subjectId: id,
    title: z.string(),
    link: z.string(),
    weight: z.number(),
    evidence: z.string(),
    ask: z.string(),
    since: instant,
    audience: z
      .array(z.object({ as: z.string(), personId: id.nullable(), teamId: id.nullable() }).readonly())
      .readonly(),
    forMe: z.boolean(),
    mutedUntil: instant.nullable(),
  })
  .readonly()
  .meta({ id: 'Warning' }) satisfies z.ZodType<views.WarningView>;

export const myPage = z
  .object({
    warnings: z.array(warningView).readonly(),
    decisions: z
      .array(
        z
          .object({
            id,
            question: z.string(),
            neededBy: dateOut.nullable(),
            overdue: z.boolean(),
            blockedWeight: z.number(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'MyPage' }) satisfies z.ZodType<views.MyPage>;

const share = z.number();

export const teamPage = z
  .object({
    teamId: id,
    members: z.array(z.object({ personId: id, role: z.enum(['lead', 'member']) }).readonly()).readonly(),
    promises: z.array(commitmentRow).readonly(),
    shares: z
      .object({ on: share, risk: share, off: share, stale: share, unrated: share, pending: share })
      .readonly(),
    worstId: id.nullable(),
    loads: z
      .array(
        z
          .object({
            periodId: id,
            period: z.string(),
            verdict: z.enum(['unknown', 'fits', 'tight', 'exceeds']),
            load: z.number(),
            unsized: z.number(),
            capacity: z.number().nullable(),
            from: z.enum(['entered', 'members', 'nobody']),
            share: z.number().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    adherence,
    kept: z
      .array(
        z
          .object({
            label: z.string(),
            promised: z.number(),
            kept: z.number(),
            late: z.number(),
            reduced: z.number(),
            missed: z.number(),
            dropped: z.number(),
            carried: z.number(),
            running: z.number(),
          })
          .readonly(),
      )
      .readonly(),
    interrupts: z
      .array(
        z
          .object({
            id,
            what: z.string(),
            requestedBy: z.string(),
            status: z.string(),
            effort: z.number().nullable(),
            costDays: z.number().nullable(),
            costWeight: z.number().nullable(),
            displacedId: id,
            displaced: z.string(),
            at: instant,
          })
          .readonly(),
      )
      .readonly(),
    warnings: z.array(warningView).readonly(),
    mayEnterCapacity: z.boolean(),
  })
  .readonly()
  .meta({ id: 'TeamPage' }) satisfies z.ZodType<views.TeamPage>;

export const objectHistory = z
  .object({
    kind: z.string(),
    id,
    title: z.string(),
    at: instant,
    facts: z.array(z.object({ name: z.string(), value: z.string() }).readonly()).readonly(),
    lines: z.array(historyLine).readonly(),
  })
  .readonly()
  .meta({ id: 'ObjectHistory' }) satisfies z.ZodType<views.ObjectHistory>;

export const auditPage = z
  .object({
    lines: z
      .array(historyLine.unwrap().extend({ kind: z.string(), objectId: id, title: z.string() }).readonly())
      .readonly(),
    next: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'AuditPage' }) satisfies z.ZodType<views.AuditPage>;
