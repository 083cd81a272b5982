import { z } from 'zod';
import { meetingKinds, rowSources } from '#domain/facilitation/agenda.ts';
import type { LiveSession, SessionRow } from '#protocol/views/facilitation.ts';
import { id, instant } from './basic.ts';

const nullableId = id.nullable();

export const sessionSummary = z.object({
  id,
  kind: z.enum(meetingKinds),
  title: z.string(),
  status: z.enum(['planned', 'running', 'ended']),
  plannedAt: instant.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  teamId: nullableId,
  boardId: nullableId,
  boardTitle: z.string().nullable(),
  ritualId: nullableId,
  occurrenceId: nullableId,
  facilitatorId: nullableId,
  people: z.number().int(),
});

export const sessionView = z.object({
  session: z.custom<LiveSession>(),
  myVotes: z.record(z.string(), z.number()),
  myRating: z.number().nullable(),
  notes: z.record(z.string(), z.string()),
  guestCode: z
    .string()
    .nullable()
    .meta({ description: 'What lets guests in, while they are let in: for who leads alone.' }),
  unclosed: z
    .object({ period: id, label: z.string(), boardId: nullableId, sessionId: nullableId })
    .nullable()
    .meta({
      description: 'Of a planning that has not begun: the period before it, no close of which was held.',
    }),
});

export const sectionRows = z.object({
  stage: z.string(),
  groups: z
    .array(z.object({ source: z.enum(rowSources), rows: z.array(z.custom<SessionRow>()).readonly() }))
    .readonly(),
});
