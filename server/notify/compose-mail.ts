import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Commitment } from '#domain/commitment/commitment.ts';
import { slotToFill, type Slot } from '#domain/rhythm/slot.ts';
import { isWarning, rungWord } from '#domain/notify/message.ts';
import { writeMail, type AnswerableMail, type MailItem, type MailText } from '#domain/notify/write-mail.ts';
import type { Instant } from '#domain/time.ts';
import type { mail } from '../store/schema.ts';
import {
  commitment,
  dependency,
  member,
  notice,
  notifyPreference,
  organisation,
  person,
  signal,
  slot,
} from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf, toSlot } from '../tracking/commitment-rows.ts';
import { readSeers } from '../tracking/read-seers.ts';
import { readAwayFor } from '../tracking/standing.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import { issueLink, type LinkSecrets } from './check-in-links.ts';
import type { NotifyDeps } from './deps.ts';
import { composeAnswer, openedBy } from './reply/compose-answer.ts';
import { composeInvite } from './invite-mail.ts';
import { readAsked } from './still-asked.ts';
import { isStillTrue, waitingSlot, type NoticeRow, type SubjectNow } from './still-true.ts';

export type MailRow = typeof mail.$inferSelect;

/** A mail's text twice: as it leaves, with personal links, and as it is kept, without them. */
export interface Composed {
  readonly leaves: AnswerableMail;
  readonly kept: MailText;
}

/** What stands in a kept mail where the personal link was. */
const hidden = '(personal link, not kept)';

/**
 * Writes a mail when it leaves: what is settled meanwhile is left out, and of two reminders of one check-in the later one
 * stays. null = nothing is left to say. A mail without messages, such as a test, was written when it was made.
 */
export async function composeMail(tx: Queries, deps: NotifyDeps, row: MailRow): Promise<Composed | null> {
  if (row.inviteId !== null) return composeInvite(tx, deps, row);
  if (row.notices.length === 0) {
    const own = { subject: row.subject, text: row.text };
    const leaves = await composeAnswer(tx, deps, row);
    return { leaves, kept: own };
  }
  if (!(await stillWantsMail(tx, row))) return null;
  const at = deps.now();
  const notices = await tx
    .select()
    .from(notice)
    .where(and(eq(notice.organisationId, row.organisationId), inArray(notice.id, [...row.notices])))
    .orderBy(asc(notice.at));
  const now = await readSubjects(tx, notices, at);
  const asked = await readAsked(tx, deps, row, notices, at);
  const subjectOf = (it: NoticeRow): SubjectNow => ({
    ...(now.get(it.subjectId) ?? { promise: null, askStatus: null, warnings: noWarnings }),
    asked,
  });
  const unseen = await readUnseen(tx, row, notices);
  const live = notices.filter((it) => !unseen.has(it.subjectId) && isStillTrue(it, subjectOf(it), at));
  const lastOf = new Map(live.map((it) => [it.subjectId, it]));
  const told = live.filter(
    (it) => lastOf.get(it.subjectId) === it || waitingSlot(it, subjectOf(it), at) === null,
  );
  const items: { leaves: MailItem; kept: MailItem }[] = [];
  for (const it of told) {
    const { rung, title, body: evidence } = it;
    const item = { rung, title, evidence, link: `${deps.baseUrl}${it.link}`, checkIn: null, answerTo: null };
    const secrets = await linkFor(tx, deps, it, subjectOf(it), at);
    // It was handed over since: whoever was reminded cannot answer it any more.
    if (secrets === null && waitingSlot(it, subjectOf(it), at) !== null) continue;
    if (secrets === null) {
      items.push({ leaves: item, kept: item });
      continue;
    }
    const answered = deps.answers !== undefined;
    items.push({
      leaves: { ...item, ...openedBy(deps, secrets) },
      kept: { ...item, checkIn: hidden, answerTo: answered ? hidden : null },
    });
  }
  if (items.length === 0) return null;
  const who = await readGreeting(tx, deps, row);
  const leaves = writeMail(
    items.map((it) => it.leaves),
    who,
  );
  const { subject, text } = writeMail(
    items.map((it) => it.kept),
    who,
  );
  return { leaves, kept: { subject, text } };
}

/** False for somebody suspended or gone since it was planned, and for who has chosen the inbox only. */
async function stillWantsMail(tx: Queries, { personId, organisationId }: MailRow): Promise<boolean> {
  if (personId === null) return false;
  const [found] = await tx
    .select({ byMail: notifyPreference.byMail })
    .from(member)
    .leftJoin(notifyPreference, eq(notifyPreference.personId, member.personId))
    .where(
      and(
        eq(member.personId, personId),
        eq(member.organisationId, organisationId),
        isNull(member.suspendedAt),
      ),
    );
  return found !== undefined && found.byMail !== false;
}

/** What its reader may not look at any more: the board was narrowed since it was planned. */
async function readUnseen(
  tx: Queries,
  { personId, organisationId }: MailRow,
  notices: readonly NoticeRow[],
): Promise<ReadonlySet<string>> {
  const seers = personId === null ? null : await readSeers(tx, organisationId, [personId]);
  const seer = seers?.get(personId ?? '');
  if (seer === undefined) return new Set();
  const subjects = notices.map((it) => ({ kind: it.subjectKind, id: it.subjectId }));
  return unseenSubjects(tx, seer, subjects);
}

/** A link for who may answer: the owner, whom he named to speak for him, and who stands in while he is on leave. */
async function linkFor(
  tx: Queries,
  { newId }: NotifyDeps,
  it: NoticeRow,
  subject: SubjectNow,
  at: Instant,
): Promise<LinkSecrets | null> {
  const waiting = slotToOpen(it, subject, at);
  const state = subject.promise?.state;
  if (waiting === null || state === undefined) return null;
  if (state.owner !== it.personId && !(await speaksFor(tx, it, state, at))) return null;
  return issueLink(tx, {
    ...{ id: newId(), organisationId: it.organisationId, personId: it.personId },
    ...{ commitmentId: it.subjectId, slotId: waiting.id },
    ...{ createdAt: new Date(at), expiresAt: new Date(waiting.graceEndsAt) },
  });
}

/** The check-in a message opens: the one it is about, or after a missed one the next that waits. */
function slotToOpen(it: NoticeRow, subject: SubjectNow, at: Instant): Slot | null {
  const missed = rungWord(it.rung) === 'grace-end' && subject.promise?.state.status === 'committed';
  return waitingSlot(it, subject, at) ?? (missed ? slotToFill(subject.promise.slots, at) : null);
}

async function speaksFor(
  tx: Queries,
  { organisationId, personId }: NoticeRow,
  { owner, delegate }: Commitment,
  at: Instant,
): Promise<boolean> {
  if (delegate === personId) return true;
  const [home] = await tx
    .select({ zone: organisation.timezone })
    .from(organisation)
    .where(eq(organisation.id, organisationId));
  const away = await readAwayFor(tx, { organisationId, personId, at, zone: home?.zone ?? 'UTC' });
  return owner !== null && away.includes(owner);
}

const noWarnings: ReadonlySet<string> = new Set();

async function readSubjects(
  tx: Queries,
  notices: readonly NoticeRow[],
  at: Instant,
): Promise<ReadonlyMap<string, Omit<SubjectNow, 'asked'>>> {
  const idsOf = (kind: string): string[] => [
    ...new Set(notices.filter((it) => it.subjectKind === kind).map((it) => it.subjectId)),
  ];
  const subjects = new Map<string, Omit<SubjectNow, 'asked'>>();
  const warned = await readWarned(tx, notices, at);
  const warnings = (id: string): ReadonlySet<string> => warned.get(id) ?? noWarnings;
  for (const id of warned.keys())
    subjects.set(id, { promise: null, askStatus: null, warnings: warnings(id) });
  const promises = idsOf('commitment');
  if (promises.length > 0) {
    const rows = await tx.select().from(commitment).where(inArray(commitment.id, promises));
    const slots = await tx.select().from(slot).where(inArray(slot.commitmentId, promises));
    const slotsOf = Map.groupBy(slots, (it) => it.commitmentId);
    for (const row of rows) {
      const promise = {
        state: stateOf(row),
        lastCheckInAt: row.lastCheckInAt?.getTime() ?? null,
        slots: (slotsOf.get(row.id) ?? []).map(toSlot),
      };
      subjects.set(row.id, { promise, askStatus: null, warnings: warnings(row.id) });
    }
  }
  const asks = idsOf('dependency');
  if (asks.length > 0) {
    const rows = await tx
      .select({ id: dependency.id, status: dependency.status })
      .from(dependency)
      .where(inArray(dependency.id, asks));
    for (const row of rows)
      subjects.set(row.id, { promise: null, askStatus: row.status, warnings: warnings(row.id) });
  }
  return subjects;
}

/** Early warnings that the messages are about, where they hold still and were not put aside; rules by subject. */
async function readWarned(
  tx: Queries,
  notices: readonly NoticeRow[],
  at: Instant,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const about = notices.filter(({ rung }) => isWarning(rung));
  const [first] = about;
  if (first === undefined) return new Map();
  const rows = await tx
    .select({ rule: signal.rule, subjectId: signal.subjectId, mutedUntil: signal.mutedUntil })
    .from(signal)
    .where(
      and(
        eq(signal.organisationId, first.organisationId),
        inArray(
          signal.subjectId,
          about.map(({ subjectId }) => subjectId),
        ),
        isNull(signal.clearedAt),
      ),
    );
  const told = rows.filter(({ mutedUntil }) => mutedUntil === null || mutedUntil.getTime() <= at);
  return new Map(
    [...Map.groupBy(told, ({ subjectId }) => subjectId)].map(([id, its]) => [
      id,
      new Set(its.map(({ rule }) => rule)),
    ]),
  );
}

async function readGreeting(tx: Queries, { baseUrl }: NotifyDeps, row: MailRow) {
  const [of] = await tx
    .select({ organisation: organisation.name, name: person.name })
    .from(organisation)
    .leftJoin(person, eq(person.id, row.personId ?? row.organisationId))
    .where(eq(organisation.id, row.organisationId));
  return {
    name: of?.name ?? '',
    organisation: of?.organisation ?? '',
    settings: `${baseUrl}/settings/notifications`,
  };
}
