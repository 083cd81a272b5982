import { z } from 'zod';
import { id, instant } from './basic.ts';

export const noticeView = z.object({
  id,
  subjectKind: z.enum([
    ...['commitment', 'dependency', 'decision', 'ritual', 'person', 'team'],
    ...['assumption', 'risk', 'triage-item', 'session', 'chat'],
  ] as const),
  subjectId: id,
  rule: z.string(),
  title: z.string(),
  evidence: z.string(),
  link: z.string(),
  at: instant,
  readAt: instant.nullable(),
  snoozedUntil: instant.nullable(),
});

export const inboxView = z.object({
  notices: z.array(noticeView).readonly(),
  unread: z.number().int(),
  snoozed: z.number().int(),
});

export const preferencesView = z.object({
  byMail: z.boolean(),
  quietFrom: z.string(),
  quietTo: z.string(),
  digestAt: z.string().nullable(),
  weeklyCap: z.number().int(),
  timezone: z.string().nullable(),
  email: z.string().nullable(),
});

export const mailView = z.object({
  id,
  to: z.string(),
  messageId: z.string(),
  subject: z.string(),
  text: z.string().nullable(),
  status: z.enum(['queued', 'sending', 'sent', 'captured', 'failed', 'unsure']),
  attempts: z.number().int(),
  notBefore: instant,
  sentAt: instant.nullable(),
  error: z.string().nullable(),
  createdAt: instant,
});

export const mailboxView = z.object({
  mode: z.enum(['smtp', 'captured']),
  server: z.string().nullable(),
  from: z.string(),
  answers: z.string().nullable(),
  mails: z.array(mailView).readonly(),
});
