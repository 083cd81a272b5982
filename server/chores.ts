import type { createAuth } from './auth/auth.ts';
import type { createFacilitation } from './facilitation/facilitation.ts';
import type { Chore } from './housekeeping.ts';
import type { createInsight } from './insight/insight.ts';
import type { NotifyPart } from './notify/notify.ts';
import type { createRegisters } from './registers/registers.ts';
import type { createRhythm } from './rhythm/rhythm.ts';
import { compactBoards } from './store/journal/compaction.ts';
import { endOldLogs } from './store/journal/retention.ts';
import type { createQuarantine } from './store/quarantine.ts';
import { thinSnapshots } from './store/thin-snapshots.ts';
import type { TrackingPart } from './tracking/tracking.ts';

const MINUTE = 60_000;

/** The parts that have something due again and again. */
export interface Busy {
  readonly tracking: Pick<TrackingPart, 'advanceClock'>;
  readonly notify: Pick<NotifyPart, 'remind' | 'tell' | 'send' | 'tellChats' | 'sweep'>;
  readonly registers: Pick<ReturnType<typeof createRegisters>, 'advanceClock'>;
  readonly rhythm: Pick<ReturnType<typeof createRhythm>, 'advance'>;
  readonly insight: Pick<ReturnType<typeof createInsight>, 'keepSignals'>;
  readonly facilitation: Pick<ReturnType<typeof createFacilitation>, 'advanceClock' | 'catchUp'>;
  readonly auth: Pick<ReturnType<typeof createAuth>, 'sweep'>;
  readonly quarantine: ReturnType<typeof createQuarantine>;
}

/** What the journal's own chores need. */
export type Kept = Parameters<typeof compactBoards>[0] & Parameters<typeof endOldLogs>[0];

/** Everything that is due again and again, and how often. */
export function choresOf(
  { tracking, notify, registers, rhythm, insight, facilitation, auth, quarantine }: Busy,
  kept: Kept,
): readonly Chore[] {
  const { store, now } = kept;
  return [
    { name: 'clock', everyMs: MINUTE, run: () => tracking.advanceClock() },
    { name: 'reminders', everyMs: MINUTE, run: () => notify.remind() },
    { name: 'news', everyMs: MINUTE / 6, run: () => notify.tell() },
    { name: 'mails', everyMs: MINUTE / 6, run: () => notify.send() },
    { name: 'chats', everyMs: MINUTE / 6, run: () => notify.tellChats() },
    { name: 'old messages and mails', everyMs: 60 * MINUTE, run: () => notify.sweep() },
    { name: 'clock of the registers', everyMs: MINUTE, run: () => registers.advanceClock() },
    { name: 'periods and meetings ahead', everyMs: 60 * MINUTE, run: () => rhythm.advance() },
    { name: 'warnings', everyMs: 15 * MINUTE, run: () => insight.keepSignals() },
    { name: 'sessions', everyMs: 5_000, run: () => facilitation.advanceClock() },
    { name: 'sessions of other nodes', everyMs: 2_000, run: () => facilitation.catchUp() },
    { name: 'ended sign-ins', everyMs: 60 * MINUTE, run: () => auth.sweep() },
    { name: 'old refused edits', everyMs: 60 * MINUTE, run: () => quarantine.sweep(now()) },
    { name: 'settled edits', everyMs: 10 * MINUTE, run: async () => void (await compactBoards(kept)) },
    { name: 'old logs', everyMs: 360 * MINUTE, run: async () => void (await endOldLogs(kept)) },
    { name: 'old snapshots', everyMs: 60 * MINUTE, run: () => thinSnapshots(store, now()).then(() => {}) },
  ];
}
