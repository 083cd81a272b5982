import { and, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import { chooseMessages, planMails, type KnownMail, type MailPlan } from '#domain/notify/plan-mails.ts';
import { isWarning, rungWord } from '#domain/notify/message.ts';
import { nextDigest } from '#domain/notify/quiet-hours.ts';
import { dayMs, localDateOf } from '#domain/rhythm/local-time.ts';
import { account, mail, notice, person } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { hostOf, type NotifyDeps } from './deps.ts';
import type { Addressed } from './drafts.ts';
import type { OrganisationClock } from './readers.ts';

/** Rungs of news: they do not use up the one reminder a day. */
const news = new Set(['asked', 'answered', 'promise', 'decide', 'minutes']);

/** Writes messages and the mails that carry them, all or nothing. What is there already is not said again. */
export async function keepMessages(
  deps: NotifyDeps,
  clock: OrganisationClock,
  messages: readonly Addressed[],
): Promise<void> {
  if (messages.length === 0) return;
  await deps.store.transaction(async (tx) => {
    const people = [...new Set(messages.map((it) => it.person))];
    const spoken = await readSpoken(tx, clock, people);
    const byPerson = Map.groupBy(messages, (it) => it.person);
    const known = clock.kind === 'own' ? await readMails(tx, clock, people) : new Map<string, KnownMail[]>();
    for (const [personId, all] of byPerson) {
      const [{ reader } = { reader: null }] = all;
      if (reader === null) continue;
      const { zone } = reader.hearing;
      const today = localDateOf(clock.at, zone);
      const spokenToday = (spoken.get(personId) ?? []).filter((it) => localDateOf(it.at, zone) === today);
      const toldToday = new Map(
        [...Map.groupBy(spokenToday, (it) => it.subject)].map(([subject, its]) => [subject, its.length]),
      );
      const said = { toldToday, mails: known.get(personId) ?? [] };
      const { perSubjectADay } = reader.hearing;
      const fresh = await keepNotices(tx, deps, clock, chooseMessages(all, said, perSubjectADay));
      const mailed = fresh.filter((it) => it.mail && it.reader.hearing.byMail);
      for (const plan of planMails(mailed, reader.hearing, said, clock.at)) {
        await keepMail(tx, deps, clock, plan);
      }
    }
  });
}

type Kept = Addressed & { readonly noticeId: string };

/** Those that were not there before. */
async function keepNotices(
  tx: Transaction,
  { newId }: NotifyDeps,
  { id: organisationId }: OrganisationClock,
  messages: readonly Addressed[],
): Promise<readonly Kept[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((it) => ({ it, noticeId: newId() }));
  const inserted = await tx
    .insert(notice)
    .values(
      rows.map(({ it, noticeId }) => ({
        ...{ id: noticeId, organisationId, personId: it.person, rung: it.rung, link: it.link },
        ...{ subjectKind: it.subject.kind, subjectId: it.subject.id, title: it.title, body: it.evidence },
        at: new Date(it.at),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: notice.id });
  const ids = new Set(inserted.map(({ id }) => id));
  return rows.flatMap(({ it, noticeId }) => (ids.has(noticeId) ? [{ ...it, noticeId }] : []));
}

/** Puts a mail into the queue. Its text is written when it leaves: by then some of it may be settled. */
async function keepMail(
  tx: Transaction,
  deps: NotifyDeps,
  clock: OrganisationClock,
  plan: MailPlan<Kept>,
): Promise<void> {
  const [first] = plan.messages;
  if (first === undefined) return;
  const [to] = await tx
    .select({ email: account.email })
    .from(person)
    .innerJoin(account, eq(account.id, person.accountId))
    .where(eq(person.id, first.person));
  if (to === undefined) return;
  const host = hostOf(deps.mail.from);
  const notices = plan.messages.map((it) => it.noticeId);
  for (let at = plan.at; ; at = nextDigest(at + 1, first.reader.hearing)) {
    const id = deps.newId();
    const kept = await tx
      .insert(mail)
      .values({
        ...{ id, organisationId: clock.id, personId: first.person, to: to.email, notices },
        messageId: plan.digest ? `<digest.${at}.${first.person}@${host}>` : `<${id}@${host}>`,
        ...{ subject: first.title, text: '', status: 'queued' },
        ...{ notBefore: new Date(at), createdAt: new Date(deps.now()) },
      })
      .onConflictDoUpdate({
        target: mail.messageId,
        set: { notices: sql`${mail.notices} || excluded.notices` },
        setWhere: eq(mail.status, 'queued'),
      })
      .returning({ id: mail.id });
    // Nothing came back: that digest has just left, and the next one takes it.
    if (kept.length > 0) return;
  }
}

async function readSpoken(tx: Transaction, { id, at }: OrganisationClock, people: string[]) {
  const rows = await tx
    .select({ person: notice.personId, subject: notice.subjectId, rung: notice.rung, at: notice.at })
    .from(notice)
    .where(
      and(
        eq(notice.organisationId, id),
        inArray(notice.personId, people),
        gt(notice.at, new Date(at - 2 * dayMs)),
      ),
    );
  const reminders = rows.filter(({ rung }) => !news.has(rungWord(rung)) && !isWarning(rung));
  return Map.groupBy(
    reminders.map((row) => ({ ...row, at: row.at.getTime() })),
    (row) => row.person,
  );
}

/** Mails of the last week and those on their way, with what they are about. */
async function readMails(tx: Transaction, { id, at }: OrganisationClock, people: string[]) {
  const rows = await tx
    .select({
      ...{ person: mail.personId, messageId: mail.messageId, notices: mail.notices, at: mail.notBefore },
    })
    .from(mail)
    .where(
      and(
        eq(mail.organisationId, id),
        inArray(mail.personId, people),
        ne(mail.status, 'failed'),
        // Who writes to us is answered: that is no mail of ours that a cap is for.
        isNull(mail.inReplyTo),
        gt(mail.notBefore, new Date(at - 8 * dayMs)),
      ),
    );
  const ids = [...new Set(rows.flatMap(({ notices }) => notices))];
  const subjects = new Map<string, string>();
  if (ids.length > 0) {
    const found = await tx
      .select({ id: notice.id, subject: notice.subjectId })
      .from(notice)
      .where(inArray(notice.id, ids));
    for (const row of found) subjects.set(row.id, row.subject);
  }
  const known = new Map<string, KnownMail[]>();
  for (const row of rows) {
    const of = row.person ?? '';
    const entry = {
      at: row.at.getTime(),
      digest: row.messageId.startsWith('<digest.'),
      subjects: row.notices.flatMap((notice) => subjects.get(notice) ?? []),
    };
    known.set(of, [...(known.get(of) ?? []), entry]);
  }
  return known;
}
